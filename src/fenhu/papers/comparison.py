"""方案比较: forms side by side as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter.workbook import Workbook

from fenhu.papers.grid import Column, finish, head_row, titled_sheet, value_row
from fenhu.papers.sheet import Book, safe
from fenhu.wording import Text, text

_FIRST_WIDTH, _OTHER_WIDTH = 34.0, 26.0


def comparison_xlsx(
    heads: Sequence[Text], rows: Sequence[Sequence[str]], path: Path, *, title: str, on: date,
    synthetic: bool = False,
) -> None:  # fmt: skip
    """Write a comparison of forms: a column a form, a row a figure; an existing file is replaced.

    Parameters
    ----------
    heads, rows : the table in words.
    path : the workbook to write.
    title : the building in words.
    on : the day the comparison holds for.
    synthetic : whether the data are those of the demo.
    """
    columns = [Column(head, _OTHER_WIDTH if n else _FIRST_WIDTH) for n, head in enumerate(heads)]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as workbook:
        workbook.set_properties({"title": safe(title), "created": datetime.combine(on, time())})
        book = Book(workbook=workbook, synthetic=synthetic)
        sheet = titled_sheet(book, title, text("Forms compared"), columns)
        head_row(book, sheet, 1, columns)
        for number, row in enumerate(rows, start=2):
            value_row(book, sheet, number, columns, row)
        finish(book, sheet, len(rows), columns)
