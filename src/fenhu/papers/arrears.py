"""欠款清单: who owes how much since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fenhu.papers.grid import Column
from fenhu.papers.table_paper import MONEY, TablePaper, table_xlsx
from fenhu.wording import text

_COLUMNS = (
    Column(text("Building"), 20.0), Column(text("Flat"), 12.0), Column(text("Payer"), 20.0),
    Column(text("Contract number"), 20.0), Column(text("Owed (yuan)"), 14.0, MONEY),
    Column(text("Paid (yuan)"), 14.0, MONEY), Column(text("Overdue (yuan)"), 14.0, MONEY),
    Column(text("Due since"), 12.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrearsRow:
    """What one payer owes; ``due_since`` is the oldest day that passed unpaid."""

    building: str
    flat: str
    payer: str
    owed_fen: int
    paid_fen: int
    overdue_fen: int
    contract_number: str = ""
    due_since: date | None = None


def arrears_xlsx(
    rows: Sequence[ArrearsRow], path: Path, *, office: str, as_of: date, synthetic: bool = False
) -> None:
    """Write the arrears as a workbook, the largest first; an existing file is replaced."""
    ordered = sorted(rows, key=lambda row: (-row.overdue_fen, row.building, row.flat, row.payer))
    total = (
        str(text("Total")), "", "", "", sum(row.owed_fen for row in rows),
        sum(row.paid_fen for row in rows), sum(row.overdue_fen for row in rows), "",
    )  # fmt: skip
    paper = TablePaper(
        title=text("List of arrears"),
        sheet_name=text("Arrears"),
        columns=_COLUMNS,
        rows=[
            (row.building, row.flat, row.payer, row.contract_number, row.owed_fen, row.paid_fen,
             row.overdue_fen, row.due_since.isoformat() if row.due_since else "")
            for row in ordered
        ],
        above=(text("{office}, as of {day}: {count} payers", office=office, day=as_of, count=len(rows)),),
        totals=(total,),
        synthetic=synthetic,
    )  # fmt: skip
    table_xlsx(paper, path)
