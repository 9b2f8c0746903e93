"""《供热分户控制改造楼栋明细表》 of a year or of one annual plan, from what is stored."""

from __future__ import annotations

from typing import Any

from fenhu.papers import NamedAssumption, Schedule, ScheduleRow, ScheduleYear
from fenhu.records import Register
from fenhu.study import schedule_row
from fenhu.web import clock
from fenhu.web.access.scope import ScopedQuerySet, get_visible
from fenhu.web.registry.queries import register_of, visible_buildings
from fenhu.web.rules import current_policy
from fenhu.web.works.models import AnnualPlan, BuildingOutcome, Study
from fenhu.web.works.stored import criteria_from, shares_from, texts_from
from fenhu.wording import Text, text


def year_schedule(user: Any, year: int) -> Schedule:
    """Return the schedule of the buildings planned for ``year`` that ``user`` may see."""
    planned = visible_buildings(user).filter(outcomes__study__current=True, outcomes__planned_year=year)
    return _schedule(user, year, planned)


def plan_schedule(user: Any, plan_id: int) -> Schedule:
    """Return the schedule that is filed with an annual plan.

    Raises
    ------
    django.http.Http404
        If there is no such plan, or it is not the user's to see.
    """
    plan = get_visible(AnnualPlan, user, pk=plan_id)
    return _schedule(user, plan.year, visible_buildings(user).filter(plan_items__plan=plan))


def _schedule(user: Any, year: int, buildings: ScopedQuerySet) -> Schedule:
    policy = current_policy()
    register = register_of(buildings)
    study = Study.objects.filter(current=True).first()
    return Schedule(
        city=policy.city.name,
        basis=text("{title} ({document})", title=policy.title, document=policy.document),
        years=(ScheduleYear(year=year, rows=_rows(register, _outcomes(user, register), year)),),
        supplier=_only_supplier(register),
        prepared_by=str(user),
        prepared_on=clock.today(),
        policy_id=study.policy_id if study else policy.id,
        policy_version=study.policy_version if study else policy.version,
        policy_digest=study.policy_digest if study else policy.digest,
        synthetic=register.synthetic,
        assumptions=assumptions_of(study),
    )


def _outcomes(user: Any, register: Register) -> dict[str, BuildingOutcome]:
    """Return what the study says of each building; one added since says nothing yet."""
    codes = [record.code for record in register.buildings]
    found = BuildingOutcome.objects.visible_to(user).filter(study__current=True, building__code__in=codes)
    kept = found.select_related("building").only(
        "building__code", "shares", "priority", "reasons", "criteria"
    )
    unjudged = {code: BuildingOutcome(priority=0.0) for code in codes}
    return unjudged | {outcome.building.code: outcome for outcome in kept}


def _rows(register: Register, outcomes: dict[str, BuildingOutcome], year: int) -> tuple[ScheduleRow, ...]:
    flats = register.flats_by_building()
    return tuple(
        schedule_row(
            record,
            flats[record.code],
            year,
            policy=current_policy(),
            cost_fen=shares_from(outcomes[record.code].shares),
            priority=outcomes[record.code].priority,
            reasons=texts_from(outcomes[record.code].reasons),
            criteria=criteria_from(outcomes[record.code].criteria),
        )
        for record in register.buildings
    )


def _only_supplier(register: Register) -> str:
    """Return the supplier's name where all buildings are his, as on the schedule he files."""
    suppliers = {record.supplier for record in register.buildings}
    return suppliers.pop() if len(suppliers) == 1 else ""


def assumptions_of(study: Study | None) -> tuple[NamedAssumption, ...]:
    rows = study.summary.get("assumptions", []) if study else []
    return tuple(
        NamedAssumption(
            key=row["key"], value=row["value"], clause=row["clause"], reason=Text.from_json(row["reason"])
        )
        for row in rows
    )
