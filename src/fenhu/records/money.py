"""Bills and how they are shared, in integer fen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fenhu.records.kinds import Payer


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """One line of a bill of quantities; ``flat`` is empty for a public part of the building."""

    line: str
    item: str
    flat: str
    quantity: Decimal
    unit: str
    unit_price_yuan: Decimal
    cost_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShares:
    """Who pays a bill line; ``shares`` sums to the line's cost exactly."""

    line: str
    shares: Mapping[Payer, int]
    rule: str
    clause: str
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBill:
    """A bill split between the payers; totals sum to the bill exactly."""

    lines: tuple[LineShares, ...]
    total: Mapping[Payer, int]
