"""A plan in a few figures a year, of the whole city or of a part of it: what two plans are compared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fenhu.planning.book.yearly import ClusterWorks, cluster_works
from fenhu.planning.task.instance import NO_YEAR, BoolArray, Instance, IntArray
from fenhu.records import Payer


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOutline:
    """One year (0-based) of a plan: buildings, flats, benefit in flats, and what every purse pays.

    ``cost_fen`` has mains and set-ups of works with the supplier and the upper-level money; what households
    pay no purse limits, and is not in it.
    """

    year: int
    buildings: int
    flats: int
    benefit: float
    cost_fen: Mapping[Payer, int]

    @property
    def total_fen(self) -> int:
        """Return what all purses pay together."""
        return sum(self.cost_fen.values())


def yearly_outline(
    instance: Instance, year_of: IntArray, part: BoolArray | None = None
) -> tuple[YearOutline, ...]:
    """Return the figures of every year of a plan.

    Parameters
    ----------
    year_of : 0-based year of every building, NO_YEAR where unplanned; the plan breaks no hard row.
    part : one truth value a building; only these count, with the works of the clusters they lie in.
    """
    counted = np.ones(len(year_of), dtype=bool) if part is None else part
    own = set(instance.buildings.cluster[counted].tolist())
    works = [one for one in cluster_works(instance, year_of) if one.cluster in own]
    return tuple(
        _year(instance, np.flatnonzero(counted & (year_of == year)), year,
              [one for one in works if one.year == year])
        for year in range(instance.years)
    )  # fmt: skip


def moved(before: Instance, year_before: IntArray, after: Instance, year_after: IntArray) -> IntArray:
    """Return the buildings that have another year in the second plan; both tasks list them alike."""
    first = np.where(year_before == NO_YEAR, NO_YEAR, year_before + before.first_year)
    second = np.where(year_after == NO_YEAR, NO_YEAR, year_after + after.first_year)
    return np.flatnonzero(first != second)


def _year(instance: Instance, chosen: IntArray, year: int, works: list[ClusterWorks]) -> YearOutline:
    b = instance.buildings
    reward, city = b.reward_fen[chosen], b.city_pays[chosen]
    upper = sum(one.upper_fen for one in works)
    cost = {
        Payer.CITY: reward[city].sum(), Payer.DISTRICT: reward[~city].sum(),
        Payer.REPAIR_FUND: b.repair_fen[chosen].sum(), Payer.OWNER: b.owner_fen[chosen].sum(),
        Payer.SUPPLIER: b.supplier_fen[chosen].sum() + sum(one.supplier_fen for one in works),
        Payer.UPPER: upper,
    }  # fmt: skip
    return YearOutline(
        year=year, buildings=round(float(instance.part_ratio[chosen].sum())),
        flats=int(b.flats[chosen].sum()), benefit=float(b.benefit[chosen].sum()),
        cost_fen={payer: int(fen) for payer, fen in cost.items()},
    )  # fmt: skip
