"""The plan a study goes by: kept with the task it answers, replaced by a better one, the old one kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from django.db import transaction

from fenhu import __version__, planning
from fenhu.errors import InputFault, WrongState
from fenhu.programme import Role
from fenhu.study import PlannedBuilding, buildings_of_plan
from fenhu.web.access.gates import require_role
from fenhu.web.journal import services as journal
from fenhu.web.works.models import BuildingOutcome, Study, StudyPlan
from fenhu.web.works.stored import of_diagnosis, texts_from, texts_json
from fenhu.wording import Text, text

BATCH = 200
SOLVERS = ("highspy", "numba")


def keep_plan(
    study: Study,
    instance: planning.Instance,
    result: planning.PlanResult,
    baseline: planning.PlanResult,
    *,
    origin: str = StudyPlan.FROM_STUDY,
    conditions: Sequence[Text] = (),
    note: str = "",
    actor: Any = None,
) -> StudyPlan:
    """Return the plan the study goes by from now on; plans it went by before stay."""
    study.plans.filter(in_force=True).update(in_force=False)
    return StudyPlan.objects.create(
        study=study, number=study.plans.count() + 1, origin=origin, task=planning.keep_instance(instance),
        result=planning.keep_result(result), baseline=planning.keep_result(baseline),
        versions={"fenhu": __version__} | {name: version(name) for name in SOLVERS},
        conditions=texts_json(conditions), note=note, made_by=actor,
    )  # fmt: skip


@transaction.atomic
def adopt_plan(
    actor: Any,
    study: Study,
    *,
    instance: planning.Instance,
    result: planning.PlanResult,
    baseline: planning.PlanResult,
    origin: str,
    conditions: Sequence[Text] = (),
    note: str = "",
) -> StudyPlan:
    """Return the plan that takes the place of the current study's; buildings get its years and reasons.

    Plans that were filed or approved stay as they are; only what is proposed from now on follows.

    Parameters
    ----------
    instance
        The task ``result`` answers; its buildings are those of the study, in any order.
    conditions
        What the plan takes for granted beyond the study, in words.

    Raises
    ------
    NotAllowed
        If the actor is not of the city bureau.
    WrongState
        If the study is not the current one.
    InputFault
        If the task's buildings are not those of the study, or the plan breaks a limit that may not be missed.
    """
    require_role(actor, Role.CITY_BUREAU)
    if not Study.objects.select_for_update().filter(pk=study.pk, current=True).exists():
        raise WrongState(text("The city was planned anew since; start again from the plan that is in force"))
    outcomes, planned = _outcomes(study), buildings_of_plan(instance, result)
    if outcomes.keys() != planned.keys():
        raise InputFault(text("The plan speaks of other buildings than the study; plan the city anew"))
    broken = planning.violations(instance, planning.years_array(result))
    if broken:
        raise InputFault(broken[0].text)
    kept = keep_plan(study, instance, result, baseline, origin=origin, conditions=conditions, note=note,
                     actor=actor)  # fmt: skip
    moved = _write_years(outcomes, planned)
    data: dict[str, Any] = {"number": kept.number, "origin": origin, "moved": moved, "status": result.status}
    if note.strip():
        data["note"] = journal.personal(journal.subject_name(study), note.strip())
    journal.record(actor=actor, subject=study, kind="study.plan_adopted", data=data)
    return kept


def _outcomes(study: Study) -> dict[str, BuildingOutcome]:
    rows = study.outcomes.select_related("building").only(
        "planned_year", "reasons", "cause", "building__code"
    )
    return {row.building.code: row for row in rows}


def _write_years(outcomes: Mapping[str, BuildingOutcome], planned: Mapping[str, PlannedBuilding]) -> int:
    """Give every building its year, reasons and cause; return how many have another year than before."""
    moved = 0
    for code, row in outcomes.items():
        plan = planned[code]
        moved += row.planned_year != plan.year
        diagnosed = [reason for reason in texts_from(row.reasons) if of_diagnosis(reason)]
        row.planned_year, row.reasons = plan.year, texts_json((*plan.reasons, *diagnosed))
        row.cause = plan.cause.to_json() if plan.cause else None
    BuildingOutcome.objects.bulk_update(
        list(outcomes.values()), ["planned_year", "reasons", "cause"], batch_size=BATCH
    )
    return moved
