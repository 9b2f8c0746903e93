"""The plan a study goes by with the task it answers, ready to be asked; kept in memory once it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from fenhu import planning
from fenhu.errors import WrongState
from fenhu.planning import Instance, IntArray, PlanResult
from fenhu.web.works.models import StudyPlan
from fenhu.web.works.stored import texts_from
from fenhu.wording import Text, text

KEPT_IN_MEMORY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningView:
    """A plan in force: the ``number``-th of its study; arrays are shared, so nobody writes into them.

    ``year_of`` and ``baseline_year_of`` (the clerk's ranking) hold 0-based years, NO_YEAR where unplanned;
    ``conditions`` what the task takes for granted beyond the study.
    """

    plan_id: int
    study_id: int
    number: int
    origin: str
    instance: Instance
    result: PlanResult
    baseline: PlanResult
    year_of: IntArray
    baseline_year_of: IntArray
    conditions: tuple[Text, ...]
    versions: dict[str, str]
    made_at: datetime


def planning_of(study_id: int | None = None) -> PlanningView | None:
    """Return the plan in force of a study, the current one if not said; None where none was kept.

    Nobody's scope is asked: whoever shows it shows only the buildings its reader may see.

    Raises
    ------
    InputFault
        If what is stored is damaged or of a newer program.
    """
    plans = StudyPlan.objects.filter(in_force=True)
    plans = plans.filter(study=study_id) if study_id is not None else plans.filter(study__current=True)
    found = plans.values_list("pk", "made_at").first()
    return _read(*found) if found is not None else None


def plan_in_force() -> PlanningView:
    """Return the plan scenarios start from.

    Raises
    ------
    WrongState
        If none was kept.
    """
    view = planning_of()
    if view is None:
        raise WrongState(text("There is no plan to start from yet; let the bureau plan the city first"))
    return view


def plan_by_id(plan_id: int) -> PlanningView:
    """Return a plan that is or was in force; nobody's scope is asked."""
    return _read(*StudyPlan.objects.values_list("pk", "made_at").get(pk=plan_id))


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _read(plan_id: int, made_at: datetime) -> PlanningView:
    stored = StudyPlan.objects.get(pk=plan_id)
    instance = planning.kept_instance(bytes(stored.task))
    result = planning.kept_result(instance, stored.result)
    baseline = planning.kept_result(instance, stored.baseline)
    return PlanningView(
        plan_id=plan_id, study_id=stored.study_id, number=stored.number, origin=stored.origin,
        instance=instance, result=result, baseline=baseline, year_of=planning.years_array(result),
        baseline_year_of=planning.years_array(baseline), conditions=texts_from(stored.conditions),
        versions=stored.versions, made_at=made_at,
    )  # fmt: skip
