"""The plan, conversions and cases for other systems: a bounded piece after a place, never counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from fenhu.programme import CASE, PROJECT
from fenhu.web.access.scope import get_visible
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem, BuildingOutcome, Case, Project, Study
from fenhu.web.works.queries.steps import OpenStep, open_steps
from fenhu.wording import Text

_OF_OUTCOME = (
    "status", "planned_year", "priority", "priority_class", "cost_fen", "shares", "before_mean_c",
    "before_min_c", "before_below_18", "after_mean_c", "after_min_c", "after_below_18",
)  # fmt: skip
_RENAMED = {"planned_year": "year", "code": "building"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedPlan:
    """The plan that is gone by: which one it is, by which rules, and since when."""

    number: int
    origin: str
    policy: str
    policy_version: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFeed:
    """One conversion and the step it is at."""

    id: int
    building: str
    year: int
    state: str
    state_label: Text
    since: date | None
    version: int
    supplier: str
    contractor: str
    policy: str
    started_on: date | None
    finished_on: date | None
    accepted_on: date | None
    in_use_on: date | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFeed:
    """One case and the step it is at; what it is about in words stays on its page."""

    id: int
    building: str
    flat: str | None
    kind: str
    state: str
    state_label: Text
    since: date | None
    version: int
    opened_on: date | None
    settled_on: date | None
    escalated: bool
    liable: str


def adopted_plan() -> AdoptedPlan | None:
    """Return the plan that is gone by, None where the city was never planned."""
    study = Study.objects.filter(current=True).first()
    plan = study.plans.filter(in_force=True).defer("task", "result", "baseline").first() if study else None
    if study is None or plan is None:
        return None
    return AdoptedPlan(
        number=plan.number, origin=plan.origin, policy=study.policy_id, policy_version=study.policy_version,
        made_at=plan.made_at,
    )  # fmt: skip


def planned_after(
    user: Any, *, after: str, limit: int, year: int | None, unplanned: bool
) -> list[dict[str, Any]]:
    """Return what the study found out about buildings ``user`` may see, by number, beginning after one."""
    seen = BuildingOutcome.objects.visible_to(user).filter(study__current=True, building__code__gt=after)
    if year is not None:
        seen = seen.filter(planned_year=year)
    elif unplanned:
        seen = seen.filter(planned_year=None)
    rows = seen.order_by("building__code").values(*_OF_OUTCOME, code=F("building__code"))[:limit]
    return [{_RENAMED.get(key, key): value for key, value in row.items()} for row in rows]


def items_after(user: Any, plan_id: int, *, after: str, limit: int) -> list[dict[str, Any]]:
    """Return the buildings on an annual plan that ``user`` may see, by number, beginning after one.

    Raises
    ------
    django.http.Http404
        If there is no such plan, or it is not the user's to see.
    """
    plan = get_visible(AnnualPlan, user, pk=plan_id)
    seen = AnnualPlanItem.objects.visible_to(user).filter(plan=plan, building__code__gt=after)
    rows = seen.order_by("building__code").values("objection", code=F("building__code"))[:limit]
    return [{"building": row["code"], "objection": row["objection"]} for row in rows]


def projects_after(user: Any, *, after: int, limit: int, asked: Mapping[str, Any]) -> list[ProjectFeed]:
    """Return the conversions ``user`` may see, in the order they were opened, beginning after one."""
    seen = Project.objects.visible_to(user).filter(pk__gt=after, **asked).order_by("pk")
    return [_project(one) for one in seen.select_related("building__supplier", "contractor")[:limit]]


def project_feed(user: Any, code: str) -> tuple[ProjectFeed, tuple[OpenStep, ...]]:
    """Return the living conversion of a building and the steps open to ``user``.

    Raises
    ------
    django.http.Http404
        If the building has none, or it is not the user's to see.
    """
    living = Project.objects.exclude(state="withdrawn").select_related("building__supplier", "contractor")
    found = get_visible(living, user, building__code=code)
    return _project(found), open_steps(user, found)


def cases_after(user: Any, *, after: int, limit: int, asked: Mapping[str, Any]) -> list[CaseFeed]:
    """Return the cases ``user`` may see, in the order they were opened, beginning after one."""
    seen = Case.objects.visible_to(user).filter(pk__gt=after, **asked).order_by("pk")
    return [_case(one) for one in seen.select_related("building", "flat")[:limit]]


def _project(project: Project) -> ProjectFeed:
    return ProjectFeed(
        id=project.pk, building=project.building.code, year=project.year, state=project.state,
        state_label=PROJECT.states[project.state], since=project.since, version=project.version,
        supplier=project.building.supplier.name,
        contractor=project.contractor.name if project.contractor else "", policy=project.policy,
        started_on=project.started_on, finished_on=project.finished_on, accepted_on=project.accepted_on,
        in_use_on=project.in_use_on, late=project.late,
    )  # fmt: skip


def _case(case: Case) -> CaseFeed:
    return CaseFeed(
        id=case.pk, building=case.building.code, flat=case.flat.flat_id if case.flat else None,
        kind=case.kind, state=case.state, state_label=CASE.states[case.state], since=case.since,
        version=case.version, opened_on=case.opened_on, settled_on=case.settled_on,
        escalated=case.escalated, liable=case.liable,
    )  # fmt: skip
