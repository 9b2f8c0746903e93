"""Contract bills, and keeping the books at what they say: one function, whatever happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from fenhu import money
from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.money.accounts import AccountKind, TransferKind
from fenhu.money.charging import PUBLIC, charges
from fenhu.money.measured_file import read_measured
from fenhu.policy import Policy
from fenhu.programme import Role
from fenhu.records import BillLine, Finding, Payer
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.ledger import mains, purses
from fenhu.web.ledger.bills import contract_lines, lines_of, shares_of
from fenhu.web.ledger.keys import owed, works
from fenhu.web.ledger.models import Account, ContractBill, Transfer
from fenhu.web.ledger.posting import Entry, post
from fenhu.web.registry import queries as registry
from fenhu.web.rules import policy_named
from fenhu.web.works import queries as works_queries
from fenhu.wording import text

Due = Mapping[tuple[Payer, str], int]
_UNCONTRACTED = ("listed", "informed", "consented")
_SETTLED_IN = ("finished", "rectifying", "accepted", "in_use")


@transaction.atomic
def draw_up_bill(actor: Any, project: Any) -> ContractBill | None:
    """Return the bill a project's contracts stand on; drawn up once, by its latest design or the estimate.

    None where the building was neither designed nor studied yet.
    """
    known = ContractBill.objects.filter(project=project).first()
    priced = works_queries.price_of(project.building) if known is None else None
    if priced is None:
        return known
    policy = policy_named(project.policy)
    mains.promise(mains.take_up([project.building], project.year), policy)
    lines = (*priced.lines, *mains.lines_for(project.building))
    shares, by_flat = _split(project.building, policy, lines)
    stands = project.came_from if project.state == "suspended" else project.state
    bill = ContractBill.objects.create(
        contracted_on=None if stands in _UNCONTRACTED else clock.today(),
        building=project.building,
        project=project,
        drawn_up_on=clock.today(),
        drawn_up_by=actor,
        source="estimate" if priced.design_number is None else "design",
        design_number=priced.design_number,
        policy=policy.id,
        policy_digest=policy.digest,
        price_book=priced.price_book,
        lines=[money.line_json(line) for line in lines],
        line_shares=_shares_json(shares),
        user_by_flat=by_flat,
    )
    journal.record(
        actor=actor,
        subject=bill,
        kind="ledger.bill",
        data={
            "building": project.building.code,
            "fen": sum(line.cost_fen for line in lines),
            "source": bill.source,
            "policy": policy.id,
        },
    )
    return bill


@transaction.atomic
def bill_now(actor: Any, project: Any) -> ContractBill:
    """Return the bill of a project whose contracts were signed before a price was known, and charge it.

    Raises
    ------
    NotAllowed
        If the building is not the supplier's.
    WrongState
        If the building was neither designed nor studied yet.
    """
    _require_supplier(actor, project.building)
    project.refresh_from_db()
    bill = draw_up_bill(actor, project)
    if bill is None:
        raise WrongState(text("The building has no price yet: design it, or have the register studied"))
    bring_up(actor, project, kind=TransferKind.CHARGE)
    return bill


@transaction.atomic
def settle(actor: Any, project: Any, quantities: Mapping[str, Decimal]) -> ContractBill:
    """Return the bill settled by what was built, at the contract's prices; what changes is posted.

    Lines that are not named keep the quantity they have.

    Raises
    ------
    NotAllowed
        If the building is not the supplier's.
    WrongState
        If the works are not finished, there is no bill, or a purse does not hold what more is built.
    InputFault
        If a line is not of the bill, or a quantity is negative.
    """
    _require_supplier(actor, project.building)
    bill = ContractBill.objects.select_for_update().filter(project=project).first()
    if bill is None or project.state not in _SETTLED_IN:
        raise WrongState(text("A bill is settled once the works are finished"))
    contracted = contract_lines(bill)
    unknown = sorted(set(quantities) - {line.line for line in contracted})
    if unknown or any(one < 0 for one in quantities.values()):
        raise InputFault(
            text(
                "The bill has no such line, or a quantity is negative: {lines}", lines=", ".join(unknown[:5])
            )
        )
    built = {line: str(quantity) for line, quantity in quantities.items()}
    bill.measured = {**(bill.measured or {}), **built}
    bill.settled_on = clock.today()
    bill.save(update_fields=["measured", "settled_on"])
    journal.record(
        actor=actor,
        subject=bill,
        kind="ledger.settled",
        data={
            "building": bill.building.code,
            "lines": len(built),
            "fen": sum(line.cost_fen for line in lines_of(bill)),
        },
    )
    return share_anew(actor, bill, without_fund=bill.without_fund, kind=TransferKind.SETTLE)


@transaction.atomic
def share_anew(actor: Any, bill: ContractBill, *, without_fund: bool, kind: TransferKind) -> ContractBill:
    """Return the bill shared again by its own policy, with or without the repair fund; changes are posted.

    Raises
    ------
    WrongState
        If a purse does not hold what falls to it now.
    """
    bill.without_fund = without_fund
    shares, bill.user_by_flat = _split(
        bill.building, policy_named(bill.policy), lines_of(bill), without_fund=without_fund
    )
    bill.line_shares = _shares_json(shares)
    bill.save(update_fields=["without_fund", "line_shares", "user_by_flat"])
    bring_up(actor, bill.project, kind=kind)
    return bill


@transaction.atomic
def settle_by_file(actor: Any, project: Any, path: Path) -> tuple[Finding, ...]:
    """Settle a bill by its filled-in template; return every fault of the file, and then nothing changed.

    Raises
    ------
    NotAllowed, WrongState
        As ``settle``.
    UnreadableFile
        If the file cannot be opened as what it claims to be.
    """
    _require_supplier(actor, project.building)
    bill = ContractBill.objects.filter(project=project).first()
    if bill is None:
        raise WrongState(text("A bill is settled once the works are finished"))
    reading = read_measured(path, contract_lines(bill))
    if reading.quantities is None:
        return reading.findings
    settle(actor, project, reading.quantities)
    return ()


@transaction.atomic
def bring_up(actor: Any, project: Any, *, kind: TransferKind, on: date | None = None) -> Transfer | None:
    """Return the transfer that brings the books to what a project's bill says; None where they say it.

    Raises
    ------
    WrongState
        If a purse does not hold what is asked of it; the figure is named.
    """
    bill = ContractBill.objects.filter(project=project).first()
    if bill is None:
        return None
    due = due_of(bill)
    entries = [*_charged(bill, due)]
    if bill.contracted_on is not None:
        by_payer: Counter[Payer] = Counter()
        for (payer, _), fen in due.items():
            by_payer[payer] += fen
        entries += purses.staged(actor, bill.building, project.year, by_payer, into=AccountKind.CONTRACTED)
    if not any(entry.fen for entry in entries):
        return None
    return post(
        actor=actor,
        kind=kind,
        entries=entries,
        on=on,
        building=bill.building,
        reference=project_number(project),
    )


def due_of(bill: ContractBill) -> Due:
    """Return what a bill charges to whom today; nothing of a project that was withdrawn."""
    if bill.project.state == "withdrawn":
        return {}
    due = charges(
        lines_of(bill),
        shares_of(bill),
        bill.user_by_flat,
        signed=works_queries.signed_flats(bill.project_id),
        contracted=bill.contracted_on is not None,
    )
    if bill.withheld_fen:
        level = (Payer(bill.building.authority), PUBLIC)
        due[level] = due.get(level, 0) - bill.withheld_fen
        due[Payer.SUPPLIER, PUBLIC] = due.get((Payer.SUPPLIER, PUBLIC), 0) + bill.withheld_fen
    return {key: fen for key, fen in due.items() if fen}


def charged_fen(building: Any) -> dict[tuple[Payer, str], int]:
    """Return what was charged of a building's bill so far, by payer and flat."""
    rows = Account.objects.filter(building=building, kind=AccountKind.OWED).exclude(charged_fen=0)
    return {
        (Payer(row.payer), row.flat.flat_id if row.flat else PUBLIC): row.charged_fen
        for row in rows.select_related("flat")
    }


def project_number(project: Any) -> str:
    """Return how papers name a project."""
    return f"{project.year}-{project.building.code}"


def _charged(bill: ContractBill, due: Due) -> list[Entry]:
    """Return the entries from what was charged so far to what is due."""
    before = charged_fen(bill.building)
    flats = {flat.flat_id: flat for flat in registry.flats_of(bill.building_id)}
    moved = {key: due.get(key, 0) - before.get(key, 0) for key in due.keys() | before.keys()}
    entries = [
        Entry(owed(bill.building, payer, flats[flat] if flat != PUBLIC else None), fen)
        for (payer, flat), fen in sorted(moved.items())
    ]
    return [*entries, Entry(works(bill.building), -sum(moved.values()))]


def _split(
    building: Any, policy: Policy, lines: tuple[BillLine, ...], *, without_fund: bool = False
) -> tuple[dict[str, Mapping[Payer, int]], dict[str, int]]:
    """Return who pays each line, and what each household pays of all of it."""
    record, flats = registry.record_of(building), registry.flat_records_of(building)
    facts = money.sharing_facts(record, flats, policy, grant_fen=mains.granted_fen(building))
    if without_fund:
        facts = replace(facts, repair_fund_fen=None)
    shared = money.share_bill(lines, policy, facts)
    by_flat = dict(money.user_shares_by_flat(shared, lines, facts))
    return {line.line: line.shares for line in shared.lines}, by_flat


def _shares_json(shares: Mapping[str, Mapping[Payer, int]]) -> dict[str, dict[str, int]]:
    return {line: {payer.value: fen for payer, fen in of_line.items()} for line, of_line in shares.items()}


def _require_supplier(actor: Any, building: Any) -> None:
    fitting = [grant for grant in grants_of(actor) if grant.role == Role.HEAT_SUPPLIER]
    if not registry.visible_buildings(actor).covered_by(fitting).filter(pk=building.pk).exists():
        raise NotAllowed(text("Only the building's heat supplier may do that"))
