"""What-if scenarios: the list, and one with its desk and its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fenhu import planning, study
from fenhu.errors import InputFault
from fenhu.planning import Changes, Instance, Knob
from fenhu.programme import ROLE_NAMES, Role
from fenhu.web.access.gates import has_role
from fenhu.web.access.scope import get_visible
from fenhu.web.works.models import Scenario
from fenhu.web.works.offices import desk_suppliers, may_change, own_codes
from fenhu.web.works.queries.plan_figures import PlanFigures
from fenhu.web.works.queries.planning import PlanningView, plan_in_force, planning_of
from fenhu.web.works.queries.worked_scenarios import (
    MovedBuilding,
    PlannedBuilding,
    figures_in_force,
    figures_worked_out,
    moved_buildings,
    planned_buildings,
    ranking_worked_out,
    unchanged_worked_out,
    worked_out,
)
from fenhu.wording import Text, text

FOUND_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRow:
    """One scenario in the list; ``figures`` are empty before it was worked out.

    ``state`` is draft, running, failed, stopped (early), outdated (changes or plan in force) or worked.
    """

    id: int
    name: str
    note: str
    office: Text
    owner: str
    state: str
    job_id: int | None
    changes: int
    figures: Mapping[str, Mapping[str, int]]
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioList:
    """The scenarios a reader may see; ``plan`` is the plan they start from, None where none was kept."""

    rows: tuple[ScenarioRow, ...]
    plan: PlanFigures | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A building and what was chosen for it (None: nothing), with its year in the plan in force."""

    building: PlannedBuilding
    choice: Text | None
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioView:
    """One scenario on its page.

    ``said`` are its changes in words, ``gone`` what they name that is no longer there, ``found`` the
    buildings somebody looked for. ``plan`` is the plan in force; ``ranking`` (the clerk's) and ``figures``
    are None before the scenario was worked out, under the changes ``worked_said``; ``unchanged`` is what the
    same search brings without them, ``verdict`` how good its plan is proven to be. ``years`` can be chosen
    for a building; ``conditions`` the plan in force itself takes for granted; ``others_moved`` buildings
    that are not the office's lose their year.
    """

    row: ScenarioRow
    may_change: bool
    may_adopt: bool
    fault: Text | None
    said: tuple[Text, ...]
    gone: tuple[Text, ...]
    knobs: tuple[Knob, ...]
    chosen: tuple[Chosen, ...]
    found: tuple[Chosen, ...]
    years: tuple[int, ...]
    conditions: tuple[Text, ...]
    plan: PlanFigures
    ranking: PlanFigures | None
    figures: PlanFigures | None
    unchanged: PlanFigures | None
    verdict: Text | None
    worked_said: tuple[Text, ...]
    moved: tuple[MovedBuilding, ...]
    others_moved: int


def scenario_for(user: Any, scenario_id: int) -> Scenario:
    """Return the scenario itself, for whoever is about to act on it.

    Raises
    ------
    django.http.Http404
        If there is no such scenario, or it is not the user's to see.
    """
    return get_visible(_scenarios(), user, pk=scenario_id)


def scenario_list(user: Any) -> ScenarioList:
    """Return the scenarios ``user`` may see, the newest first."""
    view = planning_of()
    rows = _scenarios().visible_to(user).order_by("-pk").defer("ranking")
    return ScenarioList(
        rows=tuple(_row(one, view) for one in rows),
        plan=None if view is None else figures_in_force(user, view),
    )


def scenario_view(user: Any, scenario_id: int, *, find: str = "") -> ScenarioView:
    """Return one scenario's page; ``find`` looks for buildings to choose for.

    Raises
    ------
    django.http.Http404
        If there is no such scenario, or it is not the user's to see.
    WrongState
        If there is no plan to start from.
    """
    case, view, buildings = scenario_for(user, scenario_id), plan_in_force(), planned_buildings(user)
    changes, gone = planning.surviving_changes(view.instance, case.changes)
    said, fault = _said(view.instance, changes)
    worked, plan = worked_out(case), figures_in_force(user, view)
    figures = figures_worked_out(user, case, worked) if worked else None
    own = own_codes(case)
    desk = _Desk(view, changes, buildings, own)
    return ScenarioView(
        row=_row(case, view), may_change=may_change(user, case),
        may_adopt=has_role(user, Role.CITY_BUREAU) and _fits(case, view),
        fault=fault or _job_fault(case), said=said, gone=gone,
        verdict=study.verdict(worked.result) if worked and own is None else None,
        knobs=desk.knobs(case), chosen=desk.chosen(),
        found=desk.found(find) if find else (), years=desk.years(), conditions=view.conditions, plan=plan,
        ranking=ranking_worked_out(user, worked) if worked else None, figures=figures,
        unchanged=unchanged_worked_out(user, worked) if worked else None,
        worked_said=worked.said if worked else (),
        moved=moved_buildings(buildings, plan, figures) if figures else (),
        others_moved=len(worked.moved - own) if worked and own is not None else 0,
    )  # fmt: skip


class _Desk:
    """What is set and chosen in a scenario, against the plan in force."""

    def __init__(
        self, view: PlanningView, changes: Changes, buildings: Mapping[str, PlannedBuilding],
        own: frozenset[str] | None,
    ) -> None:  # fmt: skip
        self.view, self.instance, self.changes, self.buildings = view, view.instance, changes, buildings
        self.own = own
        self.number = {code: number for number, code in enumerate(self.instance.buildings.ids)}

    def knobs(self, case: Scenario) -> tuple[Knob, ...]:
        return planning.knobs_of(self.instance, self.changes, desk_suppliers(case, self.instance))

    def years(self) -> tuple[int, ...]:
        count = self.changes.years or self.instance.years
        return tuple(self.instance.first_year + year for year in range(count))

    def chosen(self) -> tuple[Chosen, ...]:
        numbers = sorted({*self.changes.pinned, *self.changes.forbidden, *self.changes.freed})
        codes = [self.instance.buildings.ids[number] for number in numbers]
        return tuple(self._chosen(code) for code in codes if code in self.buildings)

    def found(self, find: str) -> tuple[Chosen, ...]:
        """Return the buildings whose code or name has every word of ``find``, the first of them."""
        words = find.lower().split()
        hits = [
            code
            for code, one in self.buildings.items()
            if code in self.number and (self.own is None or code in self.own)
            and all(word in f"{code} {one.name}".lower() for word in words)
        ]  # fmt: skip
        exact = [code for code in hits if code.lower() == find.lower()]
        return tuple(self._chosen(code) for code in (exact or hits)[:FOUND_MOST])

    def _chosen(self, code: str) -> Chosen:
        number = self.number[code]
        year = int(self.view.year_of[number])
        return Chosen(
            building=self.buildings[code], choice=self._choice(number),
            year=None if year == planning.NO_YEAR else self.instance.first_year + year,
        )  # fmt: skip

    def _choice(self, number: int) -> Text | None:
        if number in self.changes.forbidden:
            return text("left out")
        if number in self.changes.pinned:
            return text("fixed to {year}", year=str(self.instance.first_year + self.changes.pinned[number]))
        return text("neither fixed nor left out") if number in self.changes.freed else None


def _scenarios() -> Any:
    return Scenario.objects.select_related("owner", "supplier", "job")


def _row(case: Scenario, view: PlanningView | None) -> ScenarioRow:
    return ScenarioRow(
        id=case.pk, name=case.name, note=case.note, office=_office(case), owner=str(case.owner),
        state=_state(case, view), job_id=case.job_id,
        changes=sum(len(one) if isinstance(one, list | dict) else 1 for one in case.changes.values()),
        figures=case.figures, created_at=case.created_at, finished_at=case.finished_at,
    )  # fmt: skip


def _office(case: Scenario) -> Text:
    if case.supplier is not None:
        return text("{name}", name=case.supplier.name)
    if case.district:
        return text("District government of {district}", district=case.district)
    return ROLE_NAMES[Role.CITY_BUREAU]


def _state(case: Scenario, view: PlanningView | None) -> str:
    if case.job is not None and case.job.state not in case.job.FINISHED:
        return "running"
    if not case.result:
        return "failed" if _job_fault(case) else "draft"
    if view is None or not _fits(case, view):
        return "outdated"
    return "worked" if case.is_worked_out(view.plan_id) else "stopped"


def _fits(case: Scenario, view: PlanningView) -> bool:
    """Return whether there is a result, of these changes to this plan."""
    fits = case.base_id == view.plan_id and case.worked_changes == case.changes
    return fits and bool(case.result)


def _job_fault(case: Scenario) -> Text | None:
    if case.job is None or case.job.state != case.job.FAILED or not case.job.fault:
        return None
    return Text.from_json(case.job.fault)


def _said(instance: Instance, changes: Changes) -> tuple[tuple[Text, ...], Text | None]:
    """Return the changes in words, or why they make no sense."""
    try:
        return planning.changes_said(instance, changes), None
    except InputFault as fault:
        return (), fault.message
