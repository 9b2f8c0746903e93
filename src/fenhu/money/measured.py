"""Settlement by what was built: measured quantities at the prices of the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from fenhu.records import BillLine
from fenhu.units import fen_from_yuan


def measured_bill(lines: Sequence[BillLine], quantities: Mapping[str, Decimal]) -> tuple[BillLine, ...]:
    """Return a bill with measured quantities at the contract's unit prices; other lines stay as they are.

    A line measured as contracted keeps its cost to the fen.
    """
    return tuple(
        _measured(line, quantities[line.line]) if line.line in quantities else line for line in lines
    )


def _measured(line: BillLine, quantity: Decimal) -> BillLine:
    if quantity == line.quantity:
        return line
    return replace(line, quantity=quantity, cost_fen=fen_from_yuan(quantity * line.unit_price_yuan))
