"""Templates people fill in: one table, its heads explained, and a sheet that tells how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter.workbook import Workbook

from fenhu.design.price_sheet import PRICES
from fenhu.money.bank import STATEMENT
from fenhu.money.measured_file import MEASURED
from fenhu.money.metering import READINGS
from fenhu.money.opening import OPENINGS
from fenhu.papers.sheet import Book, page_setup, write
from fenhu.papers.words import item_name
from fenhu.records import BillLine
from fenhu.wording import Text, text
from fenhu.worksheets import GUIDE, Column, Sheet

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# A template has the same bytes whenever it is made.
_FIXED_DATE = datetime(2010, 5, 10)
_LEAST_WIDTH, _EMPTY_ROWS = 14.0, 200
# A bill's line is a name and stays text; a quantity has as many places as were measured.
_TYPED = {"line": "@", "flat": "@", "measured": "General", "kwh": "General"}
_DATES = ("date",)
_AMOUNTS = (
    "amount_yuan", "owed_yuan", "paid_yuan", "unit_price_yuan", "now_yuan", "low_yuan", "high_yuan",
)  # fmt: skip


def statement_template_xlsx(path: Path) -> None:
    """Write the template of a bank's or a counter's statement, without rows."""
    write_fill_in(path, STATEMENT, (), {})


def opening_template_xlsx(path: Path) -> None:
    """Write the template of balances of older books, without rows."""
    write_fill_in(path, OPENINGS, (), {})


def readings_template_xlsx(path: Path, meters: Sequence[str] = (), *, synthetic: bool = False) -> None:
    """Write the template of meter readings, with the meters that are to be read."""
    write_fill_in(path, READINGS, [{"meter": meter} for meter in meters], {}, synthetic=synthetic)


def prices_template_xlsx(
    path: Path, rows: Sequence[Mapping[str, object]] = (), *, synthetic: bool = False
) -> None:
    """Write the template of a city's prices, with the articles known and the prices the city has."""
    widths = {"code": 26.0, "name": 30.0, "specification": 20.0, "source": 36.0}
    write_fill_in(path, PRICES, rows, widths, synthetic=synthetic)


def measured_template_xlsx(
    lines: Sequence[BillLine],
    path: Path,
    *,
    articles: Mapping[str, str] | None = None,
    synthetic: bool = False,
) -> None:
    """Write a contract's bill with an empty column for what was measured on site.

    Parameters
    ----------
    lines : the contract's bill.
    path : the workbook to write; an existing one is replaced.
    articles : what a line is in words, by line, where it is known.
    synthetic : whether the data are those of the demo.
    """
    rows = [
        {
            "line": line.line, "item": str(item_name(line.item)), "flat": line.flat,
            "article": (articles or {}).get(line.line, ""), "unit": line.unit,
            "quantity": float(line.quantity), "unit_price_yuan": float(line.unit_price_yuan),
        }
        for line in lines
    ]  # fmt: skip
    widths = {"line": 26.0, "item": 26.0, "article": 30.0, "unit": 8.0}
    write_fill_in(path, MEASURED, rows, widths, synthetic=synthetic)


def write_fill_in(
    path: Path,
    sheet: Sheet,
    rows: Sequence[Mapping[str, object]],
    widths: Mapping[str, float],
    *,
    synthetic: bool = False,
) -> None:
    """Write a template of one table, with the rows that are known already.

    Parameters
    ----------
    path : the workbook to write; an existing one is replaced.
    sheet : its name and columns; grey cells are given, white ones are filled in by hand.
    rows : values by column key.
    widths : columns that need more room than usual, in characters.
    synthetic : whether the data are those of the demo.
    """
    with Workbook(str(path), OPTIONS) as workbook:
        workbook.set_properties({"created": _FIXED_DATE})
        book = Book(workbook, synthetic)
        _table(book, sheet, rows, widths)
        _guide(book, sheet)


def _table(
    book: Book, sheet: Sheet, rows: Sequence[Mapping[str, object]], widths: Mapping[str, float]
) -> None:
    page = book.sheet(str(sheet.name))
    for n, column in enumerate(sheet.columns):
        page.set_column(n, n, widths.get(column.key, _LEAST_WIDTH))
        write(page, 0, n, str(column.name), book.format("head"))
    # Empty rows are formatted too, so that what is typed into them stays text or a date.
    for number in range(1, 1 + max(len(rows), 0 if rows else _EMPTY_ROWS)):
        values = rows[number - 1] if rows else {}
        for n, column in enumerate(sheet.columns):
            look = book.format("subtotal label" if column.given else "cell", _number(column))
            write(page, number, n, values.get(column.key), look)
    page.freeze_panes(1, 0)
    page_setup(book, page, pages_wide=1, head_from=0, head_to=0)


def _guide(book: Book, sheet: Sheet) -> None:
    page = book.sheet(str(GUIDE))
    for n, width in enumerate((22.0, 12.0, 70.0)):
        page.set_column(n, n, width)
    for n, head in enumerate((text("Column"), text("Must it be filled in?"), text("What belongs in it"))):
        write(page, 0, n, str(head), book.format("head"))
    for row, column in enumerate(sheet.columns, start=1):
        for n, value in enumerate((column.name, _need(column), column.note)):
            write(page, row, n, str(value), book.format("wrapped"))


def _need(column: Column) -> Text:
    if column.given:
        return text("given, leave as it is")
    return text("yes") if column.required else text("no")


def _number(column: Column) -> str:
    if column.key in _DATES:
        return "yyyy-mm-dd"
    return "#,##0.00" if column.key in _AMOUNTS else _TYPED.get(column.key, "" if column.given else "@")
