"""Papers that are one table, as the issued form with number, mark and QR code, and as the workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from fenhu.papers.table_paper import TablePaper, words_of

_Values = TypeVar("_Values")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedColumn:
    """A column as the template lays it out; ``width`` is its share of the page's."""

    head: str
    width: str
    numeric: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """A table as words."""

    title: str
    above: tuple[str, ...]
    columns: tuple[PrintedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...]
    signatures: tuple[str, ...]


def printed(paper: TablePaper) -> PrintedTable:
    """Return a table paper as words in the current language."""

    def worded(rows: Sequence[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(words_of(paper.columns, row)) for row in rows)

    return PrintedTable(
        title=str(paper.title),
        above=tuple(map(str, paper.above)),
        columns=tuple(
            PrintedColumn(head=str(one.head), width=str(one.width), numeric=bool(one.number))
            for one in paper.columns
        ),
        rows=worded(paper.rows),
        totals=worded(paper.totals),
        signatures=tuple(map(str, paper.signatures)) or ("",),
    )


def written(write: Callable[[_Values, Path], None], values: _Values) -> bytes:
    """Return the workbook that ``write`` writes into a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.xlsx"
        write(values, path)
        return path.read_bytes()
