"""Bill lines as plain values that can be kept as JSON, and back; numbers stay exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from fenhu.records import BillLine


def line_json(line: BillLine) -> list[Any]:
    """Return a bill line as a list, numbers kept exactly as text."""
    return [
        line.line,
        line.item,
        line.flat,
        str(line.quantity),
        line.unit,
        str(line.unit_price_yuan),
        line.cost_fen,
    ]


def bill_from(stored: Iterable[Sequence[Any]]) -> tuple[BillLine, ...]:
    """Return the bill ``line_json`` stored."""
    return tuple(
        BillLine(
            line=line, item=item, flat=flat, quantity=Decimal(quantity), unit=unit,
            unit_price_yuan=Decimal(price), cost_fen=cost_fen,
        )
        for line, item, flat, quantity, unit, price, cost_fen in stored
    )  # fmt: skip
