"""Papers of money: what a query found, as receipts, statements, allocations and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from fenhu import papers
from fenhu.money.metering import Season
from fenhu.papers.arrears import ArrearsRow, arrears_xlsx
from fenhu.web import clock
from fenhu.web.documents.queries import reward_allocation
from fenhu.web.ledger.queries import Arrears, Collected, RewardView, Statement, StatementRow
from fenhu.web.metering.queries import SeasonBill
from fenhu.web.rules import current_policy
from fenhu.web.ui import names
from fenhu.wording import text


def statement(found: Statement, rows: Iterable[StatementRow], *, pdf: bool) -> bytes:
    """Return the whole of an account as a workbook, or as a PDF."""
    listed = tuple(
        papers.StatementRow(
            on=row.on_date, what=f"{row.kind} {row.note}".strip(), document=row.receipt or row.reference,
            debit_fen=max(row.amount_fen, 0), credit_fen=max(-row.amount_fen, 0),
        )
        for row in rows
    )  # fmt: skip
    payer = str(papers.payer_name(found.payer)) if found.payer else str(found.holder)
    paper = papers.AccountStatement(
        subject=" ".join(part for part in (found.building, found.flat_id, payer) if part), opening_fen=0,
        first_day=listed[0].on if listed else clock.today(), last_day=clock.today(), rows=listed,
        office=found.office, prepared_on=clock.today(), synthetic=found.synthetic,
    )  # fmt: skip
    return papers.statement_pdf(paper) if pdf else _file(lambda path: papers.statement_xlsx(paper, path))


def collected(found: Collected, *, pdf: bool) -> bytes:
    """Return a year's statement over many accounts as a workbook, or as a PDF."""
    first = text("Payer") if found.code else text("Building") if found.supplier else text("Heat supplier")
    paper = papers.CollectedStatement(
        subject=found.building or found.supplier or str(text("All heat suppliers")), year=found.year,
        first_column=first, synthetic=found.synthetic,
        rows=[
            (str(papers.payer_name(row.payer)) if row.payer else row.name, row.flat_id, row.opening_fen,
             row.charged_fen, row.received_fen, row.closing_fen)
            for row in found.rows
        ],
    )  # fmt: skip
    return papers.collected_pdf(paper) if pdf else _file(lambda path: papers.collected_xlsx(paper, path))


def allocation(view: RewardView, *, pdf: bool) -> bytes:
    """Return a reward allocation as a workbook, or as a PDF."""
    paper = reward_allocation(view)
    if pdf:
        return papers.reward_allocation_pdf(paper)
    return _file(lambda path: papers.reward_allocation_xlsx(paper, path))


def arrears(rows: Iterable[Arrears], *, synthetic: bool) -> bytes:
    """Return who is late as a workbook."""
    listed = [
        ArrearsRow(
            building=row.building, flat=row.flat_id, payer=str(papers.payer_name(row.payer)),
            owed_fen=row.owed_fen + row.paid_fen, paid_fen=row.paid_fen, overdue_fen=row.overdue_fen,
            due_since=row.since,
        )
        for row in rows
    ]  # fmt: skip
    office = str(current_policy().city.name)
    return _file(
        lambda path: arrears_xlsx(listed, path, office=office, as_of=clock.today(), synthetic=synthetic)
    )


def heat_bills(bills: Iterable[SeasonBill], season: Season) -> bytes:
    """Return the heat bills of a season as a workbook."""
    listed = [
        papers.HeatBillRow(
            building=bill.flat.building.code, flat=bill.flat.flat_id, area_m2=bill.area_m2,
            energy_kwh=bill.energy_kwh, area_fen=bill.area_fen, refund_fen=bill.refund_fen,
            due_fen=bill.due_fen, remark="、".join(str(one) for one in names.bill_marks(bill)),
        )
        for bill in bills
    ]  # fmt: skip
    office = str(current_policy().city.name)
    return _file(lambda path: papers.heat_bills_xlsx(
        listed, path, season=season.name, office=office, as_of=clock.today(), synthetic=settings.DEMO
    ))  # fmt: skip


def template(write: Callable[[Path], None]) -> bytes:
    """Return the template that ``write`` makes."""
    return _file(write)


def _file(write: Callable[[Path], None]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.xlsx"
        write(path)
        return path.read_bytes()
