"""《分年改造计划》 as a workbook: an overview, then a sheet for every table, totals as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from fenhu.errors import InputFault
from fenhu.papers import plan_tables as tables
from fenhu.papers.grid import Column, finish, head_row, titled_sheet, value_row
from fenhu.papers.plan_sentences import book_answer, book_findings, book_title
from fenhu.papers.plan_tables import BookTable
from fenhu.papers.plan_values import PlanBook
from fenhu.papers.sheet import Book, demo_marked, page_setup, row_height, safe, write
from fenhu.papers.table_paper import MONEY
from fenhu.papers.words import DEMO_DATA
from fenhu.units import yuan_from_fen
from fenhu.wording import Text, text

_SHEETS = (
    tables.by_place, tables.buildings, tables.mains, tables.budgets, tables.crews, tables.calendar,
    tables.unplanned, tables.assumed,
)  # fmt: skip
_DAY_FORM, _WEEK_WIDTH, _HEAD = "yyyy-mm-dd", 2.4, 1
_FIRST_DAY_COLUMN, _LAST_DAY_COLUMN = 5, 6


def plan_book_xlsx(book: PlanBook, path: Path) -> None:
    """Write the plan book as a workbook; the same book gives the same bytes, an existing file is replaced.

    Text stays text whatever it starts with; every total is a formula that follows a filter, with its value
    stored beside it.

    Raises
    ------
    InputFault
        If the plan has no year.
    """
    if not book.years:
        raise InputFault(text("A plan book needs at least one year"))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as workbook:
        made = Book(workbook=workbook, synthetic=book.synthetic)
        title = str(book_title(book))
        day = book.prepared_on
        workbook.set_properties({
            "title": safe(title), "subject": safe(str(book.basis)),
            "keywords": str(DEMO_DATA) if book.synthetic else "",
            "created": datetime.combine(day, time()) if day else datetime(book.years[0], 1, 1),
        })  # fmt: skip
        _overview(made, book, title)
        for table_of in _SHEETS:
            table = table_of(book)
            sheet = _table_sheet(made, title, table)
            if table_of is tables.calendar:
                _weeks(made, sheet, book, len(table.rows), len(table.columns))


def _overview(made: Book, book: PlanBook, title: str) -> None:
    """Write the answer, the findings, the years and what the plan gains over the ranking."""
    years, ranking = tables.by_year(book), tables.ranking(book)
    sheet = made.sheet(str(text("Overview")))
    width = max(len(years.columns), len(ranking.columns))
    sheet.merge_range(0, 0, 0, width - 1, safe(demo_marked(made, title)), made.format("title"))
    sheet.set_row(0, 32)
    sheet.set_column(0, width - 1, 13)
    row = 1
    for line in _above(book):
        sheet.merge_range(row, 0, row, width - 1, safe(str(line)), made.format("note"))
        sheet.set_row(row, row_height([(str(line), 13.0 * width)]))
        row += 1
    for table in (years, ranking):
        write(sheet, row + 1, 0, str(table.name), made.format("section"))
        row = _table(made, sheet, row + 2, table)
    page_setup(made, sheet, pages_wide=1, head_from=0, head_to=0)


def _above(book: PlanBook) -> Sequence[Text | str]:
    policy = text(
        "Rules: policy {id}, version {version}, digest {digest}",
        id=book.policy_id or "—", version=book.policy_version or "—", digest=book.policy_digest or "—",
    )  # fmt: skip
    of = (text("Part of the plan: {reader}", reader=book.reader),) if book.reader else ()
    day = (text("Date: {day}", day=book.prepared_on),) if book.prepared_on else ()
    return (
        text("Basis: {basis}", basis=book.basis), *of, *day, book_answer(book), *book_findings(book), policy,
    )  # fmt: skip


def _table_sheet(made: Book, title: str, table: BookTable) -> Worksheet:
    sheet = titled_sheet(made, title, table.name, table.columns)
    _table(made, sheet, _HEAD, table)
    finish(made, sheet, len(table.rows), table.columns)
    return sheet


def _table(made: Book, sheet: Worksheet, at: int, table: BookTable) -> int:
    """Write head, rows, total and notes from row ``at`` on, and return the row below."""
    head_row(made, sheet, at, table.columns)
    first = at + 1
    for at, row in enumerate(table.rows, start=first):
        value_row(made, sheet, at, table.columns, _cells(table.columns, row))
        for place, value in enumerate(row):
            if isinstance(value, date):
                write(sheet, at, place, value, made.format("centred", _DAY_FORM))
    at = first + len(table.rows)
    if table.total is not None:
        _total(made, sheet, at, first, table)
        at += 1
    for note in table.notes:
        write(sheet, at, 0, str(note), made.format("line"))
        at += 1
    return at


def _total(made: Book, sheet: Worksheet, at: int, first: int, table: BookTable) -> None:
    assert table.total is not None
    for place, (column, value) in enumerate(
        zip(table.columns, _cells(table.columns, table.total), strict=True)
    ):
        if isinstance(value, int | float) and table.rows:
            name = xl_col_to_name(place)
            formula = f"=SUBTOTAL(9,{name}{first + 1}:{name}{at})"
            sheet.write_formula(at, place, formula, made.format("total", column.number), value)
        else:
            write(sheet, at, place, value, made.format("total label"))


def _cells(columns: Sequence[Column], row: Sequence[object]) -> list[object]:
    return [
        float(yuan_from_fen(value)) if column.number == MONEY and isinstance(value, int) else value
        for column, value in zip(columns, row, strict=True)
    ]


def _weeks(made: Book, sheet: Worksheet, book: PlanBook, rows: int, from_column: int) -> None:
    """Draw the works as bars in cells, a column a week; a rule of the sheet colours them."""
    if not book.seasons or not rows:
        return
    first = min((one.first_day for one in book.seasons), key=lambda day: (day.month, day.day))
    last = max((one.last_day for one in book.seasons), key=lambda day: (day.month, day.day))
    count = (last.replace(year=first.year) - first).days // 7 + 1
    for week in range(count):
        day = first + timedelta(days=7 * week)
        write(sheet, _HEAD, from_column + week, f"{day.month}\n{day.day}", made.format("head"))
    sheet.set_column(from_column, from_column + count - 1, _WEEK_WIDTH)
    top, starts, ends = _HEAD + 1, xl_col_to_name(_FIRST_DAY_COLUMN), xl_col_to_name(_LAST_DAY_COLUMN)
    week_day = f"DATE(YEAR(${starts}{top + 1}),{first.month},{first.day})+7*(COLUMN()-{from_column + 1})"
    rule = f"=AND(${starts}{top + 1}<={week_day}+6,${ends}{top + 1}>={week_day})"
    colour = made.workbook.add_format({"bg_color": "#5B9BD5"})
    sheet.conditional_format(
        top, from_column, top + rows - 1, from_column + count - 1,
        {"type": "formula", "criteria": rule, "format": colour},
    )  # fmt: skip
