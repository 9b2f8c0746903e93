"""Numbers as a reader expects them: thousands separated, money in 万元, parts that add up to their sum."""

from __future__ import annotations

import math
from collections.abc import Sequence

_FEN_PER_TENTH_WAN = 100_000


def grouped(value: float, decimals: int = 0) -> str:
    """Return ``value`` with thousands separators and ``decimals`` places."""
    return f"{value:,.{decimals}f}"


def yuan(fen: int) -> str:
    """Return money in yuan, exact to the fen, thousands separated."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def wan_yuan(fen: int) -> str:
    """Return money as 万元 (ten thousand yuan) with one decimal, half a tenth rounded up."""
    return grouped(_tenths(fen) / 10, 1)


def wan_yuan_parts(parts_fen: Sequence[int]) -> tuple[str, ...]:
    """Return the parts of a sum in 万元 with one decimal, rounded so that they add up to the shown sum.

    Every part is rounded down, then the largest remainders take the missing tenths; equal ones in order.
    """
    floors = [part // _FEN_PER_TENTH_WAN for part in parts_fen]
    missing = _tenths(sum(parts_fen)) - sum(floors)
    by_remainder = sorted(range(len(parts_fen)), key=lambda i: (-(parts_fen[i] % _FEN_PER_TENTH_WAN), i))
    for index in by_remainder[:missing]:
        floors[index] += 1
    return tuple(grouped(tenths / 10, 1) for tenths in floors)


def nice_ticks(maximum: float, wanted: int = 5) -> tuple[float, ...]:
    """Return round axis values from 0 to at least ``maximum``, about ``wanted`` of them.

    Steps are 1, 2 or 5 times a power of ten, never below 1: the charts count flats, buildings or money.
    """
    step = _nice_step(maximum / wanted) if maximum > wanted else 1.0
    count = max(1, math.ceil(maximum / step - 1e-9))
    return tuple(step * number for number in range(count + 1))


def _nice_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))


def _tenths(fen: int) -> int:
    return (fen + _FEN_PER_TENTH_WAN // 2) // _FEN_PER_TENTH_WAN
