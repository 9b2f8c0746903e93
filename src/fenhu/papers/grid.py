"""A sheet that is one table: title, columns with heads and widths, rows as high as their texts need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from fenhu.papers.sheet import Book, demo_marked, page_setup, row_height, safe, write
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head, its width in characters, and how its numbers are written."""

    head: Text
    width: float
    number: str = ""


def titled_sheet(book: Book, title: str, name: Text, columns: Sequence[Column]) -> Worksheet:
    """Return a new sheet with its title and the widths of its columns."""
    sheet = book.sheet(str(name))
    marked = demo_marked(book, str(text("{title}: {name}", title=title, name=name)))
    sheet.merge_range(0, 0, 0, len(columns) - 1, safe(marked), book.format("title"))
    sheet.set_row(0, 30)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
    return sheet


def head_row(book: Book, sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """Write the heads of the columns."""
    sheet.set_row(row, row_height((str(column.head), column.width) for column in columns))
    for index, column in enumerate(columns):
        write(sheet, row, index, str(column.head), book.format("head"))


def value_row(
    book: Book, sheet: Worksheet, at: int, columns: Sequence[Column], values: Sequence[object]
) -> None:
    """Write a row of values, each as its column has it."""
    sheet.set_row(at, row_height(zip(values, (column.width for column in columns), strict=True)))
    for index, (column, value) in enumerate(zip(columns, values, strict=True)):
        look = "cell" if column.number else "wrapped"
        write(sheet, at, index, value, book.format(look, column.number))


def finish(book: Book, sheet: Worksheet, rows: int, columns: Sequence[Column]) -> None:
    """Freeze the head, let it filter, and set the page up."""
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, 1 + max(1, rows), len(columns) - 1)
    page_setup(book, sheet, pages_wide=1, head_from=1, head_to=1)
