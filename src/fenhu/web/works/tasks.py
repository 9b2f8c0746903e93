"""The chain over the whole city, what-if scenarios, plans made again and their risk, as background work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fenhu.study import Settings, run_study
from fenhu.web.exchange.queries import touched_buildings
from fenhu.web.registry.queries import register_from_database
from fenhu.web.rules import current_policy
from fenhu.web.works.models import PlanRisk, Project, Replan, Scenario
from fenhu.web.works.queries.planning import plan_in_force
from fenhu.web.works.replanning import work_out_replan, work_out_risk
from fenhu.web.works.services import diagnose_again, store_study
from fenhu.web.works.working_out import Report, work_out
from fenhu.wording import Text, text


def study(
    params: Mapping[str, Any], actor: Any, report: Callable[[Text, int, int], None]
) -> Callable[[], dict[str, Any]]:
    """Diagnose and plan the stored register; what is returned makes the result the current study."""
    report(text("Reading the register"), 0, 1)
    register = register_from_database()
    by_owners = Project.objects.filter(owner_converts=True).values_list("building__code", flat=True)
    result = run_study(
        register, current_policy(), settings=Settings(**params), owner_converts=frozenset(by_owners),
        progress=report,
    )  # fmt: skip
    report(text("Keeping the result"), 0, 1)
    return lambda: {"study": store_study(result, actor=actor).pk}


def diagnosis(
    params: Mapping[str, Any], actor: Any, report: Callable[[Text, int, int], None]
) -> dict[str, Any]:
    """Diagnose and price what an imported file changed, in the current study."""
    codes = touched_buildings(params["upload"])
    return {"buildings": diagnose_again(codes, actor=actor, progress=report)}


def scenario(params: Mapping[str, Any], actor: Any, report: Report) -> dict[str, Any]:
    """Work a scenario out unless it is; stopped, it keeps the best plan so far."""
    case = Scenario.objects.select_related("owner").get(pk=params["scenario"])
    if not case.is_worked_out(plan_in_force().plan_id):
        case = work_out(case, report)
    return {"scenario": case.pk, "stopped_by": case.result["stopped_by"]}


def replan(params: Mapping[str, Any], actor: Any, report: Report) -> dict[str, Any]:
    """Make a plan again unless it is made; stopped, it keeps the best plan so far."""
    case = Replan.objects.select_related("owner").get(pk=params["replan"])
    if not case.finished_at:
        case = work_out_replan(case, report)
    return {"replan": case.pk}


def risk(params: Mapping[str, Any], actor: Any, report: Report) -> dict[str, Any]:
    """Try a plan in drawn scenarios unless it was, and find one that holds in nine of ten."""
    trial = PlanRisk.objects.select_related("owner").get(plan=params["risk"])
    if not trial.answer:
        trial = work_out_risk(trial, report)
    return {"risk": trial.plan_id}
