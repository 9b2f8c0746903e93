"""What is said of an annual plan: its scheme, why a building is returned, why one is left out."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import ANNUAL_PLAN, Role
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.works.listing import changeable
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem, LeftOut
from fenhu.web.works.subjects import overtaken
from fenhu.wording import text

JUDGED = ("filed", "amended")


@transaction.atomic
def object_to(actor: Any, plan: AnnualPlan, code: str, *, reason: str, version: int) -> AnnualPlan:
    """Return the plan with one building marked to be returned; an empty reason lifts the mark.

    Raises
    ------
    NotAllowed
        If the plan is not the actor's to judge.
    WrongState
        If the plan is not filed.
    Conflict
        If the plan changed since he looked.
    InputFault
        If the building does not stand on it.
    """
    judges = [grant for grant in grants_of(actor) if grant.role == Role.CITY_BUREAU]
    if not AnnualPlan.objects.filter(pk=plan.pk).covered_by(judges).exists():
        raise NotAllowed(text("Only the city construction bureau judges plans"))
    case = AnnualPlan.objects.select_for_update().get(pk=plan.pk)
    if case.version != version:
        raise overtaken(ANNUAL_PLAN, case)
    if case.state not in JUDGED:
        raise WrongState(text("The plan is “{state}”", state=ANNUAL_PLAN.states[case.state]))
    if not AnnualPlanItem.objects.filter(plan=case, building__code=code).update(objection=reason.strip()):
        raise InputFault(text("Building {code} does not stand on this plan", code=code))
    kind = "annual_plan.objected" if reason.strip() else "annual_plan.objection_lifted"
    data: dict[str, object] = {"building": code}
    if reason.strip():
        data["note"] = journal.personal(journal.subject_name(case), reason.strip())
    journal.record(actor=actor, subject=case, kind=kind, data=data)
    return case


@transaction.atomic
def explain_left_out(actor: Any, plan: AnnualPlan, code: str, *, reason: str, version: int) -> AnnualPlan:
    """Return the plan with the reason why a building of the priority class is not on it (clause 三（二）).

    Raises
    ------
    NotAllowed, WrongState, Conflict
        As ``add_building``.
    InputFault
        If the actor heats no such building, or the reason is missing.
    """
    case = changeable(actor, plan, version)
    building = visible_buildings(actor).filter(code=code, supplier=case.supplier_id).first()
    if building is None:
        raise InputFault(text("You heat no building with the number {code}", code=code))
    if not reason.strip():
        raise InputFault(text("Write why building {code} is left out", code=code))
    LeftOut.objects.update_or_create(plan=case, building=building, defaults={"reason": reason.strip()})
    kept = {"building": code, "note": journal.personal(journal.subject_name(case), reason.strip())}
    journal.record(actor=actor, subject=case, kind="annual_plan.left_out", data=kept)
    return case


@transaction.atomic
def write_scheme(actor: Any, plan: AnnualPlan, *, scheme: str, version: int) -> AnnualPlan:
    """Return the plan with its implementation scheme (clause 三（二）).

    Raises
    ------
    NotAllowed, WrongState, Conflict
        As ``add_building``.
    InputFault
        If the scheme is empty.
    """
    case = changeable(actor, plan, version)
    if not scheme.strip():
        raise InputFault(text("The implementation scheme is empty"))
    AnnualPlan.objects.filter(pk=case.pk).update(scheme=scheme.strip())
    journal.record(actor=actor, subject=case, kind="annual_plan.scheme", data={"length": len(scheme.strip())})
    case.refresh_from_db()
    return case
