"""What webhooks tell: one row an event, with the journal's kinds it follows and what it says of the subject.

Nothing personal is told: numbers, states and ids, by which the listener reads the rest with its token.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fenhu.programme import ANNUAL_PLAN, CASE, PROJECT, Role, Workflow
from fenhu.web.api.rights import RIGHTS
from fenhu.wording import Text, text

Told = Callable[[Any, Mapping[str, Any]], dict[str, Any]]
TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that can happen.

    ``roles``: who is told although the subject has no scope of its own; empty: whoever may see the subject.
    """

    name: str
    label: Text
    kinds: tuple[str, ...]
    told: Told
    roles: tuple[Role, ...] = ()


def _steps(workflow: Workflow) -> tuple[str, ...]:
    return tuple(f"{workflow.name}.{step.name}" for step in workflow.steps)


def _moved(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"from": data["from"], "to": data["to"], "version": data["version"]}


def _plan(study: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"number": data["number"], "origin": data["origin"], "buildings_moved": data["moved"]}


def _annual_plan(plan: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": plan.pk, "supplier": plan.supplier.name, "year": plan.year} | _moved(data)


def _project(project: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": project.pk, "building": project.building.code, "year": project.year} | _moved(data)


def _case(case: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": case.pk, "building": case.building.code, "kind": case.kind} | _moved(data)


def _paper(document: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    building = document.building.code if document.building else ""
    return {"id": document.pk, "number": document.number.words, "kind": document.number.kind,
            "building": building}  # fmt: skip


def _batch(batch: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": batch.pk, "taken": data["taken"], "known": data["known"]}


def _rows(subject: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"rows": data["rows"]}


_PLANS = RIGHTS["plan:read"].roles
EVENTS: Mapping[str, Event] = {
    event.name: event
    for event in (
        Event(name="plan.adopted", label=text("Another plan came into force"), kinds=("study.plan_adopted",),
              told=_plan, roles=_PLANS),
        Event(name="annual_plan.step", label=text("An annual plan took a step"), kinds=_steps(ANNUAL_PLAN),
              told=_annual_plan),
        Event(name="project.step", label=text("A conversion took a step"), kinds=_steps(PROJECT),
              told=_project),
        Event(name="case.step", label=text("A case took a step"), kinds=_steps(CASE), told=_case),
        Event(name="paper.issued", label=text("A paper was issued"), kinds=("document.issued",), told=_paper),
        Event(name="paper.ended", label=text("A paper was replaced or withdrawn"),
              kinds=("document.replaced", "document.withdrawn"), told=_paper),
        Event(name="readings.accepted", label=text("Meter readings were taken in"),
              kinds=("metering.readings",), told=_batch),
        Event(name="temperatures.accepted", label=text("Temperatures were taken in"),
              kinds=("metering.temperatures",), told=_batch),
        Event(name="register.changed", label=text("The register was changed"),
              kinds=("register.changed", "register.imported", "upload.applied"), told=_rows,
              roles=(Role.CITY_BUREAU,)),
    )
}  # fmt: skip
