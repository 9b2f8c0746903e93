"""A paper that is one table: what stands above it, rows, totals, signatures; as a workbook and as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from xlsxwriter.workbook import Workbook

from fenhu.drawing import yuan
from fenhu.papers.grid import Column, head_row, titled_sheet, value_row
from fenhu.papers.sheet import Book, page_setup, row_height, safe, write
from fenhu.papers.typesetting import typeset
from fenhu.papers.words import DEMO_DATA
from fenhu.units import yuan_from_fen
from fenhu.wording import Text, text

MONEY, PLAIN = "#,##0.00", "0"
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Papers of the same data have the same bytes, whenever they are made.
_FIXED_DATE = datetime(2010, 5, 10)
_PAGE = """
#set document(title: data.title, date: none)
#set page(paper: "a4", flipped: data.landscape, margin: (x: 12mm, top: 14mm, bottom: 16mm),
  header: align(right, text(size: 8pt, data.mark)),
  footer: context align(center, text(size: 8pt,
    data.page_words.replace("{page}", str(counter(page).get().first()))
      .replace("{pages}", str(counter(page).final().first())))))
#set text(size: data.size * 1pt)
#align(center, text(size: 15pt, weight: "bold", data.title))
#for line in data.above { block(spacing: 2mm, line) }
#table(columns: data.widths.map(width => width * 1fr), stroke: 0.5pt, inset: 1.3mm,
  align: (x, y) => (if y == 0 { center } else if data.numeric.at(x) { right } else { left }) + horizon,
  fill: (x, y) => if y == 0 { rgb("#e8eef5") },
  table.header(..data.heads.map(head => strong(head))),
  ..data.rows.flatten(),
  ..data.totals.flatten().map(cell => table.cell(fill: rgb("#f2f2f2"), strong(cell))))
#v(6mm)
#block(breakable: false, grid(columns: data.signatures.map(_ => 1fr), ..data.signatures))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePaper:
    """A table with its title.

    Money in rows is integer fen in the columns whose number is ``MONEY``; years and other names in figures
    stand in columns whose number is ``PLAIN``.
    """

    title: Text
    sheet_name: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    above: Sequence[Text] = ()
    totals: Sequence[Sequence[object]] = ()
    signatures: Sequence[Text] = field(default_factory=tuple)
    landscape: bool = True
    size: float = 8.0
    synthetic: bool = False


def table_xlsx(paper: TablePaper, path: Path) -> None:
    """Write the paper as a workbook of one sheet; an existing file is replaced."""
    with Workbook(str(path), _OPTIONS) as workbook:
        workbook.set_properties({"created": _FIXED_DATE, "title": safe(str(paper.title))})
        book = Book(workbook, paper.synthetic)
        sheet = titled_sheet(book, str(paper.title), paper.sheet_name, paper.columns)
        at = 1
        for line in paper.above:
            write(sheet, at, 0, str(line), book.format("line"))
            at += 1
        head_row(book, sheet, at, paper.columns)
        head = at
        for row in paper.rows:
            at += 1
            value_row(book, sheet, at, paper.columns, _numbers(paper, row))
        for row in paper.totals:
            at += 1
            sheet.set_row(at, row_height(zip(row, (one.width for one in paper.columns), strict=True)))
            for place, (column, value) in enumerate(zip(paper.columns, _numbers(paper, row), strict=True)):
                look = "total" if column.number else "total label"
                write(sheet, at, place, value, book.format(look, column.number))
        for number, line in enumerate(paper.signatures):
            write(sheet, at + 2 + number, 0, str(line), book.format("line"))
        sheet.freeze_panes(head + 1, 0)
        page_setup(book, sheet, pages_wide=1, head_from=head, head_to=head)
        if not paper.landscape:
            sheet.set_portrait()


def table_pdf(paper: TablePaper) -> bytes:
    """Return the paper as a PDF on A4, its head repeated on every page."""
    return typeset(
        _PAGE,
        {
            "title": str(paper.title),
            "mark": str(DEMO_DATA) if paper.synthetic else "",
            "landscape": paper.landscape,
            "size": paper.size,
            "page_words": str(text("Page {page} of {pages}", page="{page}", pages="{pages}")),
            "above": [str(line) for line in paper.above],
            "heads": [str(column.head) for column in paper.columns],
            "widths": [column.width for column in paper.columns],
            "numeric": [bool(column.number) for column in paper.columns],
            "rows": [words_of(paper.columns, row) for row in paper.rows],
            "totals": [words_of(paper.columns, row) for row in paper.totals],
            "signatures": [str(line) for line in paper.signatures] or [""],
        },
    )


def _numbers(paper: TablePaper, row: Sequence[object]) -> list[object]:
    return [
        float(yuan_from_fen(value)) if column.number == MONEY and isinstance(value, int) else value
        for column, value in zip(paper.columns, row, strict=True)
    ]


def words_of(columns: Sequence[Column], row: Sequence[object]) -> list[str]:
    """Return a row's values as a printed table writes them; fen become yuan where the column says MONEY."""
    return [
        yuan(value) if column.number == MONEY and isinstance(value, int) else _word(value, column.number)
        for column, value in zip(columns, row, strict=True)
    ]


def _word(value: object, number: str) -> str:
    if number == PLAIN:
        return "" if value is None else str(value)
    if isinstance(value, float):
        return f"{value:,.{len(number.strip().partition('.')[2])}f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
