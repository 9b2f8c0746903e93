"""Who is late: accounts on which more was due by today than was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from fenhu.money.accounts import AccountKind
from fenhu.money.instalments import instalments
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger.models import Account, ContractBill
from fenhu.web.ledger.queries.buildings import events_of
from fenhu.web.registry.queries import full_name
from fenhu.web.rules import policy_named

_SHOWN = 300
_PLACE = (
    "building__code", "building__estate", "building__name", "building__longitude", "building__latitude",
)  # fmt: skip
_OWED = (
    "pk", "payer", "charged_fen", "balance_fen", "building", "building__code", "building__estate",
    "building__name", "building__district", "building__supplier__name", "flat", "flat__unit", "flat__storey",
    "flat__room",
)  # fmt: skip


_BILL = (
    "building_id", "policy", "contracted_on", "project__state", "project__started_on", "project__accepted_on",
)  # fmt: skip


class _Owed(NamedTuple):
    """The columns of ``_OWED``: one account with its building and flat."""

    account: int
    payer: str
    charged_fen: int
    balance_fen: int
    building: int | None
    code: str
    estate: str
    name: str
    district: str
    supplier: str
    flat: int | None
    unit: int | None
    storey: int | None
    room: str | None

    @property
    def flat_id(self) -> str:
        """Return the flat's number in its building; empty for accounts of the building."""
        return f"{self.unit}-{self.storey}-{self.room}" if self.flat else ""


_Late = tuple[_Owed, int, date]
_Due = tuple[int, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """What one payer owes of a building beyond the day it was due."""

    account_id: int
    code: str
    building: str
    district: str
    supplier: str
    flat_id: str
    payer: Payer
    overdue_fen: int
    owed_fen: int
    paid_fen: int
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A building with contracts, where it stands, and what is overdue of it."""

    code: str
    name: str
    estate: str
    longitude: float | None
    latitude: float | None
    overdue_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrearsPage:
    """Everybody who is late, the largest first; ``rows`` are cut, sums and places are not."""

    rows: tuple[Arrears, ...]
    total: int
    overdue_fen: int
    places: tuple[Place, ...]


def arrears_page(
    user: Any, *, payer: str = "", district: str = "", limit: int | None = _SHOWN
) -> ArrearsPage:
    """Return who is late of those ``user`` may see."""
    found = sorted(_late(user, payer, district), key=lambda late: (-late[1], late[0].code, late[0].flat_id))
    sums: dict[str, int] = defaultdict(int)
    for owed, late, _ in found:
        sums[owed.code] += late
    return ArrearsPage(
        rows=tuple(_arrears(*late) for late in found[:limit]),
        total=len(found),
        overdue_fen=sum(sums.values()),
        places=tuple(_places(user, district, sums)),
    )


def districts_of_money(user: Any) -> tuple[str, ...]:
    """Return the districts in which the user sees somebody owe something."""
    owed = Account.objects.visible_to(user).filter(kind=AccountKind.OWED, building__isnull=False)
    return tuple(owed.order_by("building__district").values_list("building__district", flat=True).distinct())


def _places(user: Any, district: str, overdue_fen: Mapping[str, int]) -> Iterator[Place]:
    bills = ContractBill.objects.visible_to(user).exclude(project__state="withdrawn")
    if district:
        bills = bills.filter(building__district=district)
    for code, estate, name, longitude, latitude in bills.values_list(*_PLACE):
        yield Place(
            code=code, name=full_name(estate, name), estate=estate, longitude=longitude, latitude=latitude,
            overdue_fen=overdue_fen.get(code, 0),
        )  # fmt: skip


def _late(user: Any, payer: str, district: str) -> list[_Late]:
    accounts = Account.objects.visible_to(user).filter(kind=AccountKind.OWED, balance_fen__gt=0)
    if payer:
        accounts = accounts.filter(payer=payer)
    if district:
        accounts = accounts.filter(building__district=district)
    drawn_up = ContractBill.objects.exclude(project__state="withdrawn").select_related("project")
    bills = {bill.building_id: bill for bill in drawn_up.only(*_BILL)}
    signed = _signed_on(accounts)
    due, found = _due_by(clock.today()), []
    for row in accounts.values_list(*_OWED).iterator(chunk_size=2000):
        owed = _Owed(*row)
        if owed.building is None or (bill := bills.get(owed.building)) is None:
            continue
        contract_on = signed.get(owed.flat) if owed.flat else bill.contracted_on
        due_fen, since = due(owed.charged_fen, owed.payer, bill, contract_on)
        late = due_fen - (owed.charged_fen - owed.balance_fen)
        if since is not None and late > 0:
            found.append((owed, late, since))
    return found


def _due_by(today: date) -> Callable[[int, str, ContractBill, date | None], _Due]:
    """Return what tells how much of a charge was due before a day, and since when; None before any was.

    Flats of a size, payer and contract day owe the same, so each case is worked out once.
    """

    @cache
    def due(charged_fen: int, payer: str, bill: ContractBill, contract_on: date | None) -> _Due:
        events = events_of(bill.project, contract_on)
        parts = instalments(max(charged_fen, 0), Payer(payer), policy_named(bill.policy), events)
        over = [(part.due_on, part.fen) for part in parts if part.due_on is not None and part.due_on < today]
        return sum(fen for _, fen in over), min((day for day, _ in over), default=None)

    return due


def _signed_on(accounts: Any) -> dict[int, date]:
    flats = accounts.filter(flat__works__contract_on__isnull=False).order_by("flat__works__pk")
    return dict(flats.values_list("flat", "flat__works__contract_on"))


def _arrears(owed: _Owed, late: int, since: date) -> Arrears:
    return Arrears(
        account_id=owed.account,
        code=owed.code,
        building=full_name(owed.estate, owed.name),
        district=owed.district,
        supplier=owed.supplier,
        flat_id=owed.flat_id,
        payer=Payer(owed.payer),
        overdue_fen=late,
        owed_fen=owed.balance_fen,
        paid_fen=owed.charged_fen - owed.balance_fen,
        since=since,
    )
