"""Opening what a person hands in as a table: a workbook, a CSV file, or a folder of CSV files."""

from __future__ import annotations

from pathlib import Path

from fenhu.errors import UnreadableFile
from fenhu.wording import text
from fenhu.worksheets.container import check_size
from fenhu.worksheets.folder import read_csv, read_folder
from fenhu.worksheets.raw import RawSheet, UnreadSheet
from fenhu.worksheets.rows import Cells
from fenhu.worksheets.workbook import read_workbook


def open_sheets(path: Path) -> dict[str, Cells]:
    """Return the cells of a file by the name of their sheet; a CSV file is one sheet named as the file.

    Raises
    ------
    UnreadableFile
        If the file is missing, damaged, too large or not what its name says.
    """
    if not path.exists():
        raise UnreadableFile(
            text("There is no file or folder {file}; check the name", file=str(path)), code="not-found"
        )
    if path.is_dir():
        return dict(_named(sheet) for sheet in read_folder(path))
    if path.suffix.lower() == ".csv":
        check_size(path)
        return dict([_named(read_csv(path))])
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
