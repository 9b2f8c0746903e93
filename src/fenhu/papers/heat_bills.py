"""热费账单明细: the heat bills of a season, each beside the bill by area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from fenhu.papers.grid import Column
from fenhu.papers.table_paper import MONEY, TablePaper, table_xlsx
from fenhu.wording import Text, text

_COLUMNS = (
    Column(text("Building"), 20.0), Column(text("Flat"), 12.0), Column(text("Area (m²)"), 11.0, "#,##0.00"),
    Column(text("Heat (kWh)"), 13.0, "#,##0.00"), Column(text("Bill by area (yuan)"), 16.0, MONEY),
    Column(text("Refund (yuan)"), 14.0, MONEY), Column(text("To pay (yuan)"), 16.0, MONEY),
    Column(text("Remark"), 30.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatBillRow:
    """One flat's bill; ``energy_kwh`` is None where the flat pays by area."""

    building: str
    flat: str
    area_m2: Decimal
    energy_kwh: Decimal | None
    area_fen: int
    refund_fen: int
    due_fen: int
    remark: str = ""


def heat_bills_xlsx(
    rows: Sequence[HeatBillRow],
    path: Path,
    *,
    season: Text,
    office: str,
    as_of: date,
    synthetic: bool = False,
) -> None:
    """Write the heat bills of a season as a workbook, in the given order; an existing file is replaced."""
    total = (
        str(text("Total")), "", "", "", sum(row.area_fen for row in rows),
        sum(row.refund_fen for row in rows), sum(row.due_fen for row in rows), "",
    )  # fmt: skip
    paper = TablePaper(
        title=text("Heat bills, {season}", season=season),
        sheet_name=text("Heat bills"),
        columns=_COLUMNS,
        rows=[
            (row.building, row.flat, float(row.area_m2),
             "" if row.energy_kwh is None else float(row.energy_kwh), row.area_fen, row.refund_fen,
             row.due_fen, row.remark)
            for row in rows
        ],
        above=(text("{office}, as of {day}: {count} flats", office=office, day=as_of, count=len(rows)),),
        totals=(total,),
        synthetic=synthetic,
    )  # fmt: skip
    table_xlsx(paper, path)
