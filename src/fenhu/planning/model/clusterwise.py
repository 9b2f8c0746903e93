"""What every cluster would do best by itself, at given gains: years of works, mains, buildings, grants.

Once every limit that several clusters draw on has a price, a cluster is alone with its own rows: works in so
many years at most, mains before them, each building once. There are few sets of years to work in, so looking
at each of them settles a cluster exactly, all clusters at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from math import comb

import numpy as np

from fenhu.planning.model.formulation import Model
from fenhu.planning.task.instance import BoolArray, FloatArray, Instance, IntArray

MOST_SETS = 2000
_IDLE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusterwise:
    """The model's columns as tables with a line a year; a column that does not exist points past the end.

    ``x`` has the buildings side by side, those of a house and of a cluster together; ``house_of`` counts the
    houses in that order, ``house_start`` and ``cluster_start`` say where among the buildings the next begins,
    ``first_house`` where among the houses the next cluster begins. ``sets`` has a line for every set of years
    a cluster may be worked in; were they too many to look at, there is one set of all years and it is
    ``loose``: its cluster pays for its cheapest year of works only.
    """

    clusters: IntArray
    x: IntArray
    works: IntArray
    mains: IntArray
    upper: IntArray
    inner: IntArray
    grant: FloatArray
    cluster_of: IntArray
    cluster_start: IntArray
    house_of: IntArray
    house_start: IntArray
    first_house: IntArray
    sets: BoolArray
    loose: bool

    @property
    def set_ups(self) -> bool:
        """Return whether works inside a house cost a set-up."""
        return self.inner.size > 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What every cluster gains at best, and the point of the model's columns that they choose together."""

    gain: FloatArray
    point: FloatArray


def clusterwise(instance: Instance, model: Model) -> Clusterwise:
    """Return the clusters of ``model`` that have buildings, as tables."""
    b = instance.buildings
    order = np.lexsort((instance.house_of, b.cluster))
    house, cluster = instance.house_of[order], b.cluster[order]
    next_cluster = np.diff(cluster, prepend=-1) != 0
    next_house = next_cluster | (np.diff(house, prepend=-1) != 0)
    clusters, house_start = cluster[next_cluster], np.flatnonzero(next_house)
    sets, loose = _sets(instance.years, instance.rules.max_active_years)
    width = model.matrix.shape[1]

    def table(columns: IntArray) -> IntArray:
        there = (columns >= 0) & (model.upper_bound[columns] > 0.0)
        return np.ascontiguousarray(np.where(there, columns, width).T)

    has_set_ups = bool((model.inner >= 0).any())
    return Clusterwise(
        clusters=clusters,
        x=table(model.x[order]),
        works=table(model.works[clusters]),
        mains=table(model.mains[clusters]),
        upper=table(model.upper[clusters]),
        inner=table(model.inner[house[house_start]]) if has_set_ups else np.zeros((0, 0), dtype=np.int64),
        grant=np.ascontiguousarray(model.upper_bound[model.upper[clusters]].T),
        cluster_of=np.cumsum(next_cluster) - 1,
        cluster_start=np.flatnonzero(next_cluster),
        house_of=np.cumsum(next_house) - 1,
        house_start=house_start,
        first_house=np.flatnonzero(next_cluster[next_house]),
        sets=sets,
        loose=loose,
    )


def best_of_each(tables: Clusterwise, gain: FloatArray) -> Choice:
    """Return what every cluster does best where a unit of the model's column j gains ``gain[j]``."""
    known = np.append(gain, -np.inf)
    x, works = np.maximum(known[tables.x], 0.0), known[tables.works]
    granted = np.append(gain, 0.0)[tables.upper]
    mains = known[tables.mains] + tables.grant * np.maximum(granted, 0.0)
    laid_by = np.maximum.accumulate(mains, axis=0)
    by_house = _by_house(tables, x, known) if tables.set_ups else None
    total = _by_cluster(tables, x, by_house) + _opening(tables, works, laid_by)
    chosen = total.argmax(axis=0)
    most, idle = total[chosen, np.arange(len(chosen))], np.maximum(laid_by[-1], 0.0)
    chosen = np.where(most > idle, chosen, _IDLE)
    point = np.zeros(len(known))
    worked = _worked(tables, works, chosen)
    point[tables.works[worked]] = 1.0
    _lay(tables, point, mains, granted, worked, idle)
    allowed = _allowed(tables, by_house, chosen)
    if by_house is not None:
        point[tables.inner[allowed]] = 1.0
        allowed = allowed[:, tables.house_of]
    open_x = np.where(allowed, x, 0.0)
    year = open_x.argmax(axis=0)
    one = np.arange(len(year))
    taken = open_x[year, one] > 0.0
    point[tables.x[year, one][taken]] = 1.0
    return Choice(np.maximum(most, idle), point[:-1])


def _sets(years: int, most: int) -> tuple[BoolArray, bool]:
    most = min(most, years)
    count = sum(comb(years, size) for size in range(1, most + 1))
    if count > MOST_SETS:
        return np.ones((1, years), dtype=bool), True
    sets = np.zeros((count, years), dtype=bool)
    several = (one for size in range(1, most + 1) for one in combinations(range(years), size))
    for line, one in zip(sets, several, strict=True):
        line[list(one)] = True
    return sets, False


def _best_year(x: FloatArray, years: BoolArray) -> FloatArray:
    best: FloatArray = reduce(np.maximum, (x[year] for year in np.flatnonzero(years)))
    return best


def _by_house(tables: Clusterwise, x: FloatArray, known: FloatArray) -> FloatArray:
    """Return, a line a set, what every house gains from being set up in exactly these years."""
    inner = known[tables.inner]
    lines = [
        np.add.reduceat(_best_year(x, years), tables.house_start) + inner[years].sum(axis=0)
        for years in tables.sets
    ]
    return np.array(lines)


def _by_cluster(tables: Clusterwise, x: FloatArray, by_house: FloatArray | None) -> FloatArray:
    """Return, a line a set, what the buildings of every cluster gain if it is worked in these years."""
    if by_house is None:
        return np.array(
            [np.add.reduceat(_best_year(x, years), tables.cluster_start) for years in tables.sets]
        )
    return np.array(
        [
            np.add.reduceat(np.maximum(by_house[inside].max(axis=0), 0.0), tables.first_house)
            for inside in _subsets(tables)
        ]
    )


def _subsets(tables: Clusterwise) -> BoolArray:
    """Return, a line a set, which of the sets lie inside it."""
    beyond = tables.sets.astype(np.int64) @ ~tables.sets.T
    return np.asarray(beyond.T == 0)


def _opening(tables: Clusterwise, works: FloatArray, laid_by: FloatArray) -> FloatArray:
    """Return, a line a set, what the works and mains of every cluster gain (less than nothing: they cost)."""
    if tables.loose:
        cheapest = np.maximum(works, 0.0).sum(axis=0) + np.minimum(works.max(axis=0), 0.0)
        return np.asarray((cheapest + laid_by[-1])[None, :])
    closed = np.isneginf(works)
    opening = tables.sets @ np.where(closed, 0.0, works) + laid_by[tables.sets.argmax(axis=1)]
    return np.where(tables.sets @ closed, -np.inf, opening)


def _worked(tables: Clusterwise, works: FloatArray, chosen: IntArray) -> BoolArray:
    """Return, a line a year, whether every cluster is worked in."""
    at_best = (works > 0.0) | (works == works.max(axis=0))
    return np.asarray((at_best if tables.loose else tables.sets[chosen].T) & (chosen != _IDLE))


def _lay(
    tables: Clusterwise,
    point: FloatArray,
    mains: FloatArray,
    granted: FloatArray,
    worked: BoolArray,
    idle: FloatArray,
) -> None:
    """Lay every cluster's mains in the year that suits best, up to its first year of works."""
    years = len(mains)
    busy = worked.any(axis=0)
    last = np.where(busy & (not tables.loose), worked.argmax(axis=0), years - 1)
    year = np.where(np.arange(years)[:, None] <= last, mains, -np.inf).argmax(axis=0)
    laid = np.flatnonzero(busy | (idle > 0.0))
    point[tables.mains[year[laid], laid]] = 1.0
    helped = laid[granted[year[laid], laid] > 0.0]
    point[tables.upper[year[helped], helped]] = tables.grant[year[helped], helped]


def _allowed(tables: Clusterwise, by_house: FloatArray | None, chosen: IntArray) -> BoolArray:
    """Return, a line a year, whether works go on: in every house if set-ups cost, else in every building."""
    if by_house is None:
        return np.asarray((tables.sets[chosen].T & (chosen != _IDLE))[:, tables.cluster_of])
    of_house = chosen[tables.cluster_of[tables.house_start]]
    inside = _subsets(tables)[of_house].T & (of_house != _IDLE)
    gains = np.where(inside, by_house, -np.inf)
    best = gains.argmax(axis=0)
    return np.asarray(tables.sets[best].T & (gains[best, np.arange(len(best))] > 0.0))
