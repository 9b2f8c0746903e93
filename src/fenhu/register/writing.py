"""Writing a register: a workbook a clerk can go on with, or a folder of CSV files; both read back exactly."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fenhu.records import Register
from fenhu.register.columns import NOTES_SHEET, SHEETS, Column, Kind, Sheet
from fenhu.register.notes import COLUMN_HEADS, column_help, column_line, notes_lines
from fenhu.units import yuan_from_fen
from fenhu.worksheets.folder import escaped

NUMBER_FORMATS: Mapping[Kind, str] = {
    Kind.TEXT: "@", Kind.INTEGER: "0", Kind.NUMBER: "General", Kind.PERCENT: "General", Kind.YUAN: "#,##0.00",
    Kind.YES_NO: "@", Kind.WORD: "@",
}  # fmt: skip
WIDTHS: Mapping[Kind, int] = {
    Kind.TEXT: 18, Kind.INTEGER: 9, Kind.NUMBER: 11, Kind.PERCENT: 9, Kind.YUAN: 14, Kind.YES_NO: 10,
    Kind.WORD: 12,
}  # fmt: skip
EMPTY_ROWS = 2_000
FIXED_DATE = datetime.datetime(2010, 5, 10)
YES, NO = "是", "否"


def write_register(register: Register, path: Path) -> None:
    """Write a register as a workbook (``.xlsx``) or, under any other name, as a folder of CSV files.

    The workbook speaks Chinese; the CSV files are named and headed in English, in UTF-8 with a byte-order
    mark. Both are read back as exactly this register, and the same register gives the same bytes.
    """
    if path.suffix.lower() == ".xlsx":
        _write_workbook(register, path)
    else:
        _write_folder(register, path)


def write_template(path: Path) -> None:
    """Write an empty register workbook to fill in: headers with help, drop-down lists, an explained sheet."""
    _write_workbook(Register(buildings=(), flats=()), path)


def _tables(register: Register) -> tuple[tuple[Sheet, Sequence[Any]], ...]:
    parts = (
        register.buildings, register.flats, register.budgets,
        register.crews, register.clusters, register.orders,
    )  # fmt: skip
    return tuple(zip(SHEETS, parts, strict=True))


def _write_workbook(register: Register, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    workbook.set_properties({
        "title": "分户供暖改造登记表", "created": FIXED_DATE,
        "comments": "合成示范数据 synthetic data, no real building or person" if register.synthetic else "",
    })  # fmt: skip
    for sheet, records in _tables(register):
        _write_sheet(workbook, sheet, records)
    _write_notes(workbook, register.synthetic)
    workbook.close()


def _write_sheet(workbook: xlsxwriter.Workbook, sheet: Sheet, records: Sequence[Any]) -> None:
    worksheet = workbook.add_worksheet(sheet.chinese)
    last = max(len(records), EMPTY_ROWS)
    for position, column in enumerate(sheet.columns):
        cell_format = workbook.add_format({"num_format": NUMBER_FORMATS[column.kind]})
        worksheet.set_column(position, position, WIDTHS[column.kind], cell_format)
        _add_validation(worksheet, position, last, column)
    _write_header(workbook, worksheet, sheet)
    writers = [
        (position, column, _cell_writer(worksheet, column)) for position, column in enumerate(sheet.columns)
    ]
    for row, record in enumerate(records, start=1):
        for position, column, write in writers:
            value = getattr(record, column.attribute)
            if value is not None and value != "":
                write(row, position, value)


def _write_header(workbook: xlsxwriter.Workbook, worksheet: Worksheet, sheet: Sheet) -> None:
    needed = _head_format(workbook, "#BDD7EE")
    optional = _head_format(workbook, "#EDEDED")
    for position, column in enumerate(sheet.columns):
        worksheet.write_string(0, position, column.chinese, needed if column.required else optional)
        worksheet.write_comment(0, position, column_help(column), {"x_scale": 1.6})
    worksheet.freeze_panes(1, 1)
    worksheet.autofilter(0, 0, 0, len(sheet.columns) - 1)
    worksheet.repeat_rows(0)
    _set_page(worksheet)


def _set_page(worksheet: Worksheet) -> None:
    """Print on landscape A3, as wide as the sheet is."""
    worksheet.set_landscape()
    worksheet.set_paper(8)
    worksheet.fit_to_pages(1, 0)


def _head_format(workbook: xlsxwriter.Workbook, colour: str) -> Format:
    return workbook.add_format(
        {"bold": True, "bg_color": colour, "border": 1, "text_wrap": True, "valign": "vcenter"}
    )


def _cell_writer(worksheet: Worksheet, column: Column) -> Callable[[int, int, Any], Any]:
    """Return what writes a value of this column, so that it reads back as the same value."""
    number, words = worksheet.write_number, worksheet.write_string

    def write_exact(row: int, position: int, value: float) -> Any:
        if float(f"{value:.16G}") == value:
            return number(row, position, value)
        return words(row, position, repr(value))  # a workbook keeps 16 digits of a number

    def write_percent(row: int, position: int, value: float) -> Any:
        if 0 < value <= column.ratio_up_to:
            return words(row, position, f"{value!r}%")
        return write_exact(row, position, value)

    def write_spoken(row: int, position: int, value: Any) -> Any:
        return words(row, position, _chinese(column, value))

    writers: dict[Kind, Callable[[int, int, Any], Any]] = {
        Kind.INTEGER: number, Kind.NUMBER: write_exact, Kind.PERCENT: write_percent, Kind.TEXT: words,
        Kind.YUAN: lambda row, position, fen: write_exact(row, position, float(yuan_from_fen(fen))),
        Kind.YES_NO: write_spoken, Kind.WORD: write_spoken,
    }  # fmt: skip
    return writers[column.kind]


def _chinese(column: Column, value: Any) -> str:
    if column.kind is Kind.YES_NO:
        return YES if value else NO
    return column.words[value][0]


def _add_validation(worksheet: Worksheet, position: int, last: int, column: Column) -> None:
    """Offer the accepted words as a list, and let the spreadsheet refuse impossible numbers."""
    rule: dict[str, Any]
    if column.kind in (Kind.WORD, Kind.YES_NO):
        choices = [chinese[0] for chinese in column.words.values()] if column.words else [YES, NO]
        rule = {"validate": "list", "source": choices, "error_title": "请从列表中选择"}
    elif column.low is not None:
        kind = "integer" if column.kind is Kind.INTEGER else "decimal"
        rule = {
            "validate": kind, "criteria": "between", "minimum": column.low, "maximum": column.high,
            "error_title": "数值超出范围",
        }  # fmt: skip
    else:
        return
    worksheet.data_validation(
        1, position, last, position, {**rule, "ignore_blank": True, "error_type": "warning"}
    )


def _write_notes(workbook: xlsxwriter.Workbook, synthetic: bool) -> None:
    worksheet = workbook.add_worksheet(NOTES_SHEET[0])
    _set_page(worksheet)
    bold = workbook.add_format({"bold": True})
    for position, width in enumerate((22, 24, 20, 8, 10, 14, 40, 24)):
        worksheet.set_column(position, position, width)
    for row, line in enumerate(_notes(synthetic)):
        for position, words in enumerate(line):
            worksheet.write_string(row, position, words, bold if line == COLUMN_HEADS else None)


def _notes(synthetic: bool) -> Iterator[tuple[str, ...]]:
    yield from notes_lines(synthetic)
    yield COLUMN_HEADS
    for sheet in SHEETS:
        yield from (column_line(sheet, column) for column in sheet.columns)


def _write_folder(register: Register, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for sheet, records in _tables(register):
        header = [column.english for column in sheet.columns]
        rows = ([_plain_cell(record, column) for column in sheet.columns] for record in records)
        _write_csv(folder / f"{sheet.english}.csv", [header, *rows])
    _write_csv(folder / f"{NOTES_SHEET[1]}.csv", [["synthetic", "yes" if register.synthetic else "no"]])


def _write_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)


def _plain_cell(record: Any, column: Column) -> str:
    value = getattr(record, column.attribute)
    if value is None:
        return ""
    if column.kind is Kind.YES_NO:
        return "yes" if value else "no"
    if column.kind is Kind.WORD:
        return str(value.value)
    if column.kind is Kind.YUAN:
        return str(yuan_from_fen(value))
    if column.kind is Kind.PERCENT and 0 < value <= column.ratio_up_to:
        return f"{value!r}%"
    return escaped(value) if isinstance(value, str) else repr(value)
