"""奖励资金分配表: what each accepted building's reward is, by district and supplier, for both signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from fenhu.papers.grid import Column
from fenhu.papers.table_paper import MONEY, TablePaper, table_pdf, table_xlsx
from fenhu.wording import Text, text

_COUNT, _AREA, _FACTOR = "#,##0", "#,##0.00 ", "0.00"
_COLUMNS = (
    Column(text("District"), 9.0), Column(text("Supplier"), 16.0), Column(text("Building"), 16.0),
    Column(text("Acceptance record"), 14.0), Column(text("Buildings (count)"), 6.0, _COUNT),
    Column(text("Households (count)"), 7.0, _COUNT), Column(text("Area accepted (m²)"), 11.0, _AREA),
    Column(text("Base (yuan)"), 13.0, MONEY), Column(text("Progress factor"), 7.0, _FACTOR),
    Column(text("Score"), 7.0, _FACTOR), Column(text("Deductions (yuan)"), 12.0, MONEY),
    Column(text("Paid in advance (yuan)"), 12.0, MONEY), Column(text("This payment (yuan)"), 13.0, MONEY),
    Column(text("Paid in all (yuan)"), 13.0, MONEY), Column(text("Remaining (yuan)"), 12.0, MONEY),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """One accepted building's reward; factor and score are None where the scheme has none."""

    district: str
    supplier: str
    building: str
    acceptance_number: str
    households: int
    area_m2: Decimal
    base_fen: int
    payment_fen: int
    progress_ratio: Decimal | None = None
    score: Decimal | None = None
    deduction_fen: int = 0
    advance_fen: int = 0
    cumulative_fen: int = 0
    remaining_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardAllocation:
    """The rewards of one proposal, and the clause or scheme they rest on."""

    city: str
    year: int
    basis: str
    rows: Sequence[AllocationRow]
    prepared_on: date | None = None
    synthetic: bool = False


def reward_allocation_xlsx(allocation: RewardAllocation, path: Path) -> None:
    """Write the allocation as a workbook; an existing file is replaced."""
    table_xlsx(allocation_table(allocation), path)


def reward_allocation_pdf(allocation: RewardAllocation) -> bytes:
    """Return the allocation as a PDF on A4 landscape."""
    return table_pdf(allocation_table(allocation))


def allocation_table(allocation: RewardAllocation) -> TablePaper:
    """Return the allocation as a table with its totals by district and supplier."""
    rows = sorted(allocation.rows, key=lambda row: (row.district, row.supplier, row.building))
    return TablePaper(
        title=text(
            "Allocation of the reward for the conversion, {city}, {year}",
            city=allocation.city,
            year=str(allocation.year),
        ),
        sheet_name=text("Reward allocation"),
        columns=_COLUMNS,
        rows=[_row(row) for row in rows],
        above=(text("Basis: {basis}", basis=allocation.basis),),
        totals=[
            *_totals(rows, text("Total of the district"), lambda row: (row.district, "")),
            *_totals(rows, text("Total of the supplier"), lambda row: ("", row.supplier)),
            _total(("", ""), text("Total"), rows),
        ],
        signatures=(
            text("Construction bureau (seal): {blank}", blank="____________"),
            text("Finance bureau (seal): {blank}", blank="____________"),
            text("Date: {day}", day=allocation.prepared_on or "____________"),
        ),
        size=7.0,
        synthetic=allocation.synthetic,
    )


def _row(row: AllocationRow) -> tuple[object, ...]:
    return (
        row.district, row.supplier, row.building, row.acceptance_number, 1, row.households,
        float(row.area_m2), row.base_fen, _factor(row.progress_ratio), _factor(row.score),
        row.deduction_fen, row.advance_fen, row.payment_fen, row.cumulative_fen, row.remaining_fen,
    )  # fmt: skip


def _factor(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _totals(
    rows: Iterable[AllocationRow], label: Text, key: Callable[[AllocationRow], tuple[str, str]]
) -> list[tuple[object, ...]]:
    groups: dict[tuple[str, str], list[AllocationRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return [_total(names, label, held) for names, held in sorted(groups.items())]


def _total(names: tuple[str, str], label: Text, rows: Sequence[AllocationRow]) -> tuple[object, ...]:
    return (
        *names, str(label), "", len(rows), sum(row.households for row in rows),
        float(sum((row.area_m2 for row in rows), Decimal(0))), sum(row.base_fen for row in rows), None, None,
        sum(row.deduction_fen for row in rows), sum(row.advance_fen for row in rows),
        sum(row.payment_fen for row in rows), sum(row.cumulative_fen for row in rows),
        sum(row.remaining_fen for row in rows),
    )  # fmt: skip
