"""An independent judge: what a plan is worth and which rows it breaks, from the instance alone.

Written against the table of planning.md in plain numpy, without the optimiser's model or the search's books,
so that each can catch the other's mistake. A plan says when buildings are converted; when mains are laid
(``laying``) and which upper-level money they get (``spending``) is left to choose, and a plan is sound if
some choice pays.
"""

from __future__ import annotations

import numpy as np

from fenhu.planning.model.laying import spent_by
from fenhu.planning.model.spending import Spending, active_years, lacking, needs_of, upper_lacking
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.names import amount_said, district_name, purse_name
from fenhu.planning.task.purses import Purse, Purses, purses_of
from fenhu.planning.task.result import Shortfall, Violation
from fenhu.planning.task.shortfall import (
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
from fenhu.planning.task.worth import worth_of
from fenhu.wording import Text, text

_EASE = 1e-6


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


def _mains_unpaid(instance: Instance, purses: Purses, spending: Spending) -> list[Violation]:
    found, needs = [], needs_of(purses, spending)
    for purse, need, cap in zip(purses.supplier_purse, needs, spending.mains_cap, strict=True):
        short = lacking(bool(purses.carries[purse]), need, cap)
        for year in np.flatnonzero(short):
            found.append(_over(instance, purses.names[purse], int(year), int(short[year])))
    if found:
        return found
    short = upper_lacking(purses, needs, spending.mains_cap)
    upper = Purse("UPPER", 0)
    return [_over(instance, upper, int(year), int(short[year])) for year in np.flatnonzero(short)]


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
