"""Lists as workbooks: what is on screen, with units in the head, ready to print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

import xlsxwriter

from fenhu.papers import form_name, owner_kind_name
from fenhu.records import Finding, Severity
from fenhu.units import yuan_from_fen
from fenhu.web.documents.queries import DocumentRow
from fenhu.web.journal.queries import EntryView
from fenhu.web.ui import names
from fenhu.web.works.queries import BuildingRow, MovedBuilding, PraiseRow
from fenhu.wording import Text, text

# A column: its head, its width, its number format, and what stands in it.
Table = tuple[tuple[Text, int, str, Callable[[Any], Any]], ...]

_TABLE: Table = (
    (text("Building number"), 14, "@", lambda row: row.code),
    (text("Estate"), 16, "@", lambda row: row.estate),
    (text("Building"), 12, "@", lambda row: row.name),
    (text("Address"), 26, "@", lambda row: row.address),
    (text("District"), 10, "@", lambda row: row.district),
    (text("Heat supplier"), 20, "@", lambda row: row.supplier),
    (text("Owner unit"), 20, "@", lambda row: row.owner),
    (text("Kind of owner"), 12, "@", lambda row: str(owner_kind_name(row.owner_kind))),
    (text("Answerable"), 10, "@", lambda row: str(names.AUTHORITIES[row.authority])),
    (text("Heating form"), 20, "@", lambda row: str(form_name(row.system_form))),
    (text("Year built"), 9, "0", lambda row: row.year_built),
    (text("Flats"), 8, "#,##0", lambda row: row.flats),
    (text("Heated area (m²)"), 12, "#,##0.0", lambda row: row.heated_area_m2),
    (text("Mean today (℃)"), 11, "0.0", lambda row: row.before_mean_c),
    (text("Coldest today (℃)"), 11, "0.0", lambda row: row.before_min_c),
    (text("Flats below 18 ℃ today"), 12, "#,##0", lambda row: row.before_below_18),
    (text("Flats below 18 ℃ after"), 12, "#,##0", lambda row: row.after_below_18),
    (text("Priority"), 9, "0.00", lambda row: row.priority),
    (text("Planned year"), 9, "0", lambda row: row.planned_year),
    (text("Cost (yuan)"), 14, "#,##0.00",
     lambda row: None if row.cost_fen is None else yuan_from_fen(row.cost_fen)),
)  # fmt: skip

_PRAISES: Table = (
    (text("Building number"), 14, "@", lambda row: row.code),
    (text("Building"), 26, "@", lambda row: row.building),
    (text("District"), 10, "@", lambda row: row.district),
    (text("Flat"), 12, "@", lambda row: row.flat_id),
    (text("Household"), 12, "@", lambda row: row.owner_name),
    (text("Commended for"), 40, "@", lambda row: str(row.rule)),
    (text("On"), 12, "@", lambda row: row.on_date.isoformat()),
    (text("Reward (yuan)"), 14, "#,##0.00", lambda row: yuan_from_fen(row.amount_fen)),
    (text("Given by"), 16, "@", lambda row: row.given_by),
)  # fmt: skip

_DOCUMENTS: Table = (
    (text("Number"), 26, "@", lambda row: row.number),
    (text("Official paper"), 30, "@", lambda row: str(row.kind_name)),
    (text("Title"), 40, "@", lambda row: row.title),
    (text("Building"), 26, "@", lambda row: row.building),
    (text("Issued by (office)"), 24, "@", lambda row: row.office),
    (text("Issued on"), 12, "@", lambda row: row.issued_on.isoformat()),
    (text("State"), 10, "@", lambda row: str(names.DOCUMENT_STATES[row.state])),
)  # fmt: skip

_MOVED: Table = (
    (text("Building number"), 14, "@", lambda row: row.building.code),
    (text("Building"), 26, "@", lambda row: row.building.name),
    (text("District"), 10, "@", lambda row: row.building.district),
    (text("Heat supplier"), 20, "@", lambda row: row.building.supplier),
    (text("Flats"), 8, "#,##0", lambda row: row.building.flats),
    (text("Year before"), 10, "0", lambda row: row.before),
    (text("Year now"), 10, "0", lambda row: row.after),
)  # fmt: skip

_JOURNAL: Table = (
    (text("No."), 10, "0", lambda row: row.number),
    (text("Day"), 12, "@", lambda row: row.on_date.isoformat()),
    (text("Recorded"), 26, "@", lambda row: row.recorded_at.isoformat(timespec="seconds")),
    (text("Event"), 30, "@", lambda row: str(names.EVENTS.get(row.kind, row.kind))),
    (text("Subject"), 30, "@", lambda row: row.subject),
    (text("Who"), 16, "@", lambda row: row.actor),
    (text("What was kept"), 70, "@", lambda row: json.dumps(dict(row.data), ensure_ascii=False)),
    (text("Digest"), 66, "@", lambda row: row.digest),
)  # fmt: skip

SEVERITIES = {Severity.ERROR: text("error"), Severity.WARNING: text("warning")}
_FINDING_HEAD = (
    (text("Kind"), 8), (text("Sheet"), 12), (text("Row"), 8), (text("Column"), 18),
    (text("What is wrong, and what to do"), 80),
)  # fmt: skip


def buildings_xlsx(rows: Iterable[BuildingRow], file: BinaryIO) -> None:
    """Write a list of buildings into ``file``; text that looks like a formula stays text."""
    _list_xlsx(str(text("Buildings")), _TABLE, rows, file)


def praises_xlsx(rows: Iterable[PraiseRow], file: BinaryIO) -> None:
    """Write the commendations into ``file``; text that looks like a formula stays text."""
    _list_xlsx(str(text("Commendations")), _PRAISES, rows, file)


def documents_xlsx(rows: Iterable[DocumentRow], file: BinaryIO) -> None:
    """Write issued papers into ``file``; text that looks like a formula stays text."""
    _list_xlsx(str(text("Issued papers")), _DOCUMENTS, rows, file)


def moved_xlsx(rows: Iterable[MovedBuilding], file: BinaryIO) -> None:
    """Write the buildings that got another year into ``file``; text that looks like a formula stays text."""
    _list_xlsx(str(text("Another year")), _MOVED, rows, file)


def journal_xlsx(rows: Iterable[EntryView], file: BinaryIO) -> None:
    """Write a stretch of the journal into ``file``; text that looks like a formula stays text."""
    _list_xlsx(str(text("Journal")), _JOURNAL, rows, file)


def _list_xlsx(title: str, table: Table, rows: Iterable[Any], file: BinaryIO) -> None:
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(title)
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
        for place, (name, width, pattern, _) in enumerate(table):
            sheet.set_column(place, place, width, book.add_format({"num_format": pattern}))
            sheet.write_string(0, place, str(name), head)
        last = _write_rows(sheet, table, rows)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(last, 1), len(table) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _write_rows(sheet: Any, table: Table, rows: Iterable[Any]) -> int:
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, (_, _, _, cell) in enumerate(table):
            value = cell(row)
            if isinstance(value, str):
                sheet.write_string(number, place, value)
            elif value is not None:
                sheet.write_number(number, place, value)
    return number


def findings_xlsx(findings: Iterable[Finding], file: BinaryIO) -> None:
    """Write what was found in an upload into ``file``, one row a finding."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(str(text("Findings")))
        head = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for place, (title, width) in enumerate(_FINDING_HEAD):
            sheet.set_column(place, place, width, wrapped)
            sheet.write_string(0, place, str(title), head)
        for number, one in enumerate(findings, start=1):
            sheet.write_string(number, 0, str(SEVERITIES[one.severity]))
            sheet.write_string(number, 1, str(names.sheet(one.sheet)))
            if one.row is not None:
                sheet.write_number(number, 2, one.row)
            sheet.write_string(number, 3, one.column or "")
            sheet.write_string(number, 4, str(one.message))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
