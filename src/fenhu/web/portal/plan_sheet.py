"""The plan of a year as a workbook: what is on the screen, ready to print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import xlsxwriter

from fenhu.papers.grid import Column, finish, head_row, titled_sheet, value_row
from fenhu.papers.sheet import Book
from fenhu.web.portal.explaining import AUTHORITIES
from fenhu.web.portal.open_data import plan_columns
from fenhu.web.portal.queries import PlanRow
from fenhu.wording import text

_DAY = "yyyy-mm-dd"
COLUMNS = (
    Column(text("Building number"), 12), Column(text("Estate"), 14), Column(text("Building"), 12),
    Column(text("Address"), 24), Column(text("District"), 9), Column(text("Heat supplier"), 16),
    Column(text("Contractor"), 16), Column(text("Answerable"), 16), Column(text("Flats"), 7, "#,##0"),
    Column(text("Heated area (m²)"), 11, "#,##0.0"), Column(text("State"), 14),
    Column(text("Works started"), 11, _DAY), Column(text("Works finished"), 11, _DAY),
    Column(text("Accepted on"), 11, _DAY), Column(text("In use since"), 11, _DAY),
)  # fmt: skip


def write_plan(file: BinaryIO, *, title: str, rows: Iterable[PlanRow], synthetic: bool) -> None:
    """Write the plan of a year into ``file``; text that looks like a formula stays text."""
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        book = Book(workbook=workbook, synthetic=synthetic)
        sheet = titled_sheet(book, title, text("Buildings"), COLUMNS)
        head_row(book, sheet, 1, COLUMNS)
        count = 0
        for count, row in enumerate(rows, start=1):
            values = plan_columns(row)
            values[7] = str(AUTHORITIES[row.authority])
            value_row(book, sheet, 1 + count, COLUMNS, values)
        finish(book, sheet, count, COLUMNS)
