"""A sheet as it was found, before anything in it means something."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell whose formula gives no value; ``shows`` is what the spreadsheet displays, such as ``#REF!``."""

    shows: str


Cell: TypeAlias = str | float | int | bool | datetime.date | datetime.time | datetime.timedelta | BadCell


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Rows of cells from the first row on; ``merged`` is top, left, bottom, right, counted from 0."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadSheet:
    """A sheet that could not be decoded: the finding's code and the row where it went wrong."""

    name: str
    code: str
    row: int
