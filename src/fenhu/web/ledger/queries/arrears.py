"""Who is late: accounts on which more was due by today than was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.money.accounts import AccountKind
from fenhu.money.instalments import instalments, overdue_fen
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger.models import Account, ContractBill
from fenhu.web.ledger.queries.buildings import events_of
from fenhu.web.registry.queries import full_name
from fenhu.web.rules import policy_named

_SHOWN = 300


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
    rows = sorted(_late(user, payer, district), key=lambda row: (-row.overdue_fen, row.code, row.flat_id))
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        sums[row.code] += row.overdue_fen
    return ArrearsPage(
        rows=tuple(rows[:limit]),
        total=len(rows),
        overdue_fen=sum(row.overdue_fen for row in rows),
        places=tuple(_places(user, district, sums)),
    )


def districts_of_money(user: Any) -> tuple[str, ...]:
    """Return the districts in which the user sees somebody owe something."""
    owed = Account.objects.visible_to(user).filter(kind=AccountKind.OWED, building__isnull=False)
    return tuple(owed.order_by("building__district").values_list("building__district", flat=True).distinct())


def _places(user: Any, district: str, overdue_fen: Mapping[str, int]) -> Iterator[Place]:
    bills = (
        ContractBill.objects.visible_to(user).exclude(project__state="withdrawn").select_related("building")
    )
    for bill in bills.filter(building__district=district) if district else bills:
        building = bill.building
        yield Place(
            code=building.code,
            name=full_name(building.estate, building.name),
            estate=building.estate,
            longitude=building.longitude,
            latitude=building.latitude,
            overdue_fen=overdue_fen.get(building.code, 0),
        )


def _late(user: Any, payer: str, district: str) -> list[Arrears]:
    accounts = Account.objects.visible_to(user).filter(kind=AccountKind.OWED, balance_fen__gt=0)
    if payer:
        accounts = accounts.filter(payer=payer)
    if district:
        accounts = accounts.filter(building__district=district)
    bills = {
        bill.building_id: bill
        for bill in ContractBill.objects.exclude(project__state="withdrawn").select_related("project")
    }
    signed = _signed_on(accounts)
    today, found = clock.today(), []
    for account in accounts.select_related("building__supplier", "flat").iterator(chunk_size=2000):
        if account.building_id is None or (bill := bills.get(account.building_id)) is None:
            continue
        contract_on = signed.get(account.flat_id) if account.flat_id else bill.contracted_on
        events = events_of(bill.project, contract_on)
        parts = instalments(
            max(account.charged_fen, 0), Payer(account.payer), policy_named(bill.policy), events
        )
        late = overdue_fen(parts, account.charged_fen - account.balance_fen, today)
        if late:
            due = [part.due_on for part in parts if part.due_on is not None and part.due_on < today]
            found.append(_arrears(account, late, min(due)))
    return found


def _signed_on(accounts: Any) -> dict[int, date]:
    flats = accounts.filter(flat__works__contract_on__isnull=False).order_by("flat__works__pk")
    return dict(flats.values_list("flat", "flat__works__contract_on"))


def _arrears(account: Account, late: int, since: date) -> Arrears:
    building = account.building
    assert building is not None
    return Arrears(
        account_id=account.pk,
        code=building.code,
        building=full_name(building.estate, building.name),
        district=building.district,
        supplier=building.supplier.name,
        flat_id=account.flat.flat_id if account.flat else "",
        payer=Payer(account.payer),
        overdue_fen=late,
        owed_fen=account.balance_fen,
        paid_fen=account.charged_fen - account.balance_fen,
        since=since,
    )
