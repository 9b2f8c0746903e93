"""Where every building of the plan in force stands, read off the programme's works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from fenhu import planning, study
from fenhu.planning import Stage
from fenhu.web import clock
from fenhu.web.registry.queries import money_register
from fenhu.web.works.models import Project
from fenhu.web.works.queries.planning import PlanningView
from fenhu.wording import Text, text

BUILT = ("finished", "rectifying", "accepted", "in_use", "rewarded")
SIGNED = ("contracted", "designed", "checked", "drawings_approved", "under_construction")
SUSPENDED, WITHDRAWN = "suspended", "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCounts:
    """How many buildings are how far; ``withdrawn`` are the codes of those who left the programme."""

    built: int
    signed: int
    approved: int
    free: int
    withdrawn: tuple[str, ...]


def in_force_now(view: PlanningView, dropped: Iterable[str] = (), open_from: int = 0) -> study.InForce:
    """Return the plan in force with what the works say of each building; codes are those planned.

    A conversion of the programme's years stands in its own year, wherever the plan has it. Whoever dropped
    out is left out, contract or not.
    """
    instance = view.instance
    items = _items(instance)
    years = {
        code: instance.first_year + int(year)
        for code, year in zip(instance.buildings.ids, view.year_of, strict=True)
        if year != planning.NO_YEAR
    }
    built, signed = set[str](), set[str]()
    span = range(instance.first_year, instance.first_year + instance.years)
    for code, year, state, came_from in _conversions():
        stage = came_from if state == SUSPENDED else state
        own = items.get(code, ())
        if year not in span or stage == WITHDRAWN:
            continue
        if stage in BUILT or stage in SIGNED:
            (built if stage in BUILT else signed).update(own)
        years |= dict.fromkeys(own, year)
    out = frozenset(item for code in dropped for item in items.get(code, ()))
    return study.InForce(
        years=years, dropped=out, built=frozenset(built) - out, signed=frozenset(signed) - out,
        open_from=open_from or clock.today().year,
    )  # fmt: skip


def standing_counts(view: PlanningView) -> StandingCounts:
    """Return how far the buildings are, for the page that asks before a plan is made again."""
    before, standing = study.standing_of(view.instance, in_force_now(view))
    planned = before != planning.NO_YEAR
    count = {one: int(np.count_nonzero(planned & (standing.stage == one))) for one in Stage}
    gone = {code for code, _, state, _ in _conversions() if state == WITHDRAWN}
    going = {code for code, _, state, _ in _conversions() if state != WITHDRAWN}
    with_year = {code for code, year in zip(view.instance.buildings.ids, view.year_of, strict=True)
                 if year != planning.NO_YEAR}  # fmt: skip
    planned_codes = {code for code, own in _items(view.instance).items() if not with_year.isdisjoint(own)}
    return StandingCounts(
        built=count[Stage.BUILT], signed=count[Stage.SIGNED], approved=count[Stage.APPROVED],
        free=int(np.count_nonzero(~planned)), withdrawn=tuple(sorted((gone - going) & planned_codes)),
    )  # fmt: skip


def money_now(view: PlanningView) -> planning.Instance:
    """Return the task of the plan with the register's money and crews of today.

    A plan that takes other money for granted (a scenario's) keeps it.
    """
    if view.conditions:
        return view.instance
    return study.with_money_of(view.instance, money_register())


def money_changes(view: PlanningView, now: planning.Instance) -> tuple[Text, ...]:
    """Return where the register's money or crews are others than the plan in force was made with."""
    was, new = planning.purses_of(view.instance), planning.purses_of(now)
    names = (*was.names, planning.Purse("UPPER", 0))
    before, after = np.vstack([was.limit, was.upper]), np.vstack([new.limit, new.upper])
    return tuple(
        text(
            "{purse}, {year}: {before} before, {after} now",
            purse=planning.purse_name(now, names[row]), year=now.year_label(int(year)),
            before=planning.amount_said(names[row], int(before[row, year])),
            after=planning.amount_said(names[row], int(after[row, year])),
        )
        for row, year in zip(*np.nonzero(before != after), strict=True)
    )  # fmt: skip


def planned_houses(view: PlanningView) -> frozenset[str]:
    """Return the codes of the buildings that are planned, wholly or by stairwell."""
    return frozenset(_items(view.instance))


def _conversions() -> list[tuple[str, int, str, str]]:
    return list(Project.objects.order_by("pk").values_list("building__code", "year", "state", "came_from"))


def _items(instance: planning.Instance) -> dict[str, tuple[str, ...]]:
    """Return what is planned of every building: itself, or its stairwells."""
    found: dict[str, tuple[str, ...]] = {}
    for code, part in zip(instance.buildings.ids, instance.part_ratio, strict=True):
        house = study.building_code(code) if part < 1.0 else code
        found[house] = (*found.get(house, ()), code)
    return found
