"""Putting buildings on a supplier's own plan and taking them off, while it is his to change."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import ANNUAL_PLAN, Role
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem
from fenhu.web.works.subjects import overtaken
from fenhu.wording import text

CHANGEABLE = ("draft", "returned", "amending")


def may_list(user: Any, plan: AnnualPlan) -> bool:
    """Return whether ``user`` may change which buildings stand on ``plan`` now."""
    return plan.state in CHANGEABLE and _is_his(user, plan)


def _is_his(user: Any, plan: AnnualPlan) -> bool:
    own = [grant for grant in grants_of(user) if grant.role == Role.HEAT_SUPPLIER]
    return AnnualPlan.objects.filter(pk=plan.pk).covered_by(own).exists()


@transaction.atomic
def add_building(actor: Any, plan: AnnualPlan, code: str, *, version: int) -> AnnualPlan:
    """Return the plan after one of the supplier's buildings was put on it.

    Raises
    ------
    NotAllowed
        If the plan is not the actor's to change.
    WrongState
        If the plan left his hands, or the building stands on another plan.
    Conflict
        If the plan changed since he looked.
    InputFault
        If he heats no building of that number.
    """
    case = changeable(actor, plan, version)
    building = visible_buildings(actor).filter(code=code.strip(), supplier=case.supplier_id).first()
    if building is None:
        raise InputFault(text("You heat no building with the number {code}", code=code.strip()))
    other = AnnualPlanItem.objects.filter(building=building).select_related("plan").first()
    if other is not None:
        raise WrongState(text(
            "Building {code} stands on the plan of {year} already",
            code=building.code, year=str(other.plan.year),
        ))  # fmt: skip
    reason = text("Put on the plan by the supplier, beside what the study proposed")
    AnnualPlanItem.objects.create(plan=case, building=building, reason=[reason.to_json()])
    return _changed(actor, case, "added", building.code)


@transaction.atomic
def remove_building(actor: Any, plan: AnnualPlan, code: str, *, version: int) -> AnnualPlan:
    """Return the plan after a building was taken off it.

    Raises
    ------
    NotAllowed
        If the plan is not the actor's to change.
    WrongState
        If the plan left his hands.
    Conflict
        If the plan changed since he looked.
    InputFault
        If the building does not stand on it.
    """
    case = changeable(actor, plan, version)
    if not AnnualPlanItem.objects.filter(plan=case, building__code=code).delete()[0]:
        raise InputFault(text("Building {code} does not stand on this plan", code=code))
    return _changed(actor, case, "removed", code)


def changeable(actor: Any, plan: AnnualPlan, version: int) -> AnnualPlan:
    """Return the plan, locked, if it is the actor's to change now.

    Raises
    ------
    NotAllowed
        If it is not his.
    Conflict
        If it changed since he looked.
    WrongState
        If it left his hands.
    """
    if not _is_his(actor, plan):
        raise NotAllowed(text("Only the supplier whose plan this is can change its list"))
    case = AnnualPlan.objects.select_for_update().get(pk=plan.pk)
    if case.version != version:
        raise overtaken(ANNUAL_PLAN, case)
    if case.state not in CHANGEABLE:
        raise WrongState(text(
            "The plan is “{state}”; its list can be changed only before it is filed, after it was returned,"
            " or while it is amended",
            state=ANNUAL_PLAN.states[case.state],
        ))  # fmt: skip
    return case


def _changed(actor: Any, case: AnnualPlan, what: str, code: str) -> AnnualPlan:
    untouched = AnnualPlan.objects.filter(pk=case.pk, version=case.version, state=case.state)
    if not untouched.update(version=case.version + 1):
        raise overtaken(ANNUAL_PLAN, case)
    data = {"building": code, "version": case.version + 1}
    journal.record(actor=actor, subject=case, kind=f"annual_plan.{what}", data=data)
    case.refresh_from_db()
    return case
