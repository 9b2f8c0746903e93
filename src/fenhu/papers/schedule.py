"""《供热分户控制改造楼栋明细表》 as a workbook an office accepts."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from xlsxwriter.workbook import Workbook

from fenhu.errors import InputFault
from fenhu.papers.schedule_sheet import write_year
from fenhu.papers.schedule_sheets import write_assumptions, write_reasons, write_summary
from fenhu.papers.schedule_values import Schedule
from fenhu.papers.sheet import Book, safe
from fenhu.papers.words import DEMO_DATA
from fenhu.wording import text


def schedule_xlsx(schedule: Schedule, path: Path) -> None:
    """Write the building schedule: the first year, the reasons, further years, summary, assumptions.

    Every total is a formula with its value stored beside it; text stays text whatever it starts with; the
    same schedule gives the same bytes.

    Parameters
    ----------
    schedule : Schedule
        The rows by year, and what the title block says; at least one year.
    path : Path
        The workbook to write; an existing one is replaced.

    Raises
    ------
    InputFault
        If the schedule has no year, or one twice.

    References
    ----------
    Clause 三(二): the schedule is filed with the city construction bureau by 30 April. The
    fields are those of ``docs/sources.md``, building schedule; no official blank was found.
    """
    numbers = [year.year for year in schedule.years]
    if not numbers or len(set(numbers)) < len(numbers):
        raise InputFault(
            text("A building schedule needs at least one year, each once; given: {years}", years=numbers)
        )
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as workbook:
        book = Book(workbook=workbook, synthetic=schedule.synthetic)
        _properties(workbook, schedule)
        first, *later = schedule.years
        years = [write_year(book, schedule, first)]
        write_reasons(book, schedule, book.sheet(str(text("Reasons for the list"))))
        years += [write_year(book, schedule, year) for year in later]
        write_summary(book, schedule, years)
        write_assumptions(book, schedule)


def _properties(workbook: Workbook, schedule: Schedule) -> None:
    """Set the document's properties; undated papers carry the first day of their year, never today."""
    day = schedule.prepared_on
    created = datetime.combine(day, time()) if day else datetime(schedule.years[0].year, 1, 1)
    workbook.set_properties(
        {
            "title": safe(str(text("Building schedule for per-household heating control"))),
            "subject": safe(str(schedule.basis)),
            "author": safe(schedule.prepared_by),
            "keywords": str(DEMO_DATA) if schedule.synthetic else "",
            "created": created,
        }
    )
