"""Two plans side by side: scenarios, the plan in force, the clerk's ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fenhu.errors import InputFault
from fenhu.web.works.models import Scenario
from fenhu.web.works.queries.plan_figures import PlanFigures, difference_said, joined
from fenhu.web.works.queries.planning import plan_in_force
from fenhu.web.works.queries.scenarios import scenario_for
from fenhu.web.works.queries.worked_scenarios import (
    PLAN,
    RANKING,
    MovedBuilding,
    PlannedBuilding,
    Worked,
    figures_in_force,
    figures_of_ranking,
    figures_worked_out,
    moved_buildings,
    planned_buildings,
    ranking_worked_out,
    worked_out,
)
from fenhu.wording import Text, text

_ANSWERING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A plan that can be put beside another; ``key`` names it in the address."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two plans, how the first differs from the second (``answer`` in short), and their buildings."""

    one: PlanFigures
    other: PlanFigures
    answer: Text
    said: tuple[Text, ...]
    buildings: tuple[PlannedBuilding, ...]
    moved: tuple[MovedBuilding, ...]
    choices: tuple[Comparable, ...]


def comparison(user: Any, one: str, other: str) -> Comparison:
    """Return two plans side by side; each is PLAN, RANKING or the number of a scenario.

    Beside a scenario the ranking is that under its changes.

    Raises
    ------
    django.http.Http404
        If a scenario is not the user's to see.
    WrongState
        If there is no plan to start from.
    InputFault
        If there is no such plan, or a scenario was not worked out yet.
    """
    first, second = _figures(user, one, beside=other), _figures(user, other, beside=one)
    buildings = planned_buildings(user)
    said = difference_said(first, second)
    return Comparison(
        one=first, other=second, answer=text("{sentence}.", sentence=joined(said[:_ANSWERING])), said=said,
        buildings=tuple(buildings.values()),
        moved=moved_buildings(buildings, second, first), choices=tuple(_choices(user)),
    )  # fmt: skip


def _figures(user: Any, key: str, *, beside: str) -> PlanFigures:
    if key == PLAN:
        return figures_in_force(user, plan_in_force())
    if key == RANKING and beside.isdecimal():
        return ranking_worked_out(user, _worked(user, beside)[1])
    if key == RANKING:
        return figures_of_ranking(user, plan_in_force())
    if not key.isdecimal():
        raise InputFault(text("There is no plan called {key} to compare", key=key))
    return figures_worked_out(user, *_worked(user, key))


def _worked(user: Any, key: str) -> tuple[Scenario, Worked]:
    case = scenario_for(user, int(key))
    worked = worked_out(case)
    if worked is None:
        raise InputFault(text("Work “{name}” out first; then it can be compared", name=case.name))
    return case, worked


def _choices(user: Any) -> Iterator[Comparable]:
    yield Comparable(key=PLAN, name=text("the plan in force"))
    yield Comparable(key=RANKING, name=text("the clerk's ranking"))
    worked = Scenario.objects.visible_to(user).filter(finished_at__isnull=False).order_by("-pk")
    for number, name in worked.values_list("pk", "name"):
        yield Comparable(key=str(number), name=text("“{name}”", name=name))
