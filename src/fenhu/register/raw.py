"""A sheet as it was found, before anything in it means something."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu.register.cells import Cell


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
