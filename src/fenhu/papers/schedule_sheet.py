"""One year's sheet of the schedule: title block, numbered rows, subtotals, totals, signature line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from fenhu.papers.schedule_columns import COLUMNS, Form, Page, column_number, columns_on
from fenhu.papers.schedule_values import Schedule, ScheduleRow, ScheduleYear
from fenhu.papers.sheet import Book, demo_marked, page_setup, row_height, write
from fenhu.wording import Text, text

TITLE_ROW, BASIS_ROW, OFFICE_ROW, GROUP_ROW, HEAD_ROW, FIRST_ROW = range(6)
_LABEL_COLUMN, _COUNT_COLUMN = column_number("supplier"), column_number("building")
_LOOKS = {Form.TEXT: "wrapped", Form.PLAIN: "centred", Form.DATE: "centred"}
_SUMMED = tuple(number for number, column in enumerate(COLUMNS) if column.summed)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSheet:
    """A written year: its sheet and rows (counted from 0), so that the summary can point at them."""

    year: ScheduleYear
    sheet: Worksheet
    last_row: int
    total_row: int

    def cells(self, key: str) -> str:
        """Return the data cells of column ``key`` as a reference from another sheet."""
        name = xl_col_to_name(column_number(key))
        return f"'{self.sheet.get_name()}'!${name}${FIRST_ROW + 1}:${name}${self.last_row + 1}"

    def total(self, key: str) -> str:
        """Return the total of column ``key`` as a reference from another sheet."""
        return f"'{self.sheet.get_name()}'!{xl_rowcol_to_cell(self.total_row, column_number(key))}"


def ordered(rows: Iterable[ScheduleRow]) -> list[ScheduleRow]:
    """Return the rows as the paper lists them: by supplier, then district, then code."""
    return sorted(rows, key=lambda row: (row.supplier, row.district, row.code))


def write_year(book: Book, schedule: Schedule, year: ScheduleYear) -> YearSheet:
    """Write one year's sheet and return where its rows stand."""
    sheet = book.sheet(str(text("Schedule {year}", year=year.year)))
    _title_block(book, sheet, schedule, year)
    _heads(book, sheet)
    rows = ordered(year.rows)
    row = FIRST_ROW
    number = 1
    for supplier, its_rows in groupby(rows, key=lambda one: one.supplier):
        held = list(its_rows)
        for one in held:
            _detail(book, sheet, row, number, one)
            row, number = row + 1, number + 1
        label = text("Subtotal {supplier}", supplier=supplier)
        _subtotal(book, sheet, row, label, held, row - len(held), row - 1, "subtotal")
        row += 1
    if not rows:
        write(sheet, row, 0, str(text("No building is planned in this year.")), book.format("line"))
        row += 1
    last_row = row - 1
    _subtotal(book, sheet, row, text("Total"), rows, FIRST_ROW, last_row, "total")
    bottom = _district_totals(book, sheet, row + 1, rows, last_row)
    _signature(book, sheet, bottom + 1, schedule)
    _setup(book, sheet, last_row)
    return YearSheet(year=year, sheet=sheet, last_row=last_row, total_row=row)


def summed_value(key: str, rows: Iterable[ScheduleRow]) -> float:
    """Return the sum of a column over rows, as the spreadsheet will show it; a blank counts as nothing."""
    column = COLUMNS[column_number(key)]
    values = [column.of(row) for row in rows]
    return round(sum(value for value in values if isinstance(value, int | float)), 2)


def _title_block(book: Book, sheet: Worksheet, schedule: Schedule, year: ScheduleYear) -> None:
    title = text(
        "Building schedule for the conversion of {city} to per-household heating control, {year}",
        city=schedule.city,
        year=year.year,
    )
    left = (0, columns_on(Page.LEFT)[-1])
    right = (columns_on(Page.RIGHT)[0], columns_on(Page.RIGHT)[-1])
    marked = demo_marked(book, str(title))
    sheet.merge_range(TITLE_ROW, left[0], TITLE_ROW, left[1], marked, book.format("title"))
    continued = str(text("{title} (continued)", title=marked))
    sheet.merge_range(TITLE_ROW, right[0], TITLE_ROW, right[1], continued, book.format("title"))
    sheet.set_row(TITLE_ROW, 32)
    line = book.format("line")
    write(sheet, BASIS_ROW, 0, str(text("Basis: {basis}", basis=schedule.basis)), line)
    office = text(
        "Heat supplier: {supplier}      Filled in by: {office}      Date: {date}",
        supplier=schedule.supplier or text("all suppliers"),
        office=schedule.prepared_by or "____________",
        date=schedule.prepared_on or "____________",
    )
    write(sheet, OFFICE_ROW, 0, str(office), line)
    for _, end in (left, right):
        write(sheet, OFFICE_ROW, end, str(text("Unit of money: yuan")), book.format("right"))


def _heads(book: Book, sheet: Worksheet) -> None:
    head = book.format("head")
    for group, numbers in groupby(range(len(COLUMNS)), key=lambda number: COLUMNS[number].group):
        held = list(numbers)
        sheet.merge_range(GROUP_ROW, held[0], GROUP_ROW, held[-1], str(group), head)
    names = [
        f"{column.head}\n({column.unit})" if str(column.unit) else str(column.head) for column in COLUMNS
    ]
    for number, name in enumerate(names):
        write(sheet, HEAD_ROW, number, name, head)
    sheet.set_row(GROUP_ROW, 20)
    widths = (column.width for column in COLUMNS)
    sheet.set_row(HEAD_ROW, row_height(zip(names, widths, strict=True)))


def _detail(book: Book, sheet: Worksheet, row: int, number: int, one: ScheduleRow) -> None:
    values = [number if column.key == "number" else column.of(one) for column in COLUMNS]
    sheet.set_row(
        row, row_height((value, column.width) for value, column in zip(values, COLUMNS, strict=True))
    )
    for index, (value, column) in enumerate(zip(values, COLUMNS, strict=True)):
        write(sheet, row, index, value, book.format(_LOOKS.get(column.form, "cell"), column.form.value))


def _subtotal(
    book: Book,
    sheet: Worksheet,
    row: int,
    label: Text,
    rows: Sequence[ScheduleRow],
    first: int,
    last: int,
    look: str,
) -> None:
    """Write a row of SUBTOTALs: they skip each other, and follow a filter."""

    def formula(name: str) -> str:
        return f"=SUBTOTAL(9,{name}{first + 1}:{name}{last + 1})"

    _label(book, sheet, row, label, len(rows), look)
    for index in _SUMMED:
        written = formula(xl_col_to_name(index))
        _sum(sheet, row, index, written, rows, book.format(look, COLUMNS[index].form.value))


def _district_totals(
    book: Book, sheet: Worksheet, row: int, rows: Sequence[ScheduleRow], last_row: int
) -> int:
    """Write one row of totals per district and return the row below; subtotals have no district."""
    district = xl_col_to_name(column_number("district"))
    where = f"${district}${FIRST_ROW + 1}:${district}${last_row + 1}"
    for name in sorted({one.district for one in rows}):
        held = [one for one in rows if one.district == name]
        _label(book, sheet, row, text("Total of the district"), len(held), "subtotal")
        write(sheet, row, column_number("district"), name, book.format("subtotal"))
        for index in _SUMMED:
            column = xl_col_to_name(index)
            values = f"{column}${FIRST_ROW + 1}:{column}${last_row + 1}"
            written = f"=SUMPRODUCT(({where}=${district}{row + 1})*{values})"
            _sum(sheet, row, index, written, held, book.format("subtotal", COLUMNS[index].form.value))
        row += 1
    return row


def _label(book: Book, sheet: Worksheet, row: int, label: Text, buildings: int, look: str) -> None:
    for index in range(len(COLUMNS)):
        write(sheet, row, index, None, book.format(look))
    words = str(label)
    sheet.set_row(row, row_height([(words, COLUMNS[_LABEL_COLUMN].width)]))
    write(sheet, row, _LABEL_COLUMN, words, book.format(f"{look} label"))
    write(sheet, row, _COUNT_COLUMN, str(text("{count} buildings", count=buildings)), book.format(look))


def _sum(
    sheet: Worksheet, row: int, index: int, formula: str, rows: Sequence[ScheduleRow], look: Format
) -> None:
    sheet.write_formula(row, index, formula, look, summed_value(COLUMNS[index].key, rows))


def _signature(book: Book, sheet: Worksheet, row: int, schedule: Schedule) -> None:
    line = text(
        "Filed by (seal): {office}      Person in charge: {blank}      Filled in by: {blank}"
        "      Phone: {blank}      Date: {date}",
        office=schedule.prepared_by or "____________",
        blank="____________",
        date=schedule.prepared_on or "____________",
    )
    for first in (0, columns_on(Page.RIGHT)[0]):
        write(sheet, row, first, str(line), book.format("line"))


def _setup(book: Book, sheet: Worksheet, last_row: int) -> None:
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
    sheet.set_column(column_number("remarks"), column_number("remarks"), _remarks_width())
    repeated = columns_on(Page.BOTH)
    sheet.freeze_panes(FIRST_ROW, repeated[-1] + 1)
    sheet.autofilter(HEAD_ROW, 0, last_row, len(COLUMNS) - 1)
    page_setup(book, sheet, pages_wide=2, head_from=GROUP_ROW, head_to=HEAD_ROW)
    sheet.repeat_columns(repeated[0], repeated[-1])
    sheet.print_across()
    sheet.set_v_pagebreaks([columns_on(Page.RIGHT)[0]])


def _remarks_width() -> float:
    """Return the width of the last column that makes both printed pages equally wide, so that the fit to two
    pages breaks between them."""
    columns_left = [COLUMNS[number] for number in columns_on(Page.LEFT)]
    columns_right = [COLUMNS[number] for number in columns_on(Page.RIGHT)]
    padding = 5 / 7 * (len(columns_left) - len(columns_right))
    slack = sum(column.width for column in columns_left) - sum(column.width for column in columns_right[:-1])
    return max(columns_right[-1].width, slack + padding - 1)
