"""Measured quantities by file: the contract's lines with one column to fill in, and reading it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fenhu.records import BillLine, Finding, Severity
from fenhu.wording import text
from fenhu.worksheets import Column, Faults, Line, Sheet, open_sheets, single_table, values

MEASURED = Sheet(
    "measured",
    "实测工程量",
    (
        Column("line", "清单行", given=True, required=True, note=text("line of the contract's bill")),
        Column("item", "费用项", given=True),
        Column("flat", "户", given=True, note=text("blank for a public part")),
        Column("article", "名称规格", given=True),
        Column("unit", "单位", given=True),
        Column("quantity", "合同工程量", given=True),
        Column("unit_price_yuan", "综合单价(元)", given=True, note=text("a signed contract keeps its price")),
        Column(
            "measured", "实测数量", required=True,
            note=text("as measured on site; 0 if not built; blank keeps the contract's quantity"),
        ),
    ),
)  # fmt: skip
# Finer than anything a tape measures; takes away what binary floating point adds.
_STEP = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredReading:
    """What was measured, by line, and what was found; ``quantities`` is None where a finding is an error."""

    quantities: Mapping[str, Decimal] | None
    findings: tuple[Finding, ...]


def read_measured(path: Path, lines: Sequence[BillLine]) -> MeasuredReading:
    """Return the measured quantities of a contract's bill from its filled-in template (.xlsx or CSV).

    Every line of the contract must stand in the file once. A line whose measured quantity is blank is not
    among the quantities; the prices of the file are not read, a signed contract keeps its own.

    Raises
    ------
    UnreadableFile
        If the file cannot be opened as what it claims to be.
    """
    faults = Faults()
    rows = single_table(MEASURED, open_sheets(path), faults)
    if rows:
        quantities = _Reader(lines, faults).quantities(rows)
    failed = any(finding.severity is Severity.ERROR for finding in faults.findings)
    return MeasuredReading(
        quantities=None if failed or not rows else quantities, findings=tuple(faults.findings)
    )


class _Reader:
    """Rows of the file against the lines of the contract."""

    def __init__(self, lines: Sequence[BillLine], faults: Faults) -> None:
        self.lines = {line.line: line for line in lines}
        self.faults = faults
        self.met: set[str] = set()

    def quantities(self, rows: Sequence[Line]) -> dict[str, Decimal]:
        """Return what was measured; every fault is noted on the way."""
        found: dict[str, Decimal] = {}
        for row in rows:
            line = self._line(row)
            quantity = values.number(row, "measured", self.faults) if row.words("measured") else None
            if line is None or quantity is None:
                continue
            found[line.line] = quantity.quantize(_STEP).normalize() + 0
            self._compare(row, line, found[line.line])
        self._note_missing(rows[0].sheet)
        if not found:
            self._note(rows[0], "nothing-measured", "measured", Severity.ERROR)
        return found

    def _line(self, row: Line) -> BillLine | None:
        name = row.words("line")
        line = self.lines.get(name)
        if line is None:
            self._note(row, "unknown-line", "line", Severity.ERROR)
        elif name in self.met:
            self._note(row, "duplicate-line", "line", Severity.ERROR)
            return None
        self.met.add(name)
        return line

    def _compare(self, row: Line, line: BillLine, quantity: Decimal) -> None:
        if quantity > line.quantity:
            self._note(row, "more-than-contracted", "measured", Severity.WARNING)
        if row.words("unit_price_yuan"):
            price = values.number(row, "unit_price_yuan", self.faults)
            if price is not None and abs(price - line.unit_price_yuan) >= _STEP:
                self._note(row, "other-price", "unit_price_yuan", Severity.WARNING)

    def _note_missing(self, sheet: str) -> None:
        for name in self.lines:
            if name not in self.met:
                message = text("Line {line} of the contract is missing; every line must be there", line=name)
                self.faults.add("missing-line", sheet, message)

    def _note(self, row: Line, code: str, key: str, severity: Severity) -> None:
        message = _MESSAGES[code]
        self.faults.add(
            code,
            row.sheet,
            text("{value}: {message}", value=row.words(key)[:40] or "—", message=message),
            row=row.number,
            column=row.head(key),
            severity=severity,
        )


_MESSAGES = {
    "unknown-line": text("the contract has no such line; use the template of this contract"),
    "duplicate-line": text("the line stands in the file twice; delete one"),
    "nothing-measured": text("no line has a measured quantity; fill the column in"),
    "more-than-contracted": text("more than the contract has; the works beyond it need a written change"),
    "other-price": text("another price than the contract's, which is kept"),
}
