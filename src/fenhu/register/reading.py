"""Reading a register: all of it or nothing, and every fault with sheet, row, column and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fenhu.records import Finding, Register
from fenhu.register.cells import read_yes_no
from fenhu.register.columns import BUILDINGS, NOTES_SHEET, SHEETS, Sheet
from fenhu.register.faults import CellFault, Findings
from fenhu.register.headers import recognised, understood
from fenhu.register.rows import Rows, read_rows
from fenhu.register.rules import check_rules
from fenhu.register.words import plain
from fenhu.wording import text
from fenhu.worksheets.container import unreadable
from fenhu.worksheets.folder import read_folder
from fenhu.worksheets.raw import Cell, RawSheet, UnreadSheet
from fenhu.worksheets.workbook import read_workbook

SYNTHETIC_KEY = "synthetic"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReading:
    """What reading gave; ``register`` is None exactly if a finding is an error.

    ``buildings`` and ``flats`` count the rows that could be read, whether or not the register may be used.
    ``absent_sheets`` names the optional sheets (English) that were not given, for which the policy's
    defaults will be assumed; their absence is no fault.
    """

    register: Register | None
    findings: tuple[Finding, ...]
    buildings: int
    flats: int
    absent_sheets: tuple[str, ...] = ()


def read_register(path: Path) -> RegisterReading:
    """Return the register in an .xlsx workbook or a folder of CSV files, with everything found in it.

    Parameters
    ----------
    path
        The workbook, or the folder; CSV files are read as UTF-8, UTF-16 or GBK.

    Returns
    -------
    RegisterReading
        The register if no finding is an error; else None, and nothing of the file is used.

    Raises
    ------
    UnreadableFile
        If there is no such file, or it is no workbook that may be opened (damaged, protected, with
        macros, too large); its ``code`` says which.
    """
    if not path.exists():
        raise unreadable(
            "not-found", text("There is no file or folder {file}; check the name", file=str(path))
        )
    findings = Findings()
    raws = recognised(read_folder(path) if path.is_dir() else read_workbook(path), findings)
    notes = raws.pop(NOTES_SHEET[1], None)
    sheets = {sheet.english: _read_sheet(sheet, raws.get(sheet.english), findings) for sheet in SHEETS}
    complete = {english: rows for english, rows in sheets.items() if rows is not None}
    if len(complete) == len(SHEETS):
        check_rules(complete, findings)
    absent = tuple(sheet.english for sheet in SHEETS if not sheet.required and sheet.english not in raws)
    register = None if findings.any_error else _register(complete, _is_synthetic(notes))
    return RegisterReading(
        register=register,
        findings=findings.finished(),
        buildings=_count(complete, BUILDINGS.english),
        flats=_count(complete, "flats"),
        absent_sheets=absent,
    )


def _count(sheets: dict[str, Rows], english: str) -> int:
    return len(sheets[english].records) if english in sheets else 0


def _read_sheet(sheet: Sheet, raw: RawSheet | UnreadSheet | None, findings: Findings) -> Rows | None:
    """Return a sheet's rows; an absent optional sheet has none, None means it cannot be judged."""
    if raw is None:
        if not sheet.required:
            return Rows(sheet, sheet.chinese)
        findings.add(
            "missing-sheet",
            sheet.chinese,
            text(
                "The register has no sheet {chinese} ({english}), which every register needs; add it, or "
                "name it so",
                chinese=sheet.chinese,
                english=sheet.english,
            ),
        )
        return None
    if isinstance(raw, UnreadSheet):
        _note_unread(raw, findings)
        return None
    table = understood(sheet, raw, findings)
    if table is not None:
        return read_rows(table, findings)
    return None if sheet.required else Rows(sheet, raw.name)


def _note_unread(raw: UnreadSheet, findings: Findings) -> None:
    message = (
        text(
            "Row {row} holds bytes that are neither UTF-8 nor GBK text; save the file again as CSV UTF-8",
            row=raw.row,
        )
        if raw.code == "encoding"
        else text(
            "Row {row} has an unclosed or misplaced quotation mark; save the file again as CSV from a "
            "spreadsheet",
            row=raw.row,
        )
    )
    findings.add(raw.code, raw.name, message, row=raw.row)


def _register(sheets: dict[str, Rows], synthetic: bool) -> Register:
    return Register(
        buildings=tuple(sheets[BUILDINGS.english].records),
        flats=tuple(sheets["flats"].records),
        budgets=tuple(sheets["budgets"].records),
        crews=tuple(sheets["crews"].records),
        clusters=tuple(sheets["clusters"].records),
        orders=tuple(sheets["order"].records),
        synthetic=synthetic,
    )


def _is_synthetic(notes: RawSheet | UnreadSheet | None) -> bool:
    """Whether the notes sheet marks the data as invented."""
    if not isinstance(notes, RawSheet):
        return False
    return any(len(row) > 1 and plain(str(row[0])) == SYNTHETIC_KEY and _yes(row[1]) for row in notes.rows)


def _yes(cell: Cell) -> bool:
    try:
        return read_yes_no(cell, BUILDINGS.column("pilot_2009"))
    except CellFault:
        return False
