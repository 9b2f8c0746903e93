"""The year's plans, proposed from a study: one draft per supplier, for people to judge and file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from fenhu.errors import WrongState
from fenhu.programme import ANNUAL_PLAN, Role
from fenhu.web.access.gates import require_role
from fenhu.web.access.scope import ScopedQuerySet, grants_of
from fenhu.web.jobs import queries as job_queries
from fenhu.web.jobs import services as jobs
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import heat_suppliers
from fenhu.web.rules import current_policy
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem, BuildingOutcome, Study
from fenhu.wording import Text, text


@transaction.atomic
def plan_the_city(actor: Any) -> Any:
    """Return the job that diagnoses every building of the register and makes the city's first plan.

    Raises
    ------
    WrongState
        If there is a plan already.
    NotAllowed
        If the actor is not of the city bureau.
    """
    if Study.objects.filter(current=True).exists():
        raise WrongState(text("There is a plan already; make it again from what stands, under “Plan again”"))
    running = job_queries.newest_of("study", {}, user=actor)
    if running is not None and not running.finished:
        return job_queries.job_for(actor, running.id)
    return jobs.start("study", actor)


@transaction.atomic
def take_proposal(actor: Any, year: int) -> AnnualPlan:
    """Return the actor's draft of a year's plan, with the buildings the plan in force has for it.

    Raises
    ------
    NotAllowed
        If the actor is no heat supplier.
    WrongState
        If there is no plan in force, it has nothing of his for the year, or his plan of the year is there.
    """
    require_role(actor, Role.HEAT_SUPPLIER)
    study = Study.objects.filter(current=True).first()
    supplier = own_supplier(actor)
    assert supplier is not None
    if AnnualPlan.objects.filter(supplier=supplier, year=year).exists():
        raise WrongState(text("Your plan of {year} is there already; change its list", year=str(year)))
    outcomes = list(proposed(supplier.pk, year))
    if study is None or not outcomes:
        raise WrongState(text("The plan in force has no building of yours for {year}", year=str(year)))
    made = _draft(study, year, supplier, outcomes)
    assert made is not None
    journal.record(
        actor=actor, subject=made, kind="annual_plan.taken", data={"year": year, "buildings": len(outcomes)}
    )
    return made


def own_supplier(user: Any) -> Any:
    """Return the heat supplier ``user`` acts for, None where he acts for none."""
    acting = (grant.organisation for grant in grants_of(user) if grant.role == Role.HEAT_SUPPLIER)
    return next(acting, None)


def proposed(supplier_id: int, year: int) -> ScopedQuerySet:
    """Return what the plan in force has for a supplier and year and no plan lists, most urgent first."""
    outcomes = BuildingOutcome.objects.filter(study__current=True, planned_year=year)
    own = outcomes.filter(building__supplier=supplier_id, building__plan_items=None)
    return own.select_related("building").order_by("-priority", "building__code")


@transaction.atomic
def propose_annual_plans(study: Study, year: int, *, actor: Any = None) -> tuple[AnnualPlan, ...]:
    """Return the drafts of ``year`` made from the study; plans that left the draft stay as they are."""
    planned: dict[int, list[BuildingOutcome]] = {}
    outcomes = BuildingOutcome.objects.filter(study=study, planned_year=year).select_related("building")
    for outcome in outcomes.order_by("-priority", "building__code"):
        planned.setdefault(outcome.building.supplier_id, []).append(outcome)
    drafts = [
        _draft(study, year, supplier, planned[supplier.pk])
        for supplier in heat_suppliers()
        if supplier.pk in planned
    ]
    made = tuple(draft for draft in drafts if draft is not None)
    journal.record(
        actor=actor, subject=study, kind="annual_plan.proposed", data={"year": year, "plans": len(made)}
    )
    return made


def _draft(study: Study, year: int, supplier: Any, outcomes: list[BuildingOutcome]) -> AnnualPlan | None:
    scheme = str(draft_scheme(supplier.name, year, outcomes))
    plan, new = AnnualPlan.objects.get_or_create(
        supplier=supplier, year=year, defaults={"study": study, "scheme": scheme}
    )
    if plan.state != ANNUAL_PLAN.initial:
        return None
    if not new:
        AnnualPlan.objects.filter(pk=plan.pk).update(study=study, scheme=scheme, version=plan.version + 1)
        plan.items.all().delete()
    AnnualPlanItem.objects.bulk_create(
        AnnualPlanItem(plan=plan, building=outcome.building, reason=outcome.reasons) for outcome in outcomes
    )
    return plan


def draft_scheme(supplier: str, year: int, outcomes: Sequence[BuildingOutcome]) -> Text:
    """Return the first words of a supplier's implementation scheme; the supplier goes on from there."""
    calendar = current_policy().calendar
    return text(
        "In {year}, {supplier} converts {buildings} buildings with {flats} flats to per-household heating."
        " Works begin after the heating season and are done by {done}. Order of the works, teams, and how"
        " safety and quality are watched over: to be filled in by the supplier.",
        year=str(year), supplier=supplier, buildings=len(outcomes),
        flats=sum(one.building.flat_count for one in outcomes),
        done=calendar.completion_deadline(year).isoformat(),
    )  # fmt: skip
