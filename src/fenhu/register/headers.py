"""From raw sheets to tables: which sheet is which, where its header stands, what each column is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fenhu.register.cells import is_blank, shown
from fenhu.register.columns import NOTES_SHEET, SHEETS, Column, Sheet
from fenhu.register.faults import Findings
from fenhu.register.words import plain
from fenhu.wording import text
from fenhu.worksheets.raw import Cell, RawSheet, UnreadSheet

HEADER_SEARCH_ROWS = 10
TOTAL_WORDS = frozenset(map(plain, ("合计", "总计", "小计", "total")))


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose header is understood; ``numbers`` are the rows as the spreadsheet counts them."""

    sheet: Sheet
    name: str
    positions: dict[str, int]
    names: dict[str, str]
    numbers: list[int]
    rows: list[list[Cell]]


def recognised(
    raws: Iterable[RawSheet | UnreadSheet], findings: Findings
) -> dict[str, RawSheet | UnreadSheet]:
    """Return the raw sheets by their English names; unknown ones are left out with a warning."""
    known = {plain(name): sheet.english for sheet in SHEETS for name in (sheet.chinese, sheet.english)}
    known |= {plain(name): NOTES_SHEET[1] for name in NOTES_SHEET}
    found: dict[str, RawSheet | UnreadSheet] = {}
    for raw in raws:
        english = known.get(plain(raw.name))
        if english is None:
            _note_unknown(raw, findings)
        elif english in found:
            findings.add(
                "duplicate-sheet",
                raw.name,
                text(
                    "The sheets {first} and {second} hold the same thing; keep one of them",
                    first=found[english].name,
                    second=raw.name,
                ),
            )
        else:
            found[english] = raw
    return found


def _note_unknown(raw: RawSheet | UnreadSheet, findings: Findings) -> None:
    if isinstance(raw, RawSheet) and all(is_blank(cell) for row in raw.rows for cell in row):
        return
    findings.add(
        "unknown-sheet",
        raw.name,
        text(
            "A sheet named {sheet} is not part of a register and was left out; known are {known}",
            sheet=raw.name,
            known="、".join(f"{sheet.chinese} ({sheet.english})" for sheet in SHEETS),
        ),
    )


def understood(sheet: Sheet, raw: RawSheet, findings: Findings) -> Table | None:
    """Return the table a raw sheet holds, or None if no header can be made out."""
    if all(is_blank(cell) for row in raw.rows for cell in row):
        if sheet.required:
            findings.add(
                "empty-sheet",
                raw.name,
                text(
                    "Sheet {sheet} is empty; a header row and at least one row were expected", sheet=raw.name
                ),
            )
        return None
    top = _header_row(sheet, raw.rows)
    _note_shape(raw, top, findings)
    positions, names = _columns_found(sheet, raw, top, findings)
    if _any_missing(sheet, raw, top, positions, findings):
        return None
    _fill_merged(raw, top)
    numbers, rows = _body(raw, top, findings)
    if not rows and sheet.required:
        findings.add(
            "empty-sheet",
            raw.name,
            text("Sheet {sheet} has a header but no rows; at least one row was expected", sheet=raw.name),
        )
    return Table(sheet, raw.name, positions, names, numbers, rows)


def header_word(cell: Cell) -> str:
    """Return a header as it is compared: without spaces, case, a star, or a unit in brackets."""
    return plain(str(cell)).replace("*", "").partition("(")[0].partition("[")[0]


def _named(sheet: Sheet) -> dict[str, tuple[Column, str]]:
    return {
        header_word(name): (column, name)
        for column in sheet.columns
        for name in (column.english, column.chinese)
    }


def _header_row(sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> int:
    """Return the row, among the first ten, in which most columns are recognised."""
    named = _named(sheet)
    counts = [sum(header_word(cell) in named for cell in row) for row in rows[:HEADER_SEARCH_ROWS]]
    if max(counts):
        return counts.index(max(counts))
    return next(i for i, row in enumerate(rows) if not all(map(is_blank, row)))


def _note_shape(raw: RawSheet, top: int, findings: Findings) -> None:
    if any(not is_blank(cell) for row in raw.rows[:top] for cell in row):
        findings.add(
            "title-rows",
            raw.name,
            text("The header was found in row {row}; what stands above it was left out", row=top + 1),
            row=1,
        )
    if any(first <= top <= last for first, _, last, _ in raw.merged):
        findings.add(
            "merged-header",
            raw.name,
            text(
                "The header in row {row} has merged cells; unmerge them and give every column its own name",
                row=top + 1,
            ),
            row=top + 1,
        )
    hidden = [row + 1 for row in raw.hidden_rows if row > top]
    if hidden:
        findings.add(
            "hidden-rows",
            raw.name,
            text(
                "{count} rows are hidden, the first is row {row}; they were read like all others. Delete "
                "them if they do not belong to the register",
                count=len(hidden),
                row=hidden[0],
            ),
            row=hidden[0],
        )


def _columns_found(
    sheet: Sheet, raw: RawSheet, top: int, findings: Findings
) -> tuple[dict[str, int], dict[str, str]]:
    named = _named(sheet)
    positions: dict[str, int] = {}
    names: dict[str, str] = {}
    for position, cell in enumerate(raw.rows[top]):
        column, name = named.get(header_word(cell), (None, ""))
        if column is None:
            _note_unknown_column(sheet, raw, top, position, findings)
        elif column.attribute in positions:
            findings.add(
                "duplicate-column",
                raw.name,
                text("Column {column} stands twice in the header; delete one of the two", column=name),
                row=top + 1,
                column=name,
            )
        else:
            positions[column.attribute], names[column.attribute] = position, name
    return positions, names


def _note_unknown_column(sheet: Sheet, raw: RawSheet, top: int, position: int, findings: Findings) -> None:
    header = raw.rows[top][position]
    if is_blank(header):
        return
    known = [name for column in sheet.columns for name in (column.chinese, column.english)]
    close = difflib.get_close_matches(shown(header), known, n=1)
    message = (
        text(
            "A column {column} is not known and was left out; did you mean {close}?",
            column=shown(header),
            close=close[0],
        )
        if close
        else text("A column {column} is not known and was left out", column=shown(header))
    )
    findings.add("unknown-column", raw.name, message, row=top + 1, column=shown(header))


def _any_missing(
    sheet: Sheet, raw: RawSheet, top: int, positions: dict[str, int], findings: Findings
) -> bool:
    chinese = not raw.name.isascii()
    missing = [column for column in sheet.columns if column.required and column.attribute not in positions]
    for column in missing:
        name = column.chinese if chinese else column.english
        findings.add(
            "missing-column",
            raw.name,
            text(
                "Sheet {sheet} has no column {chinese} ({english}), which every register needs; add it to "
                "the header",
                sheet=raw.name,
                chinese=column.chinese,
                english=column.english,
            ),
            row=top + 1,
            column=name,
        )
    return bool(missing)


def _fill_merged(raw: RawSheet, top: int) -> None:
    """Give every row of a vertically merged cell the value that stands in its first row."""
    for first, left, last, right in raw.merged:
        if left != right or first <= top or first >= len(raw.rows) or left >= len(raw.rows[first]):
            continue
        for row in raw.rows[first + 1 : last + 1]:
            if left < len(row):
                row[left] = raw.rows[first][left]


def _body(raw: RawSheet, top: int, findings: Findings) -> tuple[list[int], list[list[Cell]]]:
    numbers: list[int] = []
    rows: list[list[Cell]] = []
    for first, _, last, _ in raw.merged:
        if first > top:
            findings.add(
                "merged-cells",
                raw.name,
                text(
                    "Cells are merged in rows {first} to {last}; the value of the first cell was taken for "
                    "every row. Unmerge them if that is not meant",
                    first=first + 1,
                    last=last + 1,
                ),
                row=first + 1,
            )
    for number, row in enumerate(raw.rows[top + 1 :], start=top + 2):
        lead = next((cell for cell in row if not is_blank(cell)), None)
        if lead is None:
            continue
        if isinstance(lead, str) and plain(lead) in TOTAL_WORDS:
            findings.add(
                "total-row",
                raw.name,
                text("Row {row} is a total, not a building or a flat; it was left out", row=number),
                row=number,
            )
            continue
        numbers.append(number)
        rows.append(row)
    return numbers, rows
