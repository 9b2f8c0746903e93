"""Reading a bill of quantities from a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from fenhu.errors import UnreadableFile, reason_of
from fenhu.records import BillLine, Finding, Severity
from fenhu.units import fen_from_yuan
from fenhu.wording import Text, text

COLUMNS = ("line", "item", "flat", "quantity", "unit", "unit_price_yuan", "cost_fen")
_NEEDED = ("line", "item", "flat")
_MAX_BYTES = 100_000_000
_ONE_FEN = 1
Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class BillReading:
    """A bill and what was found in it; ``lines`` is None where any finding is an error.

    ``areas_m2`` holds the flats whose area the file gives.
    """

    lines: tuple[BillLine, ...] | None
    findings: tuple[Finding, ...]
    areas_m2: Mapping[str, Decimal] = field(default_factory=dict)


def read_bill(path: Path) -> BillReading:
    """Return the bill in a CSV file (UTF-8 or GBK) with a header row naming ``COLUMNS``.

    ``area_m2`` is the floor area of the row's flat, needed where a policy shares by square metres.

    A missing ``cost_fen`` is computed from quantity and price; one that disagrees with them by more than a
    fen is kept and warned of.

    Raises
    ------
    UnreadableFile
        If the file cannot be opened or is no text.
    """
    rows = enumerate(_rows_of(path), start=1)
    header = [name.strip() for name in next(rows, (1, []))[1]]
    sheet = path.name
    missing = [name for name in _NEEDED if name not in header]
    if "cost_fen" not in header:
        missing += [name for name in ("quantity", "unit_price_yuan") if name not in header]
    if missing:
        findings = tuple(_error(sheet, 1, name, "missing-column", _missing_column(name)) for name in missing)
        return BillReading(lines=None, findings=findings)
    reader = _Reader(sheet)
    for number, row in rows:
        if any(cell.strip() for cell in row):
            reader.read(number, dict(zip(header, (cell.strip() for cell in row), strict=False)))
    failed = any(finding.severity is Severity.ERROR for finding in reader.findings)
    return BillReading(
        lines=None if failed else tuple(reader.lines),
        findings=tuple(reader.findings),
        areas_m2=reader.areas_m2,
    )


class _Reader:
    """Rows in, lines and findings out."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.lines: list[BillLine] = []
        self.findings: list[Finding] = []
        self.areas_m2: dict[str, Decimal] = {}
        self._names: set[str] = set()

    def read(self, row: int, cells: dict[str, str]) -> None:
        before = len(self.findings)
        for column in ("line", "item"):
            if not cells.get(column):
                self._fault(row, column, "empty", text("The cell is empty; fill it in"))
        name = cells.get("line", "")
        if name in self._names:
            self._fault(
                row,
                "line",
                "duplicate",
                text("Line {line} appears twice; give every line its own name", line=name),
            )
        self._names.add(name)
        quantity = self._number(row, cells, "quantity", Decimal, blank=Decimal(1))
        price_yuan = self._number(row, cells, "unit_price_yuan", Decimal, blank=None)
        cost_fen = self._number(row, cells, "cost_fen", int, blank=None)
        self._area(row, cells)
        if len(self.findings) > before or quantity is None:
            return
        if price_yuan is None and cost_fen is None:
            self._fault(row, "cost_fen", "empty", text("The cell is empty; give cost_fen or a price"))
            return
        cost = self._cost(row, quantity, price_yuan, cost_fen)
        price = price_yuan if price_yuan is not None else _price(cost, quantity)
        self.lines.append(
            BillLine(
                line=name,
                item=cells["item"],
                flat=cells.get("flat", ""),
                quantity=quantity,
                unit=cells.get("unit", ""),
                unit_price_yuan=price,
                cost_fen=cost,
            )
        )

    def _cost(self, row: int, quantity: Decimal, price_yuan: Decimal | None, cost_fen: int | None) -> int:
        if price_yuan is None:
            return cost_fen or 0
        computed = fen_from_yuan(quantity * price_yuan)
        if cost_fen is None:
            return computed
        if abs(computed - cost_fen) > _ONE_FEN:
            self.findings.append(
                _finding(
                    Severity.WARNING,
                    self.sheet,
                    row,
                    "cost_fen",
                    "cost-disagrees",
                    text(
                        "The cost is {cost} fen, quantity × price gives {computed}; the cost is kept",
                        cost=cost_fen,
                        computed=computed,
                    ),
                )
            )
        return cost_fen

    def _area(self, row: int, cells: dict[str, str]) -> None:
        """Note the area of a row's flat, which is the same wherever the flat appears."""
        area_m2 = self._number(row, cells, "area_m2", Decimal, blank=None)
        flat = cells.get("flat", "")
        if area_m2 is None or not flat:
            return
        known = self.areas_m2.setdefault(flat, area_m2)
        if known != area_m2:
            self._fault(
                row,
                "area_m2",
                "area-disagrees",
                text(
                    "Flat {flat} has {known} m² above and {area} m² here",
                    flat=flat,
                    known=known,
                    area=area_m2,
                ),
            )

    def _number(
        self,
        row: int,
        cells: dict[str, str],
        column: str,
        kind: Callable[[str], Parsed],
        *,
        blank: Parsed | None,
    ) -> Parsed | None:
        said = cells.get(column, "").replace(",", "")
        if not said:
            return blank
        try:
            value = kind(said)
            if not 0 <= Decimal(said) <= Decimal(10) ** 15:
                raise ValueError
        except (ValueError, InvalidOperation):
            self._fault(
                row,
                column,
                "not-a-number",
                text("{value} is not a number of at least 0; correct it", value=said),
            )
            return None
        return value

    def _fault(self, row: int, column: str, code: str, message: Text) -> None:
        self.findings.append(_error(self.sheet, row, column, code, message))


def _missing_column(name: str) -> Text:
    return text("Column {column} is missing; columns are {columns}", column=name, columns=", ".join(COLUMNS))


def _error(sheet: str, row: int, column: str, code: str, message: Text) -> Finding:
    return _finding(Severity.ERROR, sheet, row, column, code, message)


def _finding(severity: Severity, sheet: str, row: int, column: str, code: str, message: Text) -> Finding:
    return Finding(severity=severity, sheet=sheet, row=row, column=column, code=code, message=message)


def _price(cost_fen: int, quantity: Decimal) -> Decimal:
    return (Decimal(cost_fen) / 100 / quantity).quantize(Decimal("0.0001")) if quantity else Decimal(0)


def _rows_of(path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(_text_of(path), newline="")))
    except csv.Error as fault:
        raise UnreadableFile(
            text("{path} cannot be read as CSV: {why}", path=str(path), why=str(fault))
        ) from fault


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnreadableFile(text("{path} is larger than any bill; give the right file", path=str(path)))
        content = path.read_bytes()
    except OSError as fault:
        raise UnreadableFile(
            text("{path} cannot be read: {why}", path=str(path), why=reason_of(fault))
        ) from fault
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(text("{path} is not a text file in UTF-8 or GBK; save it as CSV", path=str(path)))
