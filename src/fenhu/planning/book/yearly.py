"""What a plan pays besides its buildings, year by year: mains, set-ups of works, and who helps with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fenhu.money import split_fen
from fenhu.planning.book.purse_years import granted
from fenhu.planning.model.laying import spent_by
from fenhu.planning.model.spending import active_years, first_works
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.purses import purses_of
from fenhu.planning.task.result import PlanResult, years_array


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyWorks:
    """One number a year, in fen: mains, set-ups, and the least upper-level money that pays for the mains.

    ``laid_early`` names the clusters whose mains are laid before their first year of works, with the 0-based
    year: only then the money is there.
    """

    mains_fen: tuple[int, ...]
    mobilise_fen: tuple[int, ...]
    upper_fen: tuple[int, ...]
    laid_early: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterWorks:
    """What one cluster costs in one year beside its buildings; of the mains ``upper_fen`` is given.

    Mains are laid in the first year of works or, where only that pays, before; ``set_up_fen`` includes
    setting up inside its houses.
    """

    cluster: int
    year: int
    mains_fen: int
    set_up_fen: int
    upper_fen: int

    @property
    def supplier_fen(self) -> int:
        """Return what is left to the supplier."""
        return self.mains_fen + self.set_up_fen - self.upper_fen


def yearly_works(instance: Instance, result: PlanResult) -> YearlyWorks:
    """Return the money of mains and set-ups a plan takes."""
    year_of = years_array(result)
    works, first = cluster_works(instance, year_of), first_works(instance, year_of)
    laid = {one.cluster: one.year for one in works if one.mains_fen}

    def by_year(name: str) -> tuple[int, ...]:
        return tuple(
            sum(getattr(one, name) for one in works if one.year == year) for year in range(instance.years)
        )

    return YearlyWorks(
        mains_fen=by_year("mains_fen"), mobilise_fen=by_year("set_up_fen"), upper_fen=by_year("upper_fen"),
        laid_early=tuple((one, year) for one, year in sorted(laid.items()) if year < first[one]),
    )  # fmt: skip


def cluster_works(instance: Instance, year_of: IntArray) -> tuple[ClusterWorks, ...]:
    """Return what every cluster costs in every year of its works and of its mains, by year and cluster.

    The upper-level money a supplier needs in a year is split over the mains it lays then, in proportion to
    what each may take of it.

    Parameters
    ----------
    year_of : 0-based year of every building, NO_YEAR where unplanned; the plan breaks no hard row.
    """
    purses, clusters = purses_of(instance), instance.clusters
    spending = spent_by(instance, purses, year_of)
    grants = granted(purses, spending)
    active = active_years(instance, year_of).astype(bool)
    laid = spending.laid[:, None] == np.arange(instance.years)
    set_ups = _house_set_ups(instance, year_of) + clusters.mobilise_fen[:, None] * active
    found: list[ClusterWorks] = []
    for year in range(instance.years):
        upper = np.zeros(len(clusters), dtype=np.int64)
        for supplier in np.flatnonzero(grants[:, year]):
            mains = np.flatnonzero(laid[:, year] & (clusters.supplier == supplier))
            upper[mains] = _split(int(grants[supplier, year]), purses.upper_cap[mains])
        found += [
            ClusterWorks(
                cluster=int(one), year=year, mains_fen=int(clusters.mains_fen[one] * laid[one, year]),
                set_up_fen=int(set_ups[one, year]), upper_fen=int(upper[one]),
            )
            for one in np.flatnonzero(active[:, year] | laid[:, year])
        ]  # fmt: skip
    return tuple(found)


def _split(total_fen: int, caps: IntArray) -> Sequence[int]:
    return split_fen(total_fen, [int(cap) for cap in caps])


def _house_set_ups(instance: Instance, year_of: IntArray) -> IntArray:
    """Return what setting up inside houses costs, a row a cluster and a column a year."""
    spent = np.zeros((len(instance.clusters), instance.years), dtype=np.int64)
    planned = np.flatnonzero(year_of != NO_YEAR)
    visits = {(int(instance.house_of[one]), int(year_of[one])): int(one) for one in planned}
    for (house, year), item in visits.items():
        spent[instance.buildings.cluster[item], year] += instance.set_up_fen[house]
    return spent
