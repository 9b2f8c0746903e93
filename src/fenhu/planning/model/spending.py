"""What a plan spends, year by year, and the least upper-level money that then pays its mains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from fenhu.planning.model.highs import Program, solve_program
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.purses import DRAWS, Purses


@dataclass(frozen=True, slots=True)
class Spending:
    """What a plan spends: ``purses`` a row a purse and a column a year, ``mains_cap`` a row a supplier.

    ``laid`` is the year of every cluster's mains, NO_YEAR where no works go on.
    """

    purses: IntArray
    mains_cap: IntArray
    laid: IntArray


def active_years(instance: Instance, year_of: IntArray) -> IntArray:
    """Return 1 where a cluster is worked in, a row a cluster and a column a year."""
    active = np.zeros((len(instance.clusters), instance.years), dtype=np.int64)
    planned = np.flatnonzero(year_of != NO_YEAR)
    active[instance.buildings.cluster[planned], year_of[planned]] = 1
    return active


def first_works(instance: Instance, year_of: IntArray) -> IntArray:
    """Return every cluster's first year of works, NO_YEAR where none go on."""
    active = active_years(instance, year_of)
    return np.where(active.any(axis=1), active.argmax(axis=1), NO_YEAR)


def spent_on_works(instance: Instance, purses: Purses, year_of: IntArray) -> IntArray:
    """Return what buildings and set-ups draw from every purse in every year, mains left out."""
    spent = np.zeros_like(purses.limit)
    for draw in range(len(DRAWS)):
        used = np.flatnonzero((year_of != NO_YEAR) & (purses.drawn_from[:, draw] >= 0))
        np.add.at(spent, (purses.drawn_from[used, draw], year_of[used]), purses.amount[used, draw])
    cluster, year = np.nonzero(active_years(instance, year_of))
    payer = purses.supplier_purse[instance.clusters.supplier[cluster]]
    np.add.at(spent, (payer, year), instance.clusters.mobilise_fen[cluster])
    _set_up_houses(instance, purses, year_of, spent)
    return spent


def with_mains(instance: Instance, purses: Purses, works: IntArray, laid: IntArray) -> Spending:
    """Return the whole spending where the mains are laid in the years ``laid``."""
    spent, cap = works.copy(), np.zeros((len(purses.supplier_purse), instance.years), dtype=np.int64)
    opened = np.flatnonzero(laid != NO_YEAR)
    supplier = instance.clusters.supplier[opened]
    np.add.at(spent, (purses.supplier_purse[supplier], laid[opened]), instance.clusters.mains_fen[opened])
    np.add.at(cap, (supplier, laid[opened]), purses.upper_cap[opened])
    return Spending(spent, cap, laid)


def needs_of(purses: Purses, spending: Spending) -> IntArray:
    """Return what every supplier needs beyond its own money, a row a supplier and a column a year."""
    needs = [needed(purses, int(purse), spending.purses[purse]) for purse in purses.supplier_purse]
    return np.array(needs, dtype=np.int64).reshape(spending.mains_cap.shape)


def needed(purses: Purses, purse: int, spent: IntArray) -> IntArray:
    """Return what is spent beyond a purse: up to each year where it carries over, else in the year."""
    used = np.cumsum(spent) if purses.carries[purse] else spent
    over: IntArray = np.maximum(0, used - purses.available[purse])
    return over


def lacking(carries: bool, need: IntArray, cap: IntArray) -> IntArray:
    """Return what a supplier needs beyond what its mains may take of upper-level money."""
    most = np.cumsum(cap) if carries else cap
    short: IntArray = np.maximum(0, need - most)
    return short


def upper_lacking(purses: Purses, needs: IntArray, caps: IntArray) -> IntArray:
    """Return by how much the upper-level money misses what suppliers still need, a number a year."""
    carries = bool(purses.carries[purses.supplier_purse].any())
    if carries and not purses.upper_carries:
        short = np.zeros(needs.shape[1], dtype=np.int64)
        short[-1] = granted_by_program(purses, needs, caps)[1]
        return short
    least = [least_granted(need, cap) if carries else need for need, cap in zip(needs, caps, strict=True)]
    used = np.array(least, dtype=np.int64).reshape(needs.shape).sum(axis=0)
    if not carries and purses.upper_carries:
        used = np.cumsum(used)
    over: IntArray = np.maximum(0, used - purses.upper_available)
    return over


def least_granted(need: IntArray, cap: IntArray) -> IntArray:
    """Return the least cumulative grant: enough every year, growing by no more than ``cap`` a year."""
    reach = np.cumsum(cap)
    # what is needed by year s beyond the caps of t+1 .. s must be granted by t already
    by_year = [
        int(np.max(need[year:] - (reach[year:] - reach[year]), initial=0)) for year in range(len(need))
    ]
    return np.maximum.accumulate(np.array(by_year, dtype=np.int64))


def granted_by_program(purses: Purses, needs: IntArray, caps: IntArray) -> tuple[IntArray, int]:
    """Return upper-level money by supplier and year, and how much it falls short of the needs.

    For upper-level money that lapses while the suppliers' carries over: a small transport problem.

    Raises
    ------
    SolverFault
        If the small program fails.
    """
    suppliers, years = needs.shape
    until = sparse.csr_matrix(np.tril(np.ones((years, years))))
    enough = sparse.kron(sparse.identity(suppliers), -until)
    shared = sparse.hstack([sparse.identity(years)] * suppliers)
    short = sparse.csr_matrix(np.concatenate([np.zeros(needs.size), -np.ones(years)])[:, None])
    limits = np.concatenate([-needs.ravel(), purses.upper]).astype(float)
    program = Program(
        matrix=sparse.csc_matrix(sparse.hstack([sparse.vstack([enough, shared]), short])),
        row_lower=np.full(len(limits), -np.inf),
        row_upper=limits,
        lower=np.zeros(needs.size + 1),
        upper=np.append(caps.ravel().astype(float), np.inf),
        cost=np.append(np.zeros(needs.size), -1.0),
        whole=np.zeros(needs.size + 1, dtype=bool),
    )
    answer = solve_program(program, relaxed=True)
    assert answer.values is not None
    granted = np.rint(answer.values[:-1]).astype(np.int64).reshape(needs.shape)
    return granted, round(-answer.objective)


def _set_up_houses(instance: Instance, purses: Purses, year_of: IntArray, spent: IntArray) -> None:
    planned = np.flatnonzero(year_of != NO_YEAR)
    visited = {(int(instance.house_of[one]), int(year_of[one])): int(one) for one in planned}
    for (house, year), item in visited.items():
        spent[purses.supplier_purse[instance.buildings.supplier[item]], year] += instance.set_up_fen[house]
