"""The year's plans, proposed from a study: one draft per supplier, for people to judge and file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from fenhu.programme import ANNUAL_PLAN
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import heat_suppliers
from fenhu.web.rules import current_policy
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem, BuildingOutcome, Study
from fenhu.wording import Text, text


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
