"""Opening a design made elsewhere: a workbook, a folder of CSV files, or TOML."""

from __future__ import annotations

from pathlib import Path

from fenhu.design.foreign import Foreign, read_foreign, toml_sheets
from fenhu.design.values import Design
from fenhu.worksheets import Cells, open_sheets, read_toml


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
    InputFault
        If it holds no sheet of a design.
    """
    return read_foreign(_sheets(path), design)


def _sheets(path: Path) -> dict[str, Cells]:
    if path.suffix.lower() == ".toml":
        return toml_sheets(read_toml(path))
    return open_sheets(path)
