"""From raw cells to rows by column key: which row is the header, which columns it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenhu.records import Severity
from fenhu.wording import text
from fenhu.worksheets.columns import Sheet
from fenhu.worksheets.faults import Faults

Cells = Sequence[Sequence[object]]
HEADER_SEARCH_ROWS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A filled row: its number in the spreadsheet, its cells by column key, the heads people see."""

    sheet: str
    number: int
    cells: Mapping[str, object]
    heads: Mapping[str, str]

    def words(self, key: str) -> str:
        """Return a cell as text, empty where it is blank or missing; 101.0 is 101."""
        cell = self.cells.get(key)
        if cell is None:
            return ""
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        return str(getattr(cell, "shows", cell)).strip()

    def head(self, key: str) -> str:
        """Return the head of a column as it stands in the sheet."""
        return self.heads.get(key, key)


def lines_of(sheet: Sheet, name: str, rows: Cells, faults: Faults) -> list[Line]:
    """Return the filled rows below the header; a sheet without one or without a needed column is a fault."""
    known = {_plain(word): column.key for column in sheet.columns for word in (column.chinese, column.key)}
    counts = [sum(_plain(cell) in known for cell in row) for row in rows[:HEADER_SEARCH_ROWS]]
    if not counts or max(counts) == 0:
        faults.add(
            "no-header",
            name,
            text(
                "Sheet {sheet} has no header; a row with {columns} was expected. Start from the template",
                sheet=name,
                columns="、".join(column.chinese for column in sheet.columns),
            ),
        )
        return []
    top = counts.index(max(counts))
    keys, heads = _header(name, rows[top], known, top + 1, faults)
    _note_missing(sheet, name, heads, top + 1, faults)
    found = []
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        cells = {keys[n]: cell for n, cell in enumerate(row) if n in keys and not _is_blank(cell)}
        if cells:
            found.append(Line(name, number, cells, heads))
    return found


def _note_missing(sheet: Sheet, name: str, heads: Mapping[str, str], number: int, faults: Faults) -> None:
    for column in sheet.columns:
        if column.required and column.key not in heads:
            faults.add(
                "missing-column",
                name,
                text(
                    "Column {chinese} ({english}) is missing from the header; add it",
                    chinese=column.chinese,
                    english=column.key,
                ),
                row=number,
                column=column.chinese,
            )


def _header(
    name: str, row: Sequence[object], known: Mapping[str, str], number: int, faults: Faults
) -> tuple[dict[int, str], dict[str, str]]:
    keys: dict[int, str] = {}
    heads: dict[str, str] = {}
    for n, cell in enumerate(row):
        key = known.get(_plain(cell))
        if key is None and not _is_blank(cell):
            faults.add(
                "unknown-column",
                name,
                text("A column {column} is not known and was left out", column=str(cell)),
                row=number,
                column=str(cell),
                severity=Severity.WARNING,
            )
        elif key in heads:
            faults.add(
                "duplicate-column",
                name,
                text("Column {column} stands twice in the header; delete one of the two", column=str(cell)),
                row=number,
                column=str(cell),
            )
        elif key is not None:
            keys[n], heads[key] = key, str(cell).strip()
    return keys, heads


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _plain(cell: object) -> str:
    """Return a head as it is compared: without case, spaces, and a unit in brackets."""
    words = str(cell).replace("（", "(").replace(" ", "").partition("(")[0]
    return words.casefold()
