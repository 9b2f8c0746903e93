"""A bill summed up, and as the files others read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from fenhu.design.quantities.values import Bill, QuantityLine
from fenhu.money.bill import COLUMNS
from fenhu.records import BillLine
from fenhu.units import yuan_from_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class BillTotals:
    """Sums of a bill in fen: every line stands in one flat or in one public part, and in one item."""

    total_fen: int
    flats_fen: Mapping[str, int]
    parts_fen: Mapping[str, int]
    items_fen: Mapping[str, int]
    area_m2: Decimal

    @property
    def per_m2_yuan(self) -> Decimal:
        """Return what a square metre of all flats costs, in yuan."""
        return _per_m2_yuan(self.total_fen, self.area_m2)


def bill_totals(bill: Bill) -> BillTotals:
    """Return a bill's sums by flat, by public part and by item."""
    flats = dict.fromkeys(bill.flats_m2, 0)
    parts: dict[str, int] = {}
    items: dict[str, int] = {}
    for one in bill.lines:
        sums, key = (flats, one.line.flat) if one.line.flat else (parts, one.part)
        sums[key] = sums.get(key, 0) + one.line.cost_fen
        items[one.line.item] = items.get(one.line.item, 0) + one.line.cost_fen
    area_m2 = sum((Decimal(str(area)) for area in bill.flats_m2.values()), Decimal(0))
    return BillTotals(
        total_fen=bill.cost_fen, flats_fen=flats, parts_fen=parts, items_fen=items, area_m2=area_m2
    )


def _per_m2_yuan(fen: int, area_m2: Decimal) -> Decimal:
    if not area_m2:
        return Decimal(0)
    return (yuan_from_fen(fen) / area_m2).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def bill_csv(bill: Bill) -> str:
    """Return the bill as the CSV that ``fenhu share`` reads."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for one in bill.bill_lines:
        writer.writerow([getattr(one, column) for column in COLUMNS])
    return sheet.getvalue()


def bill_json(bill: Bill) -> list[dict[str, object]]:
    """Return the lines as JSON values: the fixed columns, and what each rests on and counts."""
    return [_line_json(one) for one in bill.lines]


def _line_json(one: QuantityLine) -> dict[str, object]:
    line = one.line
    return {
        "line": line.line, "item": line.item, "flat": line.flat, "part": one.part, "code": one.code,
        "name": str(one.name), "quantity": str(line.quantity), "unit": line.unit,
        "unit_price_yuan": str(line.unit_price_yuan), "cost_fen": line.cost_fen, "rule": str(one.rule),
        "counted": list(one.counted), "source": one.price.source, "trust": one.price.trust,
        "label": str(one.price.label),
    }  # fmt: skip


def summed_lines(bill: Bill) -> tuple[BillLine, ...]:
    """Return one line for each item of each flat and part: all that cost shares and plans need."""
    sums: dict[tuple[str, str, str], int] = {}
    for one in bill.lines:
        key = (one.line.item, one.line.flat, one.part)
        sums[key] = sums.get(key, 0) + one.line.cost_fen
    return tuple(
        BillLine(
            line=f"{item}/{flat}" if flat else f"{item}@{part}",
            item=item,
            flat=flat,
            quantity=Decimal(1),
            unit="项",
            unit_price_yuan=yuan_from_fen(fen),
            cost_fen=fen,
        )
        for (item, flat, part), fen in sums.items()
    )
