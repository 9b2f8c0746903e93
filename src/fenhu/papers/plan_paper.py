"""《分年改造计划》 as a PDF on A4: the workbook's tables, with map, purses and seasons as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from fenhu.drawing import budget_bars_svg, gantt_svg, year_map_svg
from fenhu.drawing.gantt import Gantt
from fenhu.errors import InputFault
from fenhu.papers import plan_tables as tables
from fenhu.papers.plan_pictures import budget_bars, plan_map, season_gantt
from fenhu.papers.plan_sentences import book_answer, book_findings, book_title, late_said
from fenhu.papers.plan_tables import BookTable
from fenhu.papers.plan_values import PlanBook
from fenhu.papers.table_paper import words_of
from fenhu.papers.typesetting import typeset
from fenhu.papers.words import DEMO_DATA
from fenhu.wording import Text, text

_SUPPLIERS_A_PICTURE = 12
_PAGE = """
#set document(title: data.title, date: none)
#set page(paper: "a4", flipped: true, margin: (x: 12mm, top: 14mm, bottom: 15mm),
  header: grid(columns: (1fr, auto), text(size: 7.5pt, data.title), text(size: 8pt, data.mark)),
  footer: context align(center, text(size: 8pt,
    data.page_words.replace("{page}", str(counter(page).get().first()))
      .replace("{pages}", str(counter(page).final().first())))))
#set text(size: 9pt)
#set par(leading: 0.6em)
#show heading: it => block(above: 5mm, below: 3mm, sticky: true, it)
#align(center, text(size: 18pt, weight: "bold", data.title))
#for line in data.above { block(spacing: 2mm, line) }
#for section in data.sections {
  if section.new_page { pagebreak(weak: true) }
  heading(level: 1, text(size: 12pt, section.heading))
  for line in section.paragraphs { block(spacing: 2mm, line) }
  for one in section.pictures {
    block(breakable: false, image(picture(one.number), format: "svg", width: 100%, alt: one.alt))
  }
  for held in section.tables {
    set text(size: 6.5pt)
    table(columns: held.widths.map(width => width * 1fr), stroke: 0.4pt + rgb("#9aa5b1"), inset: 1mm,
      align: (x, y) => (if y == 0 { center } else if held.numeric.at(x) { right } else { left }) + horizon,
      fill: (x, y) => if y == 0 { rgb("#e8eef5") },
      table.header(..held.heads.map(head => strong(head))),
      ..held.rows.flatten(),
      ..held.total.map(cell => table.cell(fill: rgb("#f2f2f2"), strong(cell))))
    for line in held.notes { block(spacing: 2mm, line) }
  }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """One heading and what stands under it: sentences, pictures with their words, tables."""

    heading: Text | str
    paragraphs: Sequence[Text | str] = ()
    pictures: Sequence[tuple[str, Text | str]] = ()
    tables: Sequence[BookTable] = ()
    new_page: bool = False


def plan_book_pdf(book: PlanBook) -> bytes:
    """Return the plan book as a PDF on A4 landscape; the same book gives the same bytes.

    Raises
    ------
    InputFault
        If the plan has no year.
    """
    if not book.years:
        raise InputFault(text("A plan book needs at least one year"))
    part = (text("Part of the plan: {reader}", reader=book.reader),) if book.reader else ()
    day = (text("Date: {day}", day=book.prepared_on),) if book.prepared_on else ()
    above = (
        text("Basis: {basis}", basis=book.basis), *part, *day, book_answer(book), *book_findings(book),
    )  # fmt: skip
    sections = list(_sections(book))
    pictures = [picture for one in sections for picture in one.pictures]
    return typeset(
        _PAGE,
        {
            "title": str(book_title(book)),
            "mark": str(DEMO_DATA) if book.synthetic else "",
            "page_words": str(text("Page {page} of {pages}", page="{page}", pages="{pages}")),
            "above": [str(line) for line in above],
            "sections": _sections_data(sections),
        },
        pictures=[svg for svg, _ in pictures],
    )


def _sections(book: PlanBook) -> Iterator[_Section]:
    for table_of in (tables.by_year, tables.ranking):
        table = table_of(book)
        yield _Section(heading=table.name, tables=(table,))
    yield _map(book)
    if book.purses:
        bars = budget_bars(book.purses)
        picture = (budget_bars_svg(bars), bars.title)
        table = tables.budgets(book)
        yield _Section(heading=table.name, pictures=(picture,), tables=(table,), new_page=True)
    for year in book.years:
        yield _year(book, year)
    for table_of in (tables.mains, tables.crews, tables.unplanned_list, tables.assumed):
        table = table_of(book)
        yield _Section(heading=table.name, tables=(table,), new_page=True)


def _map(book: PlanBook) -> _Section:
    """Return the map, a picture a district, so that it breaks between them."""
    pictures = []
    for district in sorted({row.district for row in book.rows}):
        own = plan_map([row for row in book.rows if row.district == district], book.years, place=district)
        pictures.append((year_map_svg(own), own.title))
    return _Section(heading=text("The years on the map"), pictures=pictures, new_page=True)


def _year(book: PlanBook, year: int) -> _Section:
    """Return one year: its calendar, its sums by supplier and district, its buildings."""
    held = replace(
        book,
        rows=tuple(row for row in book.rows if row.year == year),
        mains=tuple(one for one in book.mains if one.year == year),
    )
    heading = text("Year schedule {year}", year=str(year))
    gantt = season_gantt(book, year)
    if gantt is None:
        nothing = (text("No building is planned in this year."),)
        return _Section(heading=heading, paragraphs=nothing, new_page=True)
    pictures = [(gantt_svg(part), part.title) for part in _parts(gantt)]
    return _Section(
        heading=heading,
        paragraphs=tuple(late_said(row) for row in held.planned if row.late),
        pictures=pictures,
        tables=(tables.by_place(held), tables.building_list(held)),
        new_page=True,
    )


def _parts(gantt: Gantt) -> list[Gantt]:
    """Return the calendar in pictures of so many suppliers that each fits a page."""
    starts = range(0, len(gantt.rows), _SUPPLIERS_A_PICTURE)
    return [replace(gantt, rows=gantt.rows[start : start + _SUPPLIERS_A_PICTURE]) for start in starts]


def _sections_data(sections: Sequence[_Section]) -> list[dict[str, object]]:
    numbers = count()
    return [
        {
            "heading": str(section.heading),
            "new_page": section.new_page,
            "paragraphs": [str(line) for line in section.paragraphs],
            "pictures": [{"number": next(numbers), "alt": str(alt)} for _, alt in section.pictures],
            "tables": [_table_data(table) for table in section.tables],
        }
        for section in sections
    ]


def _table_data(table: BookTable) -> dict[str, object]:
    return {
        "heads": [str(column.head) for column in table.columns],
        "widths": [column.width for column in table.columns],
        "numeric": [bool(column.number) for column in table.columns],
        "rows": [words_of(table.columns, row) for row in table.rows],
        "total": [] if table.total is None else words_of(table.columns, table.total),
        "notes": [str(note) for note in table.notes],
    }
