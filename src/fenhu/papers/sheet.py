"""What every sheet of our workbooks shares: formats, safe cells, page set-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from fenhu.drawing import wrap
from fenhu.papers.words import DEMO_DATA
from fenhu.wording import text

A4 = 9
FONT = "宋体"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_CELL, _LONGEST_NAME = 32_767, 31
_FONT_PIXELS, _PIXELS_PER_WIDTH, _LINE_POINTS, _HIGHEST_ROW = 13.4, 7.0, 13.5, 400.0
_BASE: Mapping[str, object] = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"font_size": 18, "bold": True, "align": "center", "font_name": "黑体"},
    "section": {"font_size": 12, "bold": True, "font_name": "黑体"},
    "line": {},
    "right": {"align": "right"},
    "head": {"bold": True, "align": "center", "text_wrap": True, "border": 1, "bg_color": "#E8EEF5"},
    "cell": {"border": 1},
    "centred": {"border": 1, "align": "center"},
    "wrapped": {"border": 1, "text_wrap": True},
    "note": {"text_wrap": True, "valign": "top"},
    "subtotal": {"border": 1, "bold": True, "bg_color": "#F2F2F2", "shrink": True},
    "subtotal label": {"border": 1, "bold": True, "bg_color": "#F2F2F2", "text_wrap": True},
    "total label": {"border": 1, "bold": True, "bg_color": "#DDE6F0", "text_wrap": True},
    "total": {"border": 1, "bold": True, "bg_color": "#DDE6F0", "shrink": True},
}


@dataclass(slots=True)
class Book:
    """A workbook being written, with each format made once."""

    workbook: Workbook
    synthetic: bool
    formats: dict[tuple[str, str], Format] = field(default_factory=dict)

    def format(self, look: str, number: str = "") -> Format:
        """Return the format of a look (see the table above) with a number format."""
        key = (look, number)
        if key not in self.formats:
            numbers = {"num_format": number} if number else {}
            self.formats[key] = self.workbook.add_format({**_BASE, **_LOOKS[look], **numbers})
        return self.formats[key]

    def sheet(self, name: str) -> Worksheet:
        """Return a new sheet; the name loses what a spreadsheet forbids in names."""
        return self.workbook.add_worksheet(_NOT_IN_A_NAME.sub(" ", name)[:_LONGEST_NAME])


def write(sheet: Worksheet, row: int, column: int, value: object, look: Format) -> None:
    """Write a value as what it is: text stays text, whatever it starts with; None leaves the cell blank."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, safe(str(value)), look)


def row_height(contents: Iterable[tuple[object, float]]) -> float:
    """Return the height in points a row needs for its wrapped texts, each given with its column's width.

    Spreadsheets do not measure rows on opening; without this, long names would be cut.
    """
    lines = 1
    for content, width in contents:
        if isinstance(content, str):
            pieces = content.split("\n")
            held = sum(len(wrap(piece, _FONT_PIXELS, width * _PIXELS_PER_WIDTH)) for piece in pieces)
            lines = max(lines, held)
    return min(_HIGHEST_ROW, _LINE_POINTS * lines + 5)


def safe(content: str) -> str:
    """Return text a cell can hold: legal characters, not too long."""
    return _NOT_XML.sub("\ufffd", content)[:_LONGEST_CELL]


def page_setup(book: Book, sheet: Worksheet, *, pages_wide: int, head_from: int, head_to: int) -> None:
    """Set up A4 landscape, fitted to a number of pages across, head repeated, pages numbered.

    The demo mark stands in the page header and beside the page number.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.35, right=0.35, top=0.6, bottom=0.6)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.repeat_rows(head_from, head_to)
    sheet.center_horizontally()
    mark = str(DEMO_DATA) if book.synthetic else ""
    sheet.set_header(f"&R{mark}" if mark else "")
    numbers = text("Page {page} of {pages}", page="&P", pages="&N")
    sheet.set_footer(f"&C{numbers}" + (f"&R{mark}" if mark else ""))


def demo_marked(book: Book, title: str) -> str:
    """Return a title that says so when the data are synthetic."""
    return str(text("{title} ({mark})", title=title, mark=DEMO_DATA)) if book.synthetic else title
