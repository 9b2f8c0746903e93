"""Opening a design made elsewhere: a workbook, a folder of CSV files, or TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path

from fenhu.design.foreign import Foreign, read_foreign, toml_sheets
from fenhu.design.foreign.rows import Cells
from fenhu.design.values import Design
from fenhu.errors import UnreadableFile
from fenhu.register.folder import read_folder
from fenhu.register.raw import RawSheet, UnreadSheet
from fenhu.register.workbook import read_workbook
from fenhu.wording import text


def open_foreign(path: Path, design: Design) -> Foreign:
    """Return what an owner or an institute decided, with every fault named by sheet, row and column.

    Parameters
    ----------
    path : a workbook made from the template, a folder of CSV files named as its sheets, or a TOML file.
    design : fenhu's own design of the same building.

    Raises
    ------
    UnreadableFile
        If the file is none of these, or damaged.
    """
    return read_foreign(_sheets(path), design)


def _sheets(path: Path) -> dict[str, Cells]:
    if path.is_dir():
        return dict(_named(sheet) for sheet in read_folder(path))
    if path.suffix.lower() == ".toml":
        try:
            return toml_sheets(tomllib.loads(path.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            raise UnreadableFile(
                text("{file} is no TOML: {fault}", file=path.name, fault=str(fault)), code="broken-toml"
            ) from None
    return dict(_named(sheet) for sheet in read_workbook(path))


def _named(sheet: RawSheet | UnreadSheet) -> tuple[str, Cells]:
    if isinstance(sheet, UnreadSheet):
        raise UnreadableFile(
            text(
                "{sheet}: row {row} cannot be read; save it as CSV in UTF-8 or GBK",
                sheet=sheet.name,
                row=sheet.row,
            ),
            code=sheet.code,
        )
    return sheet.name, sheet.rows
