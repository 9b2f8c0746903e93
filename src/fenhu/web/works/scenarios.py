"""Scenarios: made, copied, changed, worked out in the background, put in force; the approved plan stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from fenhu import planning
from fenhu.errors import InputFault, NotAllowed, UnknownItem, WrongState
from fenhu.planning import Changes
from fenhu.programme import Role
from fenhu.web.access.gates import require_role
from fenhu.web.jobs import services as jobs
from fenhu.web.journal import services as journal
from fenhu.web.works.adopting import adopt_plan
from fenhu.web.works.models import Scenario, StudyPlan
from fenhu.web.works.offices import desk_suppliers, may_change, office_of, own_codes
from fenhu.web.works.queries.planning import PlanningView, plan_in_force
from fenhu.wording import text

LEFT_OUT, FREED, AS_IT_WAS = "left_out", "freed", "as_it_was"
NAME_MOST, NOTE_MOST = 80, 500


@transaction.atomic
def create_scenario(actor: Any, *, name: str, note: str = "") -> Scenario:
    """Return a new scenario of the actor's office in which everything is as in the plan in force.

    Raises
    ------
    NotAllowed
        If the actor plans nothing.
    WrongState
        If there is no plan to start from.
    InputFault
        If it has no name.
    """
    office = office_of(actor)
    plan_in_force()
    made = Scenario.objects.create(
        name=_named(name), note=note.strip()[:NOTE_MOST], owner=actor, supplier_id=office.supplier_id,
        district=office.district,
    )  # fmt: skip
    journal.record(actor=actor, subject=made, kind="scenario.created", data={})
    return made


@transaction.atomic
def copy_scenario(actor: Any, scenario: Scenario, *, name: str) -> Scenario:
    """Return a new scenario of the actor's office with the changes of another.

    Raises
    ------
    NotAllowed, WrongState, InputFault
        As ``create_scenario``.
    """
    made = create_scenario(actor, name=name, note=scenario.note)
    made.changes = scenario.changes
    made.save(update_fields=["changes"])
    journal.record(actor=actor, subject=made, kind="scenario.copied", data={"number": scenario.pk})
    return made


@transaction.atomic
def rename_scenario(actor: Any, scenario: Scenario, *, name: str, note: str) -> Scenario:
    """Return the scenario under another name.

    Raises
    ------
    NotAllowed
        If it is another office's.
    InputFault
        If it has no name.
    """
    case = _own(actor, scenario)
    case.name, case.note = _named(name), note.strip()[:NOTE_MOST]
    case.save(update_fields=["name", "note"])
    journal.record(actor=actor, subject=case, kind="scenario.renamed", data={})
    return case


@transaction.atomic
def change_scenario(actor: Any, scenario: Scenario, changes: Changes) -> Scenario:
    """Return the scenario with these changes to the plan in force in the place of those it had.

    Raises
    ------
    NotAllowed
        If it is another office's.
    InputFault
        If the changes make no sense, or concern a building that is not the office's.
    """
    case, view = _own(actor, scenario), plan_in_force()
    planning.changed(view.instance, changes)
    _check_choices(case, view, changes)
    stored = planning.changes_json(view.instance, changes)
    if stored == case.changes:
        return case
    case.changes = stored
    case.save(update_fields=["changes"])
    journal.record(actor=actor, subject=case, kind="scenario.changed", data={"changes": _count(stored)})
    return case


@transaction.atomic
def set_scenario(actor: Any, scenario: Scenario, settings: Mapping[str, float]) -> Scenario:
    """Return the scenario with its knobs set so; what no knob shows stays.

    Parameters
    ----------
    settings
        A number for every knob by name, as ``planning.knobs_of`` shows them.

    Raises
    ------
    NotAllowed, InputFault
        As ``change_scenario``.
    """
    instance = plan_in_force().instance
    before, _gone = planning.surviving_changes(instance, scenario.changes)
    suppliers = desk_suppliers(scenario, instance)
    return change_scenario(actor, scenario, planning.changes_of(instance, settings, before, suppliers))


@transaction.atomic
def choose_building(actor: Any, scenario: Scenario, code: str, *, choice: str) -> Scenario:
    """Return the scenario with a building fixed to a year, left out, freed or as it was.

    Parameters
    ----------
    choice
        The year, or one of LEFT_OUT, FREED (neither fixed nor left out) and AS_IT_WAS.

    Raises
    ------
    NotAllowed, InputFault
        As ``change_scenario``.
    UnknownItem
        If the building is not planned at all.
    """
    instance = plan_in_force().instance
    if code not in instance.buildings.ids:
        raise UnknownItem(text("Building {code} is not among those that are planned", code=code))
    if choice not in (LEFT_OUT, FREED, AS_IT_WAS) and not choice.isdecimal():
        raise InputFault(text("Choose a year for the building, or whether it is left out"))
    number = instance.buildings.ids.index(code)
    before, _gone = planning.surviving_changes(instance, scenario.changes)
    changes = replace(
        before,
        pinned={one: year for one, year in before.pinned.items() if one != number},
        forbidden=before.forbidden - {number},
        freed=before.freed - {number},
    )
    one = frozenset({number})
    if choice == LEFT_OUT:
        changes = replace(changes, forbidden=changes.forbidden | one)
    elif choice == FREED:
        changes = replace(changes, freed=changes.freed | one)
    elif choice != AS_IT_WAS:
        changes = replace(changes, pinned={**changes.pinned, number: int(choice) - instance.first_year})
    return change_scenario(actor, scenario, changes)


@transaction.atomic
def run_scenario(actor: Any, scenario: Scenario) -> Any:
    """Return the job that works the scenario out; None if its result is that of these changes already.

    Raises
    ------
    NotAllowed
        If it is another office's.
    WrongState
        If there is no plan to start from.
    """
    case, view = _own(actor, scenario), plan_in_force()
    if case.job is not None and case.job.state not in case.job.FINISHED:
        return case.job
    if case.is_worked_out(view.plan_id):
        return None
    case.job = jobs.start("scenario", actor, {"scenario": case.pk})
    case.save(update_fields=["job"])
    journal.record(actor=actor, subject=case, kind="scenario.run", data={"job": case.job.pk})
    return case.job


@transaction.atomic
def adopt_scenario(actor: Any, scenario: Scenario) -> StudyPlan:
    """Return the plan in force that the scenario's result has become.

    Raises
    ------
    NotAllowed
        If the actor is not of the city bureau.
    WrongState
        If it has no result of its changes to the plan in force.
    """
    require_role(actor, Role.CITY_BUREAU)
    view = plan_in_force()
    case = Scenario.objects.select_for_update().get(pk=scenario.pk)
    if case.base_id != view.plan_id or case.worked_changes != case.changes or not case.result:
        raise WrongState(text("Work the scenario out against the plan in force first"))
    changes = planning.read_changes(view.instance, case.changes)
    instance = planning.changed(view.instance, changes)
    return adopt_plan(
        actor, view_study(view), instance=instance, result=planning.kept_result(instance, case.result),
        baseline=planning.kept_result(instance, case.ranking), origin=StudyPlan.FROM_SCENARIO,
        conditions=(*view.conditions, *planning.changes_said(view.instance, changes)), note=case.name,
    )  # fmt: skip


def view_study(view: PlanningView) -> Any:
    """Return the study a plan belongs to."""
    return StudyPlan.objects.select_related("study").get(pk=view.plan_id).study


@transaction.atomic
def delete_scenario(actor: Any, scenario: Scenario) -> None:
    """Delete a scenario; the plan it may have become stays.

    Raises
    ------
    NotAllowed
        If it is another office's.
    """
    case = _own(actor, scenario)
    journal.record(actor=actor, subject=case, kind="scenario.deleted", data={})
    case.delete()


def _own(actor: Any, scenario: Scenario) -> Scenario:
    """Return the scenario, held for a change by somebody of its office."""
    if not may_change(actor, scenario):
        raise NotAllowed(text("This scenario is another office's; copy it to go on from it"))
    held = Scenario.objects.select_for_update(of=("self",)).select_related("job").filter(pk=scenario.pk)
    own = held.first()
    if own is None:
        raise UnknownItem(text("Somebody has deleted this scenario meanwhile"))
    return own


def _named(name: str) -> str:
    if not name.strip():
        raise InputFault(text("Give the scenario a name"))
    return name.strip()[:NAME_MOST]


def _count(stored: Mapping[str, Any]) -> int:
    return sum(len(value) if isinstance(value, list | dict) else 1 for value in stored.values())


def _check_choices(scenario: Scenario, view: PlanningView, changes: Changes) -> None:
    own = own_codes(scenario)
    if own is None:
        return
    for number in (*changes.pinned, *changes.forbidden, *changes.freed):
        code = view.instance.buildings.ids[number]
        if code not in own:
            raise NotAllowed(text("Building {code} is not yours to choose for", code=code))
