"""Every limit that is spent: money and crew days as one table of purses, in whole numbers.

A purse is a source with a scope ("DIST" of one district, the crews of one supplier). A building draws
from five purses at most, always in the order of ``DRAWS``; clusters draw from the supplier's purse alone.
Crew days are counted in thousandths, so that every comparison is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

import numpy as np

from fenhu.planning.task.instance import BoolArray, Instance, IntArray

CREW_PARTS = 1000
DRAWS = ("CREW", "REWARD", "REPAIR", "OWNER", "SUPPLIER")
DRAW_CREW, DRAW_REWARD, DRAW_REPAIR, DRAW_OWNER, DRAW_SUPPLIER = range(5)
NO_PURSE = -1


@dataclass(frozen=True, slots=True)
class Purse:
    """The name of a purse: source as in the instance files (CREW beside them) and scope."""

    source: str
    scope: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Purses:
    """All purses of an instance.

    ``limit`` has a row a purse and a column a year; ``carries`` says which of them carry over. ``drawn_from``
    and ``amount`` have a row a building and a column a draw. ``crew_purse`` and ``supplier_purse`` are the
    crews and the money of every supplier; ``upper`` the years of upper-level money, ``upper_cap`` what a
    cluster's mains may take of it.
    """

    names: tuple[Purse, ...]
    limit: IntArray
    carries: BoolArray
    drawn_from: IntArray
    amount: IntArray
    crew_purse: IntArray
    supplier_purse: IntArray
    upper: IntArray
    upper_carries: bool
    upper_cap: IntArray

    @property
    def available(self) -> IntArray:
        """Return what may be spent up to and including each year where it carries over, else in the year."""
        return np.where(self.carries[:, None], np.cumsum(self.limit, axis=1), self.limit)

    @property
    def upper_available(self) -> IntArray:
        """Return the upper-level money up to and including each year, or of the year if it lapses."""
        return np.cumsum(self.upper) if self.upper_carries else self.upper


def purses_of(instance: Instance) -> Purses:
    """Return the purses of ``instance`` and what every building draws from them."""
    b, money, carry = instance.buildings, instance.budgets, instance.rules.carry
    crew = np.rint(money.crew_days * CREW_PARTS).astype(np.int64)
    tables = (
        ("CREW", crew),
        ("CITY", money.city_fen[None, :]),
        ("DIST", money.district_fen),
        ("REPAIR", money.repair_fen[None, :]),
        ("OWNER", money.owner_fen),
        ("SUPPLIER", money.supplier_fen),
    )
    start: dict[str, int] = {}
    names: list[Purse] = []
    for source, table in tables:
        start[source] = len(names)
        names += [Purse(source, scope) for scope in range(len(table))]
    limit = np.concatenate([table for _, table in tables]).astype(np.int64)
    drawn_from = np.stack(
        [
            start["CREW"] + b.supplier,
            np.where(b.city_pays, start["CITY"], start["DIST"] + b.district),
            np.full(len(b), start["REPAIR"]),
            np.where(b.owner >= 0, start["OWNER"] + b.owner, NO_PURSE),
            start["SUPPLIER"] + b.supplier,
        ],
        axis=1,
    ).astype(np.int64)
    crew_parts = np.rint(b.crew_days * CREW_PARTS).astype(np.int64)
    amount = np.stack([crew_parts, b.reward_fen, b.repair_fen, b.owner_fen, b.supplier_fen], axis=1)
    drawn_from[amount == 0] = NO_PURSE
    return Purses(
        names=tuple(names),
        limit=limit,
        carries=np.array([one.source in carry for one in names], dtype=bool),
        drawn_from=drawn_from,
        amount=amount.astype(np.int64),
        crew_purse=start["CREW"] + np.arange(len(crew), dtype=np.int64),
        supplier_purse=start["SUPPLIER"] + np.arange(len(money.supplier_fen), dtype=np.int64),
        upper=money.upper_fen.astype(np.int64),
        upper_carries="UPPER" in carry,
        upper_cap=_shares(instance.clusters.mains_fen, instance.rules.upper_share_max_ratio),
    )


def _shares(mains_fen: IntArray, ratio: float) -> IntArray:
    share = Decimal(str(ratio))
    whole = [int((share * int(fen)).to_integral_value(ROUND_FLOOR)) for fen in mains_fen]
    return np.array(whole, dtype=np.int64)
