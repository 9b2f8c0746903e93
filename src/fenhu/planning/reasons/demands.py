"""What is asked of a plan all at once: rules of the policy as demands, and how people call them."""

from __future__ import annotations

import numpy as np

from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.names import district_name
from fenhu.planning.task.shortfall import (
    COMPLETION,
    FAIRNESS,
    PINNED,
    PRIORITY,
    TARGET_BUILDINGS,
    TARGET_FLATS,
    VOLUNTEERS,
    PolicyRow,
    measured,
    policy_rows,
)
from fenhu.planning.task.worth import FLATS_PER_BUILDING
from fenhu.wording import Text, text

IN_BUILDINGS = frozenset({TARGET_BUILDINGS, VOLUNTEERS, PINNED, COMPLETION})
_EASE = 1e-6


def demands_of(instance: Instance, *, completed: bool = False) -> tuple[PolicyRow, ...]:
    """Return every rule of ``instance`` as a demand; ``completed`` adds everything within the horizon."""
    rows = policy_rows(instance)
    return (*rows, completion(instance)) if completed else rows


def completion(instance: Instance) -> PolicyRow:
    """Return the demand that every building that may be converted is converted within the plan's years."""
    b = instance.buildings
    each = instance.part_ratio * ~(b.done | b.forbidden)
    return PolicyRow(
        kind=COMPLETION,
        scope=-1,
        year=-1,
        measure=measured(each),
        first=0,
        last=instance.years - 1,
        wanted=float(each.sum()),
    )


def missed(instance: Instance, year_of: IntArray, demands: tuple[PolicyRow, ...]) -> tuple[PolicyRow, ...]:
    """Return the demands a plan does not keep."""
    return tuple(row for row in demands if row.missing(year_of) > _EASE)


def weight_of(row: PolicyRow) -> float:
    """Return how many flats one unit of a demand counts for."""
    return FLATS_PER_BUILDING if row.kind in IN_BUILDINGS else 1.0


def demand_name(instance: Instance, row: PolicyRow) -> Text:
    """Return what people call a demand."""
    year = instance.year_label(row.year) if row.year != NO_YEAR else ""
    wanted = f"{row.wanted:,.0f}"
    if row.kind == TARGET_BUILDINGS:
        return text("the target of {wanted} buildings in {year}", wanted=wanted, year=year)
    if row.kind == TARGET_FLATS:
        return text("the target of {wanted} flats in {year}", wanted=wanted, year=year)
    if row.kind == FAIRNESS:
        district = district_name(instance, row.scope)
        return text("the fair share of district {district} by {year}", district=district, year=year)
    if row.kind == PRIORITY:
        years = instance.rules.priority_years
        return text("the share of the priority class in the first {years} years", years=years)
    if row.kind == VOLUNTEERS:
        return text("the {wanted} places for volunteers in {year}", wanted=wanted, year=year)
    if row.kind == PINNED:
        code = instance.buildings.ids[row.scope]
        return text("building {code} in {year}", code=code, year=year)
    last = instance.year_label(instance.years - 1)
    return text("every building converted by {year}", year=last)


def missing_said(row: PolicyRow, missing: float) -> Text:
    """Return an amount of a demand in its own unit, in whole buildings or flats at least."""
    count = f"{np.ceil(missing - _EASE):,.0f}"
    if row.kind in IN_BUILDINGS:
        return text("{count} buildings", count=count)
    return text("{count} flats", count=count)
