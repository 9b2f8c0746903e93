"""What scenarios led to, and the plan they are compared with, for one reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np

from fenhu import planning
from fenhu.planning import BoolArray, Instance, PlanResult
from fenhu.programme import Role
from fenhu.web.access.gates import has_role
from fenhu.web.registry.queries import full_name, visible_buildings
from fenhu.web.works.models import Scenario
from fenhu.web.works.queries.plan_figures import PlanFigures, figures_of
from fenhu.web.works.queries.planning import PlanningView, plan_by_id
from fenhu.wording import Text, text

PLAN, RANKING = "plan", "ranking"
KEPT_IN_MEMORY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBuilding:
    """One building of a plan, as lists and maps show it."""

    code: str
    name: str
    district: str
    supplier: str
    cluster: str
    flats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedBuilding:
    """A building that has another year than in the plan compared with; None is no year."""

    building: PlannedBuilding
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What a scenario led to: the task as changed, its plan and the clerk's ranking, the changes in words.

    ``unchanged`` is what the same search makes of ``base``, the task without the changes, None if stopped;
    ``moved`` are the buildings with another year than in the plan it started from.
    """

    instance: Instance
    result: PlanResult
    ranking: PlanResult
    base: Instance
    unchanged: PlanResult | None
    moved: frozenset[str]
    said: tuple[Text, ...]


def worked_out(case: Scenario) -> Worked | None:
    """Return what a scenario led to; None before it was worked out."""
    return _read(case.pk, case.finished_at) if case.finished_at is not None else None


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _read(scenario_id: int, finished_at: datetime) -> Worked:
    case = Scenario.objects.get(pk=scenario_id)
    assert case.base_id is not None
    started = plan_by_id(case.base_id)
    base = started.instance
    changes = planning.read_changes(base, case.worked_changes)
    instance = planning.changed(base, changes)
    result = planning.kept_result(instance, case.result)
    moved = planning.moved(base, started.year_of, instance, planning.years_array(result))
    return Worked(
        instance=instance, result=result, moved=frozenset(instance.buildings.ids[one] for one in moved),
        ranking=planning.kept_result(instance, case.ranking), base=base,
        unchanged=planning.kept_result(base, case.unchanged) if case.unchanged else None,
        said=planning.changes_said(base, changes),
    )  # fmt: skip


def figures_in_force(user: Any, view: PlanningView) -> PlanFigures:
    """Return the plan in force as ``user`` may see it."""
    return _figures(user, view.instance, view.result, PLAN, text("the plan in force"))


def figures_of_ranking(user: Any, view: PlanningView) -> PlanFigures:
    """Return the clerk's ranking beside the plan in force as ``user`` may see it."""
    return _figures(user, view.instance, view.baseline, RANKING, text("the clerk's ranking"))


def figures_worked_out(user: Any, case: Scenario, worked: Worked) -> PlanFigures:
    """Return a scenario's plan as ``user`` may see it."""
    name = text("“{name}”", name=case.name)
    return _figures(user, worked.instance, worked.result, str(case.pk), name)


def ranking_worked_out(user: Any, worked: Worked) -> PlanFigures:
    """Return the clerk's ranking under a scenario's changes as ``user`` may see it."""
    name = text("the clerk's ranking under the same changes")
    return _figures(user, worked.instance, worked.ranking, RANKING, name)


def unchanged_worked_out(user: Any, worked: Worked) -> PlanFigures | None:
    """Return what searching as long without any change brings, as ``user`` may see it."""
    if worked.unchanged is None:
        return None
    name = text("the plan in force, searched on as long")
    return _figures(user, worked.base, worked.unchanged, PLAN, name)


def planned_buildings(user: Any) -> Mapping[str, PlannedBuilding]:
    """Return the buildings ``user`` may see by code."""
    rows = visible_buildings(user).order_by("district", "cluster", "code").values_list(
        "code", "estate", "name", "district", "supplier__name", "cluster", "flat_count"
    )  # fmt: skip
    return {
        code: PlannedBuilding(
            code=code, name=full_name(estate, name), district=district, supplier=supplier, cluster=cluster,
            flats=flats,
        )
        for code, estate, name, district, supplier, cluster, flats in rows
    }  # fmt: skip


def moved_buildings(
    buildings: Mapping[str, PlannedBuilding], before: PlanFigures, after: PlanFigures
) -> tuple[MovedBuilding, ...]:
    """Return the buildings with another year in ``after``, those of the earliest years first."""
    found = [
        MovedBuilding(building=buildings[code], before=before.year_by_code.get(code), after=year)
        for code, year in after.year_by_code.items()
        if code in buildings and year != before.year_by_code.get(code)
    ]
    return tuple(sorted(found, key=lambda one: (one.after or 9999, one.before or 9999, one.building.code)))


def _figures(user: Any, instance: Instance, result: PlanResult, key: str, name: Text) -> PlanFigures:
    whole = has_role(user, Role.CITY_BUREAU)
    seen = np.ones(len(instance.buildings), dtype=bool) if whole else _seen(user, instance)
    return figures_of(instance, result, key=key, name=name, seen=seen, whole=whole)


def _seen(user: Any, instance: Instance) -> BoolArray:
    codes = set(visible_buildings(user).values_list("code", flat=True))
    return np.array([code in codes for code in instance.buildings.ids], dtype=bool)
