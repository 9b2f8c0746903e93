"""From a table to records: every cell read as its column's kind, every fault named with row and column."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from fenhu.register.cells import READERS, Value, has_percent_sign, is_blank, loses_fen, shown
from fenhu.register.columns import Column, Kind, Sheet
from fenhu.register.faults import CellFault, Findings
from fenhu.register.headers import Table
from fenhu.wording import Text, text
from fenhu.worksheets.raw import BadCell, Cell


@dataclass(slots=True)
class Rows:
    """The records of a sheet with their row numbers; ``refused`` is what could be read of faulty rows."""

    sheet: Sheet
    name: str
    names: dict[str, str] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)

    def mentioned(self, attribute: str) -> Counter[Value | None]:
        """Count what stands in a column, in faulty rows too.

        So one wrong cell in a building's row does not make its flats homeless and its supplier unheard of.
        """
        return Counter(
            [*(getattr(one, attribute) for one in self.records), *(row[attribute] for row in self.refused)]
        )

    def column(self, attribute: str) -> str:
        """Return the name of a column as this sheet writes it."""
        column = self.sheet.column(attribute)
        return self.names.get(attribute, column.english if self.name.isascii() else column.chinese)

    def numbered(self) -> Iterator[tuple[int, Any]]:
        """Yield every record after the number of its row."""
        return zip(self.numbers, self.records, strict=True)

    def note(self, findings: Findings, code: str, number: int, attribute: str, message: Text) -> None:
        """Add a finding about a column of one row."""
        findings.add(code, self.name, message, row=number, column=self.column(attribute))


def read_rows(table: Table, findings: Findings) -> Rows:
    """Return the records of a table; rows with a fault are reported, and stand among the refused."""
    failed: set[int] = set()
    values = [_read_column(table, column, failed, findings) for column in table.sheet.columns]
    attributes = [column.attribute for column in table.sheet.columns]
    record = table.sheet.record
    good = [index not in failed for index in range(len(table.rows))]
    records = [
        record(**dict(zip(attributes, row, strict=True))) for row in compress(zip(*values, strict=True), good)
    ]
    numbers = list(compress(table.numbers, good))
    refused = [{attribute: column[index] for attribute, column in zip(attributes, values, strict=True)}
               for index in sorted(failed)]  # fmt: skip
    return Rows(table.sheet, table.name, table.names, numbers, records, refused)


def _default(record: type, column: Column) -> Any:
    """Return what a blank cell means: the record's default, blank text, or not known."""
    defaults = {entry.name: entry.default for entry in dataclasses.fields(record)}
    default = defaults[column.attribute]
    if default is dataclasses.MISSING:
        return "" if column.kind is Kind.TEXT else None
    return default


def _read_column(table: Table, column: Column, failed: set[int], findings: Findings) -> list[Any]:
    default = _default(table.sheet.record, column)
    position = table.positions.get(column.attribute)
    if position is None:
        return [default] * len(table.rows)
    cells: list[Cell] = [row[position] if position < len(row) else "" for row in table.rows]
    readings: dict[tuple[type, Cell], Value | CellFault | None] = {}
    values: list[Any] = []
    for index, cell in enumerate(cells):
        key = (cell.__class__, cell)
        if key in readings:
            value = readings[key]
        else:
            value = readings[key] = _reading(cell, column, default)
        if value.__class__ is CellFault:
            failed.add(index)
            _note_cell(table, column, index, value, findings)
            value = None
        values.append(value)
    if column.kind is Kind.PERCENT:
        _settle_shares(table, column, cells, values, failed, findings)
    if column.kind is Kind.YUAN:
        _note_lost_fen(table, column, cells, values, findings)
    return values


def _reading(cell: Cell, column: Column, default: Value | None) -> Value | CellFault | None:
    try:
        if isinstance(cell, BadCell):
            raise _bad_cell(cell)
        if is_blank(cell):
            if column.required:
                raise CellFault(
                    text(
                        "The cell is blank; {example} would be an example of what belongs here",
                        example=column.example,
                    ),
                    code="missing-value",
                )
            return default
        return READERS[column.kind](cell, column)
    except CellFault as fault:
        return fault


def _bad_cell(cell: BadCell) -> CellFault:
    if cell.shows:
        return CellFault(
            text("The formula in this cell gives {shows}; replace it by its value", shows=cell.shows),
            code="formula-error",
        )
    return CellFault(
        text("The formula in this cell was never calculated; open the workbook, save it, or type the value"),
        code="formula-without-value",
    )


def _note_cell(table: Table, column: Column, index: int, fault: CellFault, findings: Findings) -> None:
    findings.add(
        fault.code, table.name, fault.message, row=table.numbers[index], column=table.names[column.attribute]
    )


def _settle_shares(
    table: Table,
    column: Column,
    cells: Sequence[Cell],
    values: list[Any],
    failed: set[int],
    findings: Findings,
) -> None:
    """Take a whole column of numbers up to ``ratio_up_to`` for shares; refuse a column that mixes both."""
    bare = [i for i, value in enumerate(values) if value and not has_percent_sign(cells[i])]
    small = [i for i in bare if values[i] <= column.ratio_up_to]
    if not small:
        return
    name = table.names[column.attribute]
    if len(small) == len(bare):
        findings.add(
            "percent-as-share",
            table.name,
            text(
                "All numbers of column {column} are {limit} or less, so they were taken for shares: "
                "{value} was read as {percent} %. Write {percent} or {percent}% to be sure",
                column=name,
                limit=f"{column.ratio_up_to:g}",
                value=shown(cells[small[0]]),
                percent=f"{values[small[0]] * 100:.10g}",
            ),
            row=table.numbers[small[0]],
            column=name,
        )
        for i in small:
            values[i] = round(values[i] * 100, 10)
        return
    for i in small:
        failed.add(i)
        findings.add(
            "percent-ambiguous",
            table.name,
            text(
                "{value} can mean {value} % or {percent} %, since other rows are in percent; write "
                "{percent} or {value}%",
                value=shown(cells[i]),
                percent=f"{values[i] * 100:.10g}",
            ),
            row=table.numbers[i],
            column=name,
        )


def _note_lost_fen(
    table: Table, column: Column, cells: Sequence[Cell], values: Sequence[Any], findings: Findings
) -> None:
    for i, value in enumerate(values):
        if value and loses_fen(cells[i], column):
            findings.add(
                "rounded-to-fen",
                table.name,
                text(
                    "{value} yuan is not a whole number of fen; it was rounded to {rounded}",
                    value=shown(cells[i]),
                    rounded=f"{value / 100:.2f}",
                ),
                row=table.numbers[i],
                column=table.names[column.attribute],
            )
