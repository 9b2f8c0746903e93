"""The columns of the building schedule: one row per column, in the order of the paper.

The sheet prints two pages wide: the first five columns repeat, ``Page.LEFT`` holds the building as it is,
``Page.RIGHT`` the works and the money.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from fenhu.papers.schedule_values import ScheduleRow
from fenhu.papers.words import form_name, owner_kind_name, payer_name
from fenhu.records import Payer
from fenhu.units import yuan_from_fen
from fenhu.wording import Text, text

CellValue = str | int | float | date | None


class Form(Enum):
    """How a column's values are written; the value is the spreadsheet's number format."""

    TEXT = "@"
    WHOLE = "#,##0"
    PLAIN = "0"
    ONE = "#,##0.0"
    MONEY = "#,##0.00"
    DATE = "yyyy-mm-dd"


class Page(Enum):
    """On which of the two pages across a column prints."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its group, its head with the unit, how wide it is, and where its value comes from.

    ``key`` is the row's field where ``value`` is not given; ``summed`` columns have totals.
    """

    key: str
    group: Text
    head: Text
    unit: str | Text
    width: float
    form: Form
    page: Page
    summed: bool = False
    value: Callable[[ScheduleRow], CellValue] | None = None

    def of(self, row: ScheduleRow) -> CellValue:
        """Return what the column says of ``row``."""
        if self.value is not None:
            return self.value(row)
        found: CellValue = getattr(row, self.key)
        return found


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else float(yuan_from_fen(fen))


def _payer_column(payer: Payer) -> Column:
    def cost(row: ScheduleRow) -> CellValue:
        return _yuan(row.cost_fen.get(payer, 0))

    return Column(
        f"cost_{payer.value}", _COST, payer_name(payer), _YUAN, 12, Form.MONEY, Page.RIGHT, True, cost
    )


_BUILDING, _PRESENT = text("Building"), text("Present state")
_CONSENT, _WORKS = text("Repair fund and consent"), text("Planned works")
_COST, _CONTACTS = text("Cost by payer"), text("Contacts and remarks")
_YUAN = text("yuan")
_TEXT, _WHOLE, _PLAIN, _ONE, _MONEY, _DATE = Form
_BOTH, _LEFT, _RIGHT = Page

COLUMNS: tuple[Column, ...] = (
    Column("number", _BUILDING, text("No."), "", 4.5, _PLAIN, _BOTH, False, lambda row: None),
    Column("district", _BUILDING, text("District"), "", 6.5, _TEXT, _BOTH),
    Column("supplier", _BUILDING, text("Heat supplier"), "", 12, _TEXT, _BOTH),
    Column("estate", _BUILDING, text("Estate"), "", 9, _TEXT, _BOTH),
    Column("building", _BUILDING, text("Name of building"), "", 8, _TEXT, _BOTH),
    Column("code", _BUILDING, text("Building code"), "", 9.5, _TEXT, _LEFT),
    Column("address", _BUILDING, text("Address"), "", 14, _TEXT, _LEFT),
    Column("year_built", _BUILDING, text("Year built"), "", 5.5, _PLAIN, _LEFT),
    Column("storeys", _BUILDING, text("Storeys"), "", 5, _WHOLE, _LEFT),
    Column("units", _BUILDING, text("Stairwell units"), "", 5.5, _WHOLE, _LEFT, True),
    Column("flats", _BUILDING, text("Number of households"), "", 6.5, _WHOLE, _LEFT, True),
    Column("shops", _BUILDING, text("of these not dwellings"), "", 6, _WHOLE, _LEFT, True),
    Column("heated_area_m2", _BUILDING, text("Heated area"), "m²", 10.5, _MONEY, _LEFT, True),
    Column(
        "owner_kind", _BUILDING, text("Owner class"), "", 7, _TEXT, _LEFT, False,
        lambda row: str(owner_kind_name(row.owner_kind)),
    ),
    Column("owner", _BUILDING, text("Owner unit"), "", 10, _TEXT, _LEFT),
    Column(
        "present_form", _PRESENT, text("Present heating form"), "", 8.5, _TEXT, _LEFT, False,
        lambda row: str(form_name(row.present_form)),
    ),
    Column("station", _PRESENT, text("Substation"), "", 9, _TEXT, _LEFT),
    Column("pipe_age_years", _PRESENT, text("Age of pipes"), text("years"), 5.5, _WHOLE, _LEFT),
    Column("water_loss_percent", _PRESENT, text("Water loss"), "%", 5.5, _ONE, _LEFT),
    Column("mean_room_c", _PRESENT, text("Mean room temperature"), "℃", 5.5, _ONE, _LEFT),
    Column("min_room_c", _PRESENT, text("Lowest room temperature"), "℃", 5.5, _ONE, _LEFT),
    Column("complaints", _PRESENT, text("Complaints last season"), "", 5.5, _WHOLE, _LEFT, True),
    Column("fee_collection_percent", _PRESENT, text("Fee collection"), "%", 5.5, _ONE, _LEFT),
    Column(
        "arrears", _PRESENT, text("Arrears"), _YUAN, 11.5, _MONEY, _LEFT, True,
        lambda row: _yuan(row.arrears_fen),
    ),
    Column(
        "repair_fund", _CONSENT, text("Balance of repair fund"), _YUAN, 12, _MONEY, _LEFT, True,
        lambda row: _yuan(row.repair_fund_fen),
    ),
    Column("consent_agreed", _CONSENT, text("Households that agree"), "", 6.5, _WHOLE, _LEFT, True),
    Column("consent_asked", _CONSENT, text("Households asked"), "", 6.5, _WHOLE, _LEFT, True),
    Column("consent_area_m2", _CONSENT, text("Area that agrees"), "m²", 10.5, _MONEY, _LEFT, True),
    Column(
        "planned_form", _WORKS, text("Planned heating form"), "", 11, _TEXT, _RIGHT, False,
        lambda row: str(form_name(row.planned_form)),
    ),
    Column("planned_start", _WORKS, text("Planned start"), "", 10.5, _DATE, _RIGHT),
    Column("planned_finish", _WORKS, text("Planned finish"), "", 10.5, _DATE, _RIGHT),
    *(_payer_column(payer) for payer in Payer),
    Column(
        "cost_total", _COST, text("Total"), _YUAN, 13, _MONEY, _RIGHT, True,
        lambda row: _yuan(sum(row.cost_fen.values())),
    ),
    Column("supplier_contact", _CONTACTS, text("Supplier's contact and phone"), "", 13, _TEXT, _RIGHT),
    Column("contractor_contact", _CONTACTS, text("Contractor's contact and phone"), "", 13, _TEXT, _RIGHT),
    Column(
        "remarks", _CONTACTS, text("Remarks"), "", 16, _TEXT, _RIGHT, False, lambda row: str(row.remarks)
    ),
)  # fmt: skip


def column_number(key: str) -> int:
    """Return where the column ``key`` stands, counted from 0."""
    return next(number for number, column in enumerate(COLUMNS) if column.key == key)


def columns_on(page: Page) -> tuple[int, ...]:
    """Return the numbers of the columns that belong to ``page``."""
    return tuple(number for number, column in enumerate(COLUMNS) if column.page is page)
