"""When a plan's mains are laid: in a cluster's first year of works, or before it where only that pays.

The first year of works is the best year wherever the suppliers' money and the upper-level money carry over:
what is paid later weighs on fewer years, and a grant waits for its mains. Where one of them lapses, a year
before may have money that the first year of works has not. Then a small program decides exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fenhu.planning.model.formulation import FEN_PER_UNIT
from fenhu.planning.model.highs import Program, solve_program
from fenhu.planning.model.rows import Rows, spread
from fenhu.planning.model.spending import (
    Spending,
    first_works,
    lacking,
    needs_of,
    spent_on_works,
    upper_lacking,
    with_mains,
)
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.purses import Purses, purses_of

_HALF_A_FEN = 0.5 / FEN_PER_UNIT


def laid_years(instance: Instance, year_of: IntArray) -> IntArray:
    """Return the year in which every cluster's mains are laid, NO_YEAR where no works go on.

    The first year of works, unless another laying pays and this one does not.
    """
    return spent_by(instance, purses_of(instance), year_of).laid


def spent_by(instance: Instance, purses: Purses, year_of: IntArray) -> Spending:
    """Return what the plan draws from every purse in every year, mains and set-ups with the suppliers."""
    works, first = spent_on_works(instance, purses, year_of), first_works(instance, year_of)
    spending = with_mains(instance, purses, works, first)
    if late_is_best(purses) or not (first > 0).any() or pays(purses, spending):
        return spending
    laid = _earlier(instance, purses, works, first)
    moved = with_mains(instance, purses, works, laid)
    return moved if pays(purses, moved) else spending


def late_is_best(purses: Purses) -> bool:
    """Return whether nothing is gained by laying mains before the first year of works."""
    return bool(purses.carries[purses.supplier_purse].all()) and purses.upper_carries


def pays(purses: Purses, spending: Spending) -> bool:
    """Return whether the suppliers' and the upper-level money pay for the mains as they are laid."""
    needs = needs_of(purses, spending)
    carries = purses.carries[purses.supplier_purse]
    short = [
        lacking(bool(one), need, cap)
        for one, need, cap in zip(carries, needs, spending.mains_cap, strict=True)
    ]
    return not np.any(short) and not upper_lacking(purses, needs, spending.mains_cap).any()


@dataclass(frozen=True, slots=True)
class _Columns:
    """The choice: a column for every cluster and year its mains may be laid in, by supplier and year a grant
    and what the money lacks."""

    cluster: IntArray
    year: IntArray
    mains: IntArray
    grant: IntArray
    lack: IntArray


def _earlier(instance: Instance, purses: Purses, works: IntArray, first: IntArray) -> IntArray:
    """Return the latest laying that pays, else the first years of works."""
    columns = _columns(instance, purses, first)
    least = _program(instance, purses, works, columns)
    if solve_program(least).objective < -_HALF_A_FEN:
        return first
    cost, upper = np.zeros_like(least.cost), least.upper.copy()
    cost[columns.mains] = columns.year
    upper[columns.lack] = 0.0
    answer = solve_program(replace(least, cost=cost, upper=upper))
    assert answer.values is not None
    laid = np.full_like(first, NO_YEAR)
    chosen = answer.values[columns.mains] > 0.5
    laid[columns.cluster[chosen]] = columns.year[chosen]
    return laid


def _columns(instance: Instance, purses: Purses, first: IntArray) -> _Columns:
    cluster, year = np.nonzero(np.arange(instance.years) <= first[:, None])
    places = np.arange(len(purses.supplier_purse) * instance.years)
    grant = len(cluster) + places
    return _Columns(cluster, year, np.arange(len(cluster)), grant, grant + len(places))


def _program(instance: Instance, purses: Purses, works: IntArray, columns: _Columns) -> Program:
    """Return the choice of least lack: every cluster's mains once, and no more grants than there are."""
    rows, width = Rows(), int(columns.lack[-1]) + 1
    rows.add(columns.cluster, columns.mains, np.ones(len(columns.mains)), 1.0, 1.0, len(instance.clusters))
    _add_suppliers(rows, instance, purses, works, columns)
    _add_grants(rows, instance, purses, columns)
    row_lower, row_upper = rows.limits()
    is_mains, is_lack = np.zeros(width, dtype=bool), np.zeros(width, dtype=bool)
    is_mains[columns.mains] = is_lack[columns.lack] = True
    return Program(
        matrix=rows.matrix(width),
        row_lower=row_lower,
        row_upper=row_upper,
        lower=np.zeros(width),
        upper=np.where(is_mains, 1.0, np.inf),
        cost=np.where(is_lack, -1.0, 0.0),
        whole=is_mains,
    )


def _add_suppliers(
    rows: Rows, instance: Instance, purses: Purses, works: IntArray, columns: _Columns
) -> None:
    """Let mains less grants and lacks keep to what works leave of the supplier's money."""
    count, years = len(purses.supplier_purse), instance.years
    supplier, of_year = np.divmod(np.arange(count * years), years)
    scope = np.concatenate([instance.clusters.supplier[columns.cluster], supplier])
    column = np.concatenate([columns.mains, columns.grant])
    mains = instance.clusters.mains_fen[columns.cluster] / FEN_PER_UNIT
    value = np.concatenate([mains, -np.ones(len(supplier))])
    carries = purses.carries[purses.supplier_purse]
    entries, row = spread(scope, np.concatenate([columns.year, of_year]), carries, years)
    rows.add(
        np.concatenate([row, np.arange(count * years)]),
        np.concatenate([column[entries], columns.lack]),
        np.concatenate([value[entries], -np.ones(count * years)]),
        -np.inf,
        _left(purses, works).ravel() / FEN_PER_UNIT,
        count * years,
    )


def _add_grants(rows: Rows, instance: Instance, purses: Purses, columns: _Columns) -> None:
    """Let grants keep to the share of the mains laid that year, and to the upper-level money."""
    count, years = len(columns.grant), instance.years
    supplier = instance.clusters.supplier[columns.cluster]
    rows.add(
        np.concatenate([supplier * years + columns.year, np.arange(count)]),
        np.concatenate([columns.mains, columns.grant]),
        np.concatenate([-purses.upper_cap[columns.cluster] / FEN_PER_UNIT, np.ones(count)]),
        -np.inf,
        0.0,
        count,
    )
    year = np.arange(count) % years
    entries, row = spread(np.zeros_like(year), year, np.array([purses.upper_carries]), years)
    limit = purses.upper_available / FEN_PER_UNIT
    rows.add(row, columns.grant[entries], np.ones(len(entries)), -np.inf, limit, years)


def _left(purses: Purses, works: IntArray) -> IntArray:
    """Return what works leave of the suppliers' money, up to each year where it carries over."""
    spent, carries = works[purses.supplier_purse], purses.carries[purses.supplier_purse]
    used = np.where(carries[:, None], np.cumsum(spent, axis=1), spent)
    return purses.available[purses.supplier_purse] - used
