"""审查表: the review of a design as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter.workbook import Workbook

from fenhu.design.review import Check, Verdict
from fenhu.papers.grid import Column, finish, head_row, titled_sheet, value_row
from fenhu.papers.sheet import Book, safe
from fenhu.papers.words import DEMO_DATA
from fenhu.wording import text

_COLUMNS = (
    Column(text("No."), 6.0), Column(text("Clause"), 22.0), Column(text("Checked"), 26.0),
    Column(text("Required"), 34.0), Column(text("Found"), 34.0), Column(text("Verdict"), 12.0),
    Column(text("Where"), 24.0), Column(text("Remark"), 34.0), Column(text("Clause text"), 14.0),
    Column(text("Reason given"), 26.0),
)  # fmt: skip
_ORDER = (Verdict.ERROR, Verdict.WARNING, Verdict.ADVICE, Verdict.PASS, Verdict.NOT_APPLICABLE)


def review_xlsx(
    checks: Sequence[Check], path: Path, *, title: str, on: date, synthetic: bool = False
) -> None:
    """Write a review sheet: what blocks the filing first, what needs a reason next, with room for it.

    Parameters
    ----------
    checks : the review.
    path : the workbook to write; an existing one is replaced.
    title : the building in words.
    on : the day the review judges by.
    synthetic : whether the data are those of the demo.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as workbook:
        workbook.set_properties(
            {
                "title": safe(title),
                "keywords": str(DEMO_DATA) if synthetic else "",
                "created": datetime.combine(on, time()),
            }
        )
        book = Book(workbook=workbook, synthetic=synthetic)
        sheet = titled_sheet(book, title, text("Review as of {day}", day=on.isoformat()), _COLUMNS)
        head_row(book, sheet, 1, _COLUMNS)
        rows = sorted(checks, key=lambda check: _ORDER.index(check.verdict))
        for number, check in enumerate(rows, start=1):
            value_row(book, sheet, 1 + number, _COLUMNS, _values(number, check))
        finish(book, sheet, len(rows), _COLUMNS)


def _values(number: int, check: Check) -> tuple[object, ...]:
    verified = text("read in the standard") if check.verified else text("not checked against the text")
    return (
        number, str(check.clause), str(check.title), str(check.required), str(check.found),
        str(check.verdict_name), ", ".join(check.where), str(check.note), str(verified), "",
    )  # fmt: skip
