"""An independent judge: what a plan is worth and which rows it breaks, from the instance alone.

Written against the table of planning.md in plain numpy, without the optimiser's model or the search's books,
so that each can catch the other's mistake. Mains are laid in a cluster's first year of works, which is best
whenever the purses carry over; upper-level money is what is left to choose, and the least amount that pays is
found exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from fenhu.errors import SolverFault
from fenhu.planning.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.names import amount_said, district_name, purse_name
from fenhu.planning.purses import DRAWS, Purse, Purses, purses_of
from fenhu.planning.result import Shortfall, Violation
from fenhu.planning.shortfall import (
    FAIRNESS,
    HORIZON,
    PINNED,
    PRIORITY,
    TARGET_BUILDINGS,
    TARGET_FLATS,
    VOLUNTEERS,
    PolicyRow,
    policy_rows,
)
from fenhu.planning.worth import worth_of
from fenhu.wording import Text, text

_EASE = 1e-6


@dataclass(frozen=True, slots=True)
class Spending:
    """What a plan spends: ``purses`` a row a purse and a column a year, ``mains_cap`` a row a supplier."""

    purses: IntArray
    mains_cap: IntArray


def score(instance: Instance, year_of: IntArray) -> float:
    """Return the weighted sum of a plan, shortfalls counted.

    Parameters
    ----------
    year_of : 0-based year of every building, NO_YEAR where unplanned.

    References
    ----------
    docs/engineers/planning.md#objective
    """
    worth = worth_of(instance)
    planned = np.flatnonzero(year_of != NO_YEAR)
    value = float(worth.value[planned, year_of[planned]].sum())
    value -= float((worth.opening[:, None] * active_years(instance, year_of)).sum())
    return value - sum(row.weight(worth) * row.missing(year_of) for row in policy_rows(instance))


def shortfalls(instance: Instance, year_of: IntArray) -> tuple[Shortfall, ...]:
    """Return every rule of the policy the plan misses, with a sentence each; what is left over last."""
    found = []
    for row in policy_rows(instance):
        missing = row.missing(year_of)
        if missing > _EASE:
            sentence = _shortfall_said(instance, row, missing)
            found.append(
                Shortfall(kind=row.kind, scope=row.scope, year=row.year, missing=missing, text=sentence)
            )
    return (*found, *_left_over(instance, year_of))


def _left_over(instance: Instance, year_of: IntArray) -> list[Shortfall]:
    """Return the flats that are still to be converted when the planned years are over."""
    b = instance.buildings
    left = (year_of == NO_YEAR) & ~b.done & ~b.forbidden
    if not left.any():
        return []
    flats = int(b.flats[left].sum())
    sentence = text(
        "When {year} is over, {buildings} buildings with {flats} flats are still to be converted.",
        year=instance.year_label(instance.years - 1),
        buildings=len(np.unique(instance.house_of[left])),
        flats=f"{flats:,}",
    )
    return [Shortfall(kind=HORIZON, scope=-1, year=-1, missing=float(flats), text=sentence)]


def violations(instance: Instance, year_of: IntArray) -> tuple[Violation, ...]:
    """Return every hard row the plan breaks, to the fen; empty means the plan may be carried out."""
    purses = purses_of(instance)
    spending = spent_by(instance, purses, year_of)
    return (
        *_too_early(instance, year_of),
        *_out_of_order(instance, year_of),
        *_too_many_years(instance, year_of),
        *_overspent(instance, purses, spending),
        *_mains_unpaid(instance, purses, spending),
    )


def spent_by(instance: Instance, purses: Purses, year_of: IntArray) -> Spending:
    """Return what the plan draws from every purse in every year, mains and set-ups with the suppliers."""
    spent = np.zeros_like(purses.limit)
    for draw in range(len(DRAWS)):
        used = np.flatnonzero((year_of != NO_YEAR) & (purses.drawn_from[:, draw] >= 0))
        np.add.at(spent, (purses.drawn_from[used, draw], year_of[used]), purses.amount[used, draw])
    active, supplier = active_years(instance, year_of), instance.clusters.supplier
    cap = np.zeros((len(purses.supplier_purse), instance.years), dtype=np.int64)
    for cluster, year in zip(*np.nonzero(active), strict=True):
        purse = purses.supplier_purse[supplier[cluster]]
        spent[purse, year] += instance.clusters.mobilise_fen[cluster]
        if not active[cluster, :year].any():
            spent[purse, year] += instance.clusters.mains_fen[cluster]
            cap[supplier[cluster], year] += purses.upper_cap[cluster]
    _set_up_houses(instance, purses, year_of, spent)
    return Spending(spent, cap)


def _set_up_houses(instance: Instance, purses: Purses, year_of: IntArray, spent: IntArray) -> None:
    planned = np.flatnonzero(year_of != NO_YEAR)
    visited = {(int(instance.house_of[one]), int(year_of[one])): int(one) for one in planned}
    for (house, year), item in visited.items():
        spent[purses.supplier_purse[instance.buildings.supplier[item]], year] += instance.set_up_fen[house]


def active_years(instance: Instance, year_of: IntArray) -> IntArray:
    active = np.zeros((len(instance.clusters), instance.years), dtype=np.int64)
    planned = np.flatnonzero(year_of != NO_YEAR)
    active[instance.buildings.cluster[planned], year_of[planned]] = 1
    return active


def _too_early(instance: Instance, year_of: IntArray) -> list[Violation]:
    opened = instance.open_years
    found = []
    for building in np.flatnonzero(year_of != NO_YEAR):
        year = int(year_of[building])
        if not opened[building, year]:
            sentence = text(
                "Building {code} may not be converted in {year}.",
                code=instance.buildings.ids[building],
                year=instance.year_label(year),
            )
            late = float(instance.buildings.earliest[building] - year)
            found.append(Violation(kind="closed", scope=int(building), year=year, amount=late, text=sentence))
    return found


def _out_of_order(instance: Instance, year_of: IntArray) -> list[Violation]:
    ids, found = instance.buildings.ids, []
    for before, after in instance.order:
        if year_of[after] == NO_YEAR or NO_YEAR < year_of[before] <= year_of[after]:
            continue
        sentence = text(
            "Building {after} may not start before building {before}.", after=ids[after], before=ids[before]
        )
        found.append(
            Violation(kind="order", scope=int(after), year=int(year_of[after]), amount=1.0, text=sentence)
        )
    return found


def _too_many_years(instance: Instance, year_of: IntArray) -> list[Violation]:
    most, found = instance.rules.max_active_years, []
    for cluster, count in enumerate(active_years(instance, year_of).sum(axis=1)):
        if count > most:
            sentence = text(
                "Cluster {cluster} has works in {count} years; {most} are allowed.",
                cluster=instance.clusters.names[cluster],
                count=int(count),
                most=most,
            )
            found.append(
                Violation(
                    kind="cluster", scope=cluster, year=NO_YEAR, amount=float(count - most), text=sentence
                )
            )
    return found


def _overspent(instance: Instance, purses: Purses, spending: Spending) -> list[Violation]:
    used = np.where(purses.carries[:, None], np.cumsum(spending.purses, axis=1), spending.purses)
    used[purses.supplier_purse] = 0  # judged with the upper-level money
    over = used - purses.available
    return [
        _over(instance, purses.names[purse], int(year), int(over[purse, year]))
        for purse, year in zip(*np.nonzero(over > 0), strict=True)
    ]


def _over(instance: Instance, purse: Purse, year: int, amount: int) -> Violation:
    sentence = text(
        "{purse}: {amount} missing in {year}.",
        purse=purse_name(instance, purse),
        amount=amount_said(purse, amount),
        year=instance.year_label(year),
    )
    return Violation(kind=purse.source, scope=purse.scope, year=year, amount=float(amount), text=sentence)


def _mains_unpaid(instance: Instance, purses: Purses, spending: Spending) -> list[Violation]:
    found, needs = [], []
    for supplier, purse in enumerate(purses.supplier_purse):
        need = needed(purses, int(purse), spending.purses[purse])
        short = lacking(bool(purses.carries[purse]), need, spending.mains_cap[supplier])
        for year in np.flatnonzero(short):
            found.append(_over(instance, purses.names[purse], int(year), int(short[year])))
        needs.append(need)
    if found or not needs:
        return found
    return _upper_lacking(instance, purses, np.array(needs), spending.mains_cap)


def needed(purses: Purses, purse: int, spent: IntArray) -> IntArray:
    used = np.cumsum(spent) if purses.carries[purse] else spent
    over: IntArray = np.maximum(0, used - purses.available[purse])
    return over


def lacking(carries: bool, need: IntArray, cap: IntArray) -> IntArray:
    most = np.cumsum(cap) if carries else cap
    short: IntArray = np.maximum(0, need - most)
    return short


def _upper_lacking(instance: Instance, purses: Purses, needs: IntArray, caps: IntArray) -> list[Violation]:
    """Return the years in which the upper-level money cannot cover what the suppliers still need."""
    carries = purses.carries[purses.supplier_purse[0]]
    if carries and not purses.upper_carries:
        return _upper_by_program(instance, purses, needs, caps)
    least = np.array(
        [least_granted(need, cap) if carries else need for need, cap in zip(needs, caps, strict=True)]
    )
    used = least.sum(axis=0)
    if not carries and purses.upper_carries:
        used = np.cumsum(used)
    over = used - purses.upper_available
    return [
        _over(instance, Purse("UPPER", 0), int(year), int(over[year])) for year in np.flatnonzero(over > 0)
    ]


def least_granted(need: IntArray, cap: IntArray) -> IntArray:
    """Return the least cumulative grant: enough every year, growing by no more than ``cap`` a year."""
    reach = np.cumsum(cap)
    # what is needed by year s beyond the caps of t+1 .. s must be granted by t already
    by_year = [
        int(np.max(need[year:] - (reach[year:] - reach[year]), initial=0)) for year in range(len(need))
    ]
    return np.maximum.accumulate(np.array(by_year, dtype=np.int64))


def _upper_by_program(instance: Instance, purses: Purses, needs: IntArray, caps: IntArray) -> list[Violation]:
    _, short = granted_by_program(purses, needs, caps)
    if short < 1:
        return []
    return [_over(instance, Purse("UPPER", 0), instance.years - 1, short)]


def granted_by_program(purses: Purses, needs: IntArray, caps: IntArray) -> tuple[IntArray, int]:
    """Return upper-level money by supplier and year, and how much it falls short of the needs.

    For upper-level money that lapses while the suppliers' carries over: a small transport problem.

    Raises
    ------
    SolverFault
        If the small program fails.
    """
    suppliers, years = needs.shape
    until = np.tril(np.ones((years, years)))
    enough = -np.kron(np.eye(suppliers), until)
    shared = np.tile(np.eye(years), suppliers)
    rows = np.vstack(
        [np.hstack([enough, np.zeros((len(enough), 1))]), np.hstack([shared, -np.ones((years, 1))])]
    )
    limits = np.concatenate([-needs.ravel(), purses.upper]).astype(float)
    bounds = [(0.0, float(cap)) for cap in caps.ravel()] + [(0.0, None)]
    cost = np.zeros(rows.shape[1])
    cost[-1] = 1.0
    answer = linprog(cost, A_ub=rows, b_ub=limits, bounds=bounds, method="highs-ds")
    if answer.fun is None or answer.x is None:
        raise SolverFault(text("The small program for upper-level money failed: {why}", why=answer.message))
    granted = np.rint(answer.x[:-1]).astype(np.int64).reshape(needs.shape)
    return granted, round(float(answer.fun))


def _shortfall_said(instance: Instance, row: PolicyRow, missing: float) -> Text:
    year = instance.year_label(row.year) if row.year >= 0 else ""
    amount = f"{np.ceil(missing - _EASE):,.0f}"
    if row.kind == TARGET_BUILDINGS:
        return text(
            "{year}: {missing} of the target of {wanted} buildings are missing.",
            year=year,
            missing=amount,
            wanted=f"{row.wanted:,.0f}",
        )
    if row.kind == TARGET_FLATS:
        return text(
            "{year}: {missing} of the target of {wanted} flats are missing.",
            year=year,
            missing=amount,
            wanted=f"{row.wanted:,.0f}",
        )
    if row.kind == FAIRNESS:
        return text(
            "District {district} is {missing} flats behind its fair share by {year}.",
            district=district_name(instance, row.scope),
            missing=amount,
            year=year,
        )
    if row.kind == PRIORITY:
        return text(
            "The first {years} years are {missing} flats of the priority class short.",
            years=instance.rules.priority_years,
            missing=amount,
        )
    if row.kind == VOLUNTEERS:
        return text(
            "{year}: {missing} of {wanted} places for volunteers stay empty.",
            year=year,
            missing=amount,
            wanted=f"{row.wanted:,.0f}",
        )
    assert row.kind == PINNED
    return text(
        "Building {code} is fixed to {year}, but cannot be paid or built then.",
        code=instance.buildings.ids[row.scope],
        year=year,
    )
