"""Budgets and purses by year: allocated, committed by plans, contracted, spent; never more than there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Sum

from fenhu.errors import InputFault, NotAllowed
from fenhu.money.accounts import PURSE_OF, AccountKind, TransferKind
from fenhu.programme import Role
from fenhu.records import Payer, Source
from fenhu.web.access.scope import grants_of
from fenhu.web.ledger.keys import stage
from fenhu.web.ledger.models import Posting, Purse
from fenhu.web.ledger.posting import Entry, balance_fen, post
from fenhu.web.registry import services as registry
from fenhu.web.rules import current_policy
from fenhu.wording import text

FREE, COMMITTED = AccountKind.FREE, AccountKind.COMMITTED
CONTRACTED, SPENT = AccountKind.CONTRACTED, AccountKind.SPENT
_OWN_PURSE = (Role.HEAT_SUPPLIER, Role.OWNER_UNIT)


@transaction.atomic
def set_budget(actor: Any, purse: Purse, *, amount_fen: int) -> Purse:
    """Return the purse with this much money for its year; the register's budget says the same.

    Raises
    ------
    NotAllowed
        If the purse is not the actor's to fill.
    InputFault
        If the amount is negative.
    WrongState
        If less would be left than is promised already; the figure is named.
    """
    fitting = [grant for grant in grants_of(actor) if grant.role in (Role.FINANCE, *_OWN_PURSE)]
    if not Purse.objects.filter(pk=purse.pk).covered_by(fitting).exists():
        raise NotAllowed(text("Only whose money it is may say how much there is"))
    if amount_fen < 0:
        raise InputFault(text("A budget is not negative"))
    registry.set_budget(
        actor, source=Source(purse.source), scope=purse.scope, year=purse.year, amount_fen=amount_fen
    )
    return purse


def allocate(actor: Any, *, source: Source, scope: str, year: int, amount_fen: int) -> Purse:
    """Bring a purse to the amount its budget names; what changes is posted.

    Raises
    ------
    WrongState
        If less would be left than is promised already.
    """
    purse, _ = Purse.objects.get_or_create(source=source, scope=scope, year=year)
    change = amount_fen - allocated_fen(purse)
    if change:
        post(
            actor=actor, kind=TransferKind.ALLOCATE,
            entries=(Entry(stage(purse, AccountKind.SOURCE), -change), Entry(stage(purse, FREE), change)),
        )  # fmt: skip
    return purse


def allocated_fen(purse: Purse) -> int:
    """Return what the budget gave a purse, without what was carried over or lapsed."""
    given = Posting.objects.filter(
        account__purse=purse, account__kind=AccountKind.SOURCE, transfer__kind=TransferKind.ALLOCATE
    ).aggregate(sum=Sum("amount_fen"))["sum"]
    return -(given or 0)


def purse_for(payer: Payer, building: Any, year: int) -> Purse | None:
    """Return the purse a payer's part of a building's bill comes from.

    None for households, and for a source for which no budget was entered at all: it is not limited, as plans
    take it.
    """
    source = PURSE_OF.get(payer)
    if source is None or not Purse.objects.filter(source=source).exists():
        return None
    if source is Source.OWNER and building.owner is None:
        return None
    scope = _scope_of(source, building)
    return Purse.objects.get_or_create(source=source, scope=scope, year=year)[0]


def held_fen(purse: Purse, kind: AccountKind, building: Any) -> int:
    """Return what stands in one stage of a purse for one building."""
    found = Posting.objects.filter(
        account__purse=purse, account__kind=kind, transfer__building=building
    ).aggregate(sum=Sum("amount_fen"))["sum"]
    return found or 0


def staged(
    actor: Any, building: Any, year: int, wanted: Mapping[Payer, int], *, into: AccountKind
) -> list[Entry]:
    """Return the entries that bring a building's committed or contracted money to what its payers owe.

    Contracted money is what is owed and not spent yet, and nothing stays committed beside it.
    """
    entries: list[Entry] = []
    for payer in PURSE_OF:
        purse = purse_for(payer, building, year)
        if purse is None:
            continue
        before = {kind: held_fen(purse, kind, building) for kind in (COMMITTED, CONTRACTED, SPENT)}
        target = dict.fromkeys((COMMITTED, CONTRACTED), 0)
        target[into] = max(0, wanted.get(payer, 0) - before[SPENT])
        moved = {kind: target[kind] - before[kind] for kind in target}
        asked = sum(moved.values())
        if asked > 0:
            _carry(actor, purse, asked)
        entries += [Entry(stage(purse, kind), fen) for kind, fen in moved.items()]
        entries.append(Entry(stage(purse, FREE), -asked))
    return entries


def _carry(actor: Any, purse: Purse, needed_fen: int) -> None:
    """Fetch from earlier years what the purse lacks, where the policy lets its source be carried over."""
    missing = needed_fen - balance_fen(stage(purse, FREE))
    if missing <= 0 or purse.source not in current_policy().planning.carry.value:
        return
    earlier = Purse.objects.filter(source=purse.source, scope=purse.scope, year__lt=purse.year)
    for one in earlier.order_by("year"):
        taken = min(missing, balance_fen(stage(one, FREE)))
        if taken > 0:
            post(
                actor=actor, kind=TransferKind.CARRY,
                entries=(Entry(stage(one, FREE), -taken), Entry(stage(purse, FREE), taken)),
            )  # fmt: skip
            missing -= taken


def available_fen(purse: Purse) -> int:
    """Return what is free in a purse, with what earlier years may still carry to it."""
    found = balance_fen(stage(purse, FREE))
    if purse.source in current_policy().planning.carry.value:
        earlier = Purse.objects.filter(source=purse.source, scope=purse.scope, year__lt=purse.year)
        found += sum(balance_fen(stage(one, FREE)) for one in earlier)
    return found


@transaction.atomic
def let_lapse(actor: Any, purse: Purse) -> int:
    """Return how much of a past year's purse lapsed, free money that may not be carried over.

    Raises
    ------
    NotAllowed
        If the purse is not the actor's.
    InputFault
        If its year is not over, its money is carried over, or nothing is left.
    """
    fitting = [grant for grant in grants_of(actor) if grant.role == Role.FINANCE]
    if not Purse.objects.filter(pk=purse.pk).covered_by(fitting).exists():
        raise NotAllowed(text("Only finance closes a purse"))
    if purse.source in current_policy().planning.carry.value:
        raise InputFault(text("What is left of this purse is carried over by the policy"))
    left = balance_fen(stage(purse, FREE))
    post(
        actor=actor, kind=TransferKind.LAPSE,
        entries=(Entry(stage(purse, FREE), -left), Entry(stage(purse, AccountKind.SOURCE), left)),
    )  # fmt: skip
    return left


def committed_buildings(supplier: Any, year: int) -> set[int]:
    """Return the ids of a supplier's buildings for which money of a year is committed."""
    sums = (
        Posting.objects.filter(
            account__kind=COMMITTED, account__purse__year=year, transfer__building__supplier=supplier
        )
        .values("transfer__building")
        .annotate(sum=Sum("amount_fen"))
    )
    return {row["transfer__building"] for row in sums if row["sum"]}


def _scope_of(source: Source, building: Any) -> str:
    match source:
        case Source.DISTRICT:
            return building.district
        case Source.OWNER:
            return building.owner.name
        case Source.SUPPLIER:
            return building.supplier.name
        case _:
            return ""


def purse_of_bill(payer: Payer, building: Any) -> Purse | None:
    """Return the purse a building's contract bill draws on for a payer, None where it is not limited."""
    bill = building.contract_bills.select_related("project").order_by("-pk").first()
    return purse_for(payer, building, bill.project.year) if bill is not None else None
