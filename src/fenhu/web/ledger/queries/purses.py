"""Purses: how much of a year's money is promised, contracted, spent and left, and every movement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from fenhu.money.accounts import ACCOUNT_NAMES, PURSE_STAGES, TRANSFER_NAMES, AccountKind, TransferKind
from fenhu.policy.words import PAYERS
from fenhu.programme import Role
from fenhu.records import Source
from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.ledger.models import Account, Posting, Purse
from fenhu.web.ledger.names import purse_name
from fenhu.web.registry.queries import full_name
from fenhu.web.rules import current_policy
from fenhu.wording import Text

_SHOWN = 200
_SUMS = ("held_fen", "free_fen", "committed_fen", "contracted_fen", "spent_fen")


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseRow:
    """One purse in figures: what it has, and where that stands."""

    id: int
    source: str
    scope: str
    year: int
    name: Text
    free_fen: int
    committed_fen: int
    contracted_fen: int
    spent_fen: int

    @property
    def held_fen(self) -> int:
        """Return all the purse has for its year, what was carried over included."""
        return self.free_fen + self.committed_fen + self.contracted_fen + self.spent_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseGroup:
    """All purses of one source in one year, and their sums."""

    source: str
    name: Text
    rows: tuple[PurseRow, ...]
    held_fen: int
    free_fen: int
    committed_fen: int
    contracted_fen: int
    spent_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseMove:
    """One movement: how the stages of the purse changed by it."""

    on_date: date
    kind: Text
    building: str
    code: str
    reference: str
    changes: tuple[tuple[Text, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseView:
    """A purse with its movements, newest first, and day by day for a picture."""

    row: PurseRow
    moves: tuple[PurseMove, ...]
    moved: int
    days: tuple[tuple[date, PurseRow], ...]
    carried: bool
    may_fill: bool


def purse_rows(purses: Any) -> tuple[PurseRow, ...]:
    """Return purses in figures, in the order of their sources."""
    found = list(purses.order_by("source", "scope", "year"))
    held: dict[int, dict[str, int]] = defaultdict(dict)
    stages = Account.objects.filter(purse__in=[one.pk for one in found])
    for purse, kind, balance in stages.values_list("purse", "kind", "balance_fen"):
        held[purse][kind] = balance
    return tuple(_row(one, held[one.pk]) for one in found)


def purse_groups(purses: Any) -> tuple[PurseGroup, ...]:
    """Return purses by source, each source with its sums."""
    found = purse_rows(purses)
    return tuple(
        PurseGroup(
            source=source.value,
            name=PAYERS[source.value],
            rows=own,
            **{stage: sum(getattr(row, stage) for row in own) for stage in _SUMS},
        )
        for source in Source
        if (own := tuple(row for row in found if row.source == source))
    )


def purse_for_office(user: Any, purse_id: int) -> Purse:
    """Return the purse ``user`` may see."""
    return get_visible(Purse, user, pk=purse_id)


def visible_purses(user: Any) -> frozenset[tuple[Source, str]]:
    """Return source and scope of every purse ``user`` may see, in any year."""
    seen = Purse.objects.visible_to(user).values_list("source", "scope").distinct()
    return frozenset((Source(source), scope) for source, scope in seen)


def purse_view(user: Any, purse_id: int) -> PurseView:
    """Return a purse the user may see, with its movements."""
    purse = purse_for_office(user, purse_id)
    postings = list(
        Posting.objects.filter(account__purse=purse, account__kind__in=[str(kind) for kind in PURSE_STAGES])
        .select_related("account", "transfer__building")
        .order_by("transfer__on_date", "transfer", "account")
    )
    moves = _moves(postings)
    return PurseView(
        row=purse_rows(Purse.objects.filter(pk=purse.pk))[0],
        moves=tuple(reversed(moves))[:_SHOWN],
        moved=len(moves),
        days=tuple(_days(purse, postings)),
        carried=purse.source in current_policy().planning.carry.value,
        may_fill=any(
            grant.role in (Role.FINANCE, Role.HEAT_SUPPLIER, Role.OWNER_UNIT) for grant in grants_of(user)
        ),
    )


def _row(purse: Purse, held: dict[str, int]) -> PurseRow:
    return PurseRow(
        id=purse.pk,
        source=purse.source,
        scope=purse.scope,
        year=purse.year,
        name=purse_name(purse),
        free_fen=held.get(AccountKind.FREE, 0),
        committed_fen=held.get(AccountKind.COMMITTED, 0),
        contracted_fen=held.get(AccountKind.CONTRACTED, 0),
        spent_fen=held.get(AccountKind.SPENT, 0),
    )


def _moves(postings: Sequence[Posting]) -> list[PurseMove]:
    by_transfer: dict[Any, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_transfer[posting.transfer].append(posting)
    return [
        PurseMove(
            on_date=transfer.on_date,
            kind=TRANSFER_NAMES[TransferKind(transfer.kind)],
            building=full_name(transfer.building.estate, transfer.building.name) if transfer.building else "",
            code=transfer.building.code if transfer.building else "",
            reference=transfer.reference,
            changes=tuple(
                (ACCOUNT_NAMES[AccountKind(one.account.kind)], one.amount_fen)
                for one in sorted(own, key=lambda row: _ORDER.index(row.account.kind))
            ),
        )
        for transfer, own in by_transfer.items()
    ]


_ORDER = [str(kind) for kind in PURSE_STAGES]


def _days(purse: Purse, postings: Sequence[Posting]) -> Iterator[tuple[date, PurseRow]]:
    """Yield what the purse held at the end of every day on which something moved."""
    dated = sorted(((_counts_from(purse, one), one) for one in postings), key=lambda pair: pair[0])
    held: dict[str, int] = defaultdict(int)
    for day, of_day in groupby(dated, key=lambda pair: pair[0]):
        for _, posting in of_day:
            held[posting.account.kind] += posting.amount_fen
        yield day, _row(purse, held)


def _counts_from(purse: Purse, posting: Posting) -> date:
    """Return since when a movement counts; a budget is its year's from the first day, whenever entered."""
    if posting.transfer.kind == TransferKind.ALLOCATE:
        return date(purse.year, 1, 1)
    return posting.transfer.on_date
