"""The money of one building: its contract bill, who owes and has paid what, flat by flat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fenhu.errors import UnknownItem
from fenhu.money.accounts import TRANSFER_NAMES, AccountKind, TransferKind
from fenhu.money.instalments import Instalment, instalments, next_due, overdue_fen
from fenhu.programme import Role
from fenhu.records import BillLine, Payer
from fenhu.web import clock
from fenhu.web.access.privacy import masked_name, with_clear_persons
from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.ledger.bills import contract_lines, lines_of, shares_of
from fenhu.web.ledger.models import Account, ContractBill, Transfer
from fenhu.web.ledger.queries.desk import PayerRow, payer_rows
from fenhu.web.registry import queries as registry
from fenhu.web.rules import policy_named
from fenhu.wording import Text, text

_SHOWN = 100
_SETTLED_IN = ("finished", "rectifying", "accepted", "in_use")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatMoney:
    """What one household owes by its contract, and when."""

    account_id: int
    flat_id: str
    owner_name: str
    contract_number: str
    charged_fen: int
    paid_fen: int
    owed_fen: int
    overdue_fen: int
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeMoney:
    """What one payer of the public part owes, in which parts."""

    account_id: int
    payer: Payer
    charged_fen: int
    paid_fen: int
    owed_fen: int
    overdue_fen: int
    parts: tuple[Instalment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One transfer of the building's money."""

    on_date: date
    kind: Text
    reference: str
    note: str
    fen: int
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingMoney:
    """The money of a building's conversion; ``bill`` is None before its contracts have a price."""

    code: str
    name: str
    project_id: int | None
    bill: ContractBill | None
    payers: tuple[PayerRow, ...]
    flats: tuple[FlatMoney, ...]
    offices: tuple[OfficeMoney, ...]
    movements: tuple[Movement, ...]
    may_collect: bool
    may_settle: bool
    may_bill: bool
    may_release: bool

    @property
    def charged_fen(self) -> int:
        """Return what all were charged."""
        return sum(row.charged_fen for row in self.payers)

    @property
    def paid_fen(self) -> int:
        """Return what all have paid."""
        return sum(row.paid_fen for row in self.payers)

    @property
    def overdue_fen(self) -> int:
        """Return what should have been paid by today."""
        return sum(one.overdue_fen for one in self.flats) + sum(one.overdue_fen for one in self.offices)


def building_money(user: Any, code: str) -> BuildingMoney:
    """Return a building's money as ``user`` may see it."""
    building = get_visible(registry.visible_buildings(user), user, code=code)
    project = building.projects.exclude(state="withdrawn").order_by("-pk").first()
    visible = Account.objects.visible_to(user).filter(building=building, kind=AccountKind.OWED)
    accounts = list(visible.select_related("flat").order_by("flat__unit", "flat__storey", "flat__room"))
    collects = any(
        grant.role == Role.HEAT_SUPPLIER and grant.organisation_id == building.supplier_id
        for grant in grants_of(user)
    )
    bill = ContractBill.objects.visible_to(user).filter(project=project).select_related("project").first()
    return BuildingMoney(
        code=building.code,
        name=registry.full_name(building.estate, building.name),
        project_id=project.pk if project else None,
        bill=bill,
        payers=payer_rows(visible),
        flats=_flats(user, accounts, project, bill),
        offices=_offices(accounts, project, bill),
        movements=_movements(user, building),
        may_collect=collects and bill is not None,
        may_settle=collects and bill is not None and project is not None and project.state in _SETTLED_IN,
        may_bill=collects and bill is None and project is not None,
        may_release=_may_release(user, accounts),
    )


def _may_release(user: Any, accounts: Sequence[Account]) -> bool:
    """Return whether the user is of a finance bureau and project money still owes something here."""
    pays = any(grant.role == Role.FINANCE for grant in grants_of(user))
    return pays and any(one.payer == Payer.UPPER and one.balance_fen > 0 for one in accounts)


def project_for_money(user: Any, code: str) -> Any:
    """Return the building's project the user may see."""
    building = get_visible(registry.visible_buildings(user), user, code=code)
    return get_visible(
        building.projects.exclude(state="withdrawn").select_related("building__supplier"), user
    )


def flat_of(building: Any, flat_id: str) -> Any:
    """Return a building's flat by its name, None where none is named.

    Raises
    ------
    UnknownItem
        If the building has no such flat.
    """
    if not flat_id:
        return None
    found = next((flat for flat in registry.flats_of(building.pk) if flat.flat_id == flat_id), None)
    if found is None:
        raise UnknownItem(text("The building has no flat {flats}", flats=flat_id))
    return found


def bill_of(bill: ContractBill) -> tuple[tuple[BillLine, ...], dict[str, dict[Payer, int]]]:
    """Return a bill's lines as they are owed today, and who pays each."""
    return lines_of(bill), shares_of(bill)


def contract_bill(project: Any) -> ContractBill | None:
    """Return the bill a project's contracts stand on, None before it is drawn up."""
    return ContractBill.objects.filter(project=project).first()


def bill_for(user: Any, code: str) -> ContractBill:
    """Return a building's contract bill the user may see."""
    rows = ContractBill.objects.select_related("building", "project")
    return get_visible(rows.exclude(project__state="withdrawn"), user, building__code=code)


def contracted_lines(bill: ContractBill) -> tuple[BillLine, ...]:
    """Return a bill's lines as contracted."""
    return contract_lines(bill)


def contracted_quantities(bill: ContractBill) -> dict[str, Decimal]:
    """Return by line how much was contracted, of lines that were measured since."""
    measured = bill.measured or {}
    return {line.line: line.quantity for line in contract_lines(bill) if line.line in measured}


def events_of(project: Any, contract_on: date | None) -> dict[Any, date | None]:
    """Return the days from which instalments are counted."""
    return {"contract": contract_on, "start": project.started_on, "acceptance": project.accepted_on}


def _flats(
    user: Any, accounts: list[Account], project: Any, bill: ContractBill | None
) -> tuple[FlatMoney, ...]:
    of_flats = [account for account in accounts if account.flat is not None]
    if project is None or bill is None or not of_flats:
        return ()
    signed = {work.flat_id: work for work in project.flats.all()}
    clear = set(
        with_clear_persons(registry.visible_flats(user), user)
        .filter(building=bill.building_id)
        .values_list("pk", flat=True)
    )
    policy, today = policy_named(bill.policy), clock.today()
    rows = []
    for account in of_flats:
        flat, work = account.flat, signed.get(account.flat_id)
        assert flat is not None
        events = events_of(project, work.contract_on if work else None)
        parts = instalments(max(account.charged_fen, 0), Payer.USER, policy, events)
        paid = account.charged_fen - account.balance_fen
        due = next_due(parts, paid)
        rows.append(
            FlatMoney(
                account_id=account.pk,
                flat_id=flat.flat_id,
                owner_name=flat.owner_name if flat.pk in clear else masked_name(flat.owner_name),
                contract_number=work.contract_number if work else "",
                charged_fen=account.charged_fen,
                paid_fen=paid,
                owed_fen=account.balance_fen,
                overdue_fen=overdue_fen(parts, paid, today),
                due_on=due.due_on if due else None,
            )
        )
    return tuple(rows)


def _offices(accounts: list[Account], project: Any, bill: ContractBill | None) -> tuple[OfficeMoney, ...]:
    if project is None or bill is None:
        return ()
    policy, today = policy_named(bill.policy), clock.today()
    rows = []
    for account in accounts:
        if account.flat is not None:
            continue
        payer = Payer(account.payer)
        parts = instalments(
            max(account.charged_fen, 0), payer, policy, events_of(project, bill.contracted_on)
        )
        paid = account.charged_fen - account.balance_fen
        rows.append(
            OfficeMoney(
                account_id=account.pk,
                payer=payer,
                charged_fen=account.charged_fen,
                paid_fen=paid,
                owed_fen=account.balance_fen,
                overdue_fen=overdue_fen(parts, paid, today),
                parts=parts,
            )
        )
    return tuple(sorted(rows, key=lambda row: list(Payer).index(row.payer)))


def _movements(user: Any, building: Any) -> tuple[Movement, ...]:
    """Return the newest movements on accounts of the building that the user may see."""
    seen = Account.objects.visible_to(user).filter(building=building, kind=AccountKind.OWED)
    transfers = Transfer.objects.filter(building=building, postings__account__in=seen).distinct()
    rows = []
    for transfer in transfers.select_related("receipt").order_by("-pk")[:_SHOWN]:
        moved = transfer.postings.filter(account__in=seen)
        receipt = getattr(transfer, "receipt", None)
        rows.append(
            Movement(
                on_date=transfer.on_date,
                kind=TRANSFER_NAMES[TransferKind(transfer.kind)],
                reference=transfer.reference,
                note=transfer.note,
                fen=sum(one.amount_fen for one in moved),
                receipt=receipt.number if receipt else "",
            )
        )
    return tuple(rows)
