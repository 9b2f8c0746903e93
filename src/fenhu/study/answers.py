"""What the chain has to say: the fixed JSON of the commands, and the sentence a reader came for."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu import planning, stock
from fenhu.records import Diagnosis, HeatSummary
from fenhu.study.asking import Asked, asked_json
from fenhu.study.assumed import assumptions
from fenhu.study.chain import Study
from fenhu.study.diagnosing import Diagnosed
from fenhu.study.replanning import replan_json
from fenhu.study.risk import pace_json, pace_of_study, risk_json
from fenhu.study.scenarios import WhatIf, what_if_json
from fenhu.study.yearly import YearOfPlan, plan_years
from fenhu.wording import Text, text

# Where missed rules eat up what a plan is worth, the gap in percent of it says nothing any more.
TELLS_NOTHING = 1.0


def diagnosis_json(diagnosed: Diagnosed, explained: Mapping[str, stock.Explained]) -> dict[str, object]:
    """Return the fixed JSON of ``fenhu diagnose``: every diagnosis, and what explains the measured rooms."""
    return {
        "buildings": [_building_json(one) for one in diagnosed.diagnoses.values()],
        "explained": [_explained_json(one) for one in explained.values()],
    }


def plan_json(
    study: Study,
    asked: Asked | None = None,
    risk: planning.Secured | None = None,
    tried: WhatIf | None = None,
) -> dict[str, object]:
    """Return the plan in the fixed JSON of ``fenhu plan REGISTER``.

    What was ``asked``, its risk and the scenarios ``tried`` are keys of their own, if there are any.
    """
    plan = study.plan
    return {
        "status": plan.status,
        "stopped_by": plan.stopped_by,
        "gap": plan.gap,
        "objective": plan.objective,
        "bound": plan.bound,
        "years": [_year_json(one) for one in plan_years(study)],
        "unplanned": [
            {"code": code, "reason": " ".join(str(reason) for reason in study.reasons[code])}
            for code, year in study.year_of.items()
            if year is None
        ],
        "shortfalls": [str(one.text) for one in plan.shortfalls],
        "assumed": [
            {"key": one.key, "value": one.value, "reason": str(one.reason)} for one in assumptions(study)
        ],
        "cost": study.settings.cost,
        "not_designed": [
            {"code": code, "reason": str(one.not_designed)}
            for code, one in study.priced.items()
            if one.not_designed
        ],
        "policy": {"id": study.policy.id, "version": study.policy.version, "digest": study.policy.digest},
        "seed": study.settings.seed,
        "effort": study.settings.effort,
        "baseline_objective": study.plan.baseline,
        "synthetic": study.register.synthetic,
        "pace": pace_json(pace_of_study(study)),
        **(asked_json(study.task.instance, asked) if asked else {}),
        **(replan_json(study.again) if study.again else {}),
        **({"risk": risk_json(study.task.instance, risk)} if risk else {}),
        **({"what_if": what_if_json(tried)} if tried else {}),
    }


def verdict(plan: planning.PlanResult) -> Text:
    """Return how good a plan is proven to be, in one sentence."""
    if plan.status == "optimal":
        return text("The best plan there is, proven: {objective}.", objective=f"{plan.objective:,.1f}")
    if plan.gap >= TELLS_NOTHING:
        return text(
            "Best plan found: {objective}; no plan is worth more than {bound}.",
            objective=f"{plan.objective:,.1f}",
            bound=f"{plan.bound:,.1f}",
        )
    return text(
        "Best plan found: {objective}, proven within {gap} % of the best possible.",
        objective=f"{plan.objective:,.1f}",
        gap=f"{100 * plan.gap:.1f}",
    )


def answer(study: Study) -> Text:
    """Return what the plan does, in one sentence."""
    years = plan_years(study)
    return text(
        "{buildings} of {stock} buildings with {flats} flats in {first}–{last}; {verdict}",
        buildings=sum(len(one.rows) for one in years),
        stock=len(study.register.buildings),
        flats=sum(one.flats for one in years),
        first=str(years[0].year),
        last=str(years[-1].year),
        verdict=verdict(study.plan),
    )


def _year_json(year: YearOfPlan) -> dict[str, object]:
    return {
        "year": year.year,
        "buildings": [row.code for row in year.rows],
        "flats": year.flats,
        "area_m2": round(year.area_m2, 2),
        "fen": {str(payer): fen for payer, fen in year.cost_fen.items()},
    }


def _building_json(diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "code": diagnosis.code,
        "status": diagnosis.status,
        "before": _heat_json(diagnosis.before),
        "after": _heat_json(diagnosis.after),
        "criteria": [
            {"code": one.code, "met": one.met, "evidence": str(one.evidence)} for one in diagnosis.criteria
        ],
        "priority": round(diagnosis.priority, 6),
    }


def _explained_json(found: stock.Explained) -> dict[str, object]:
    return {
        "code": found.code,
        "status": found.status,
        "measured": found.measured,
        "sentences": [str(one) for one in found.sentences],
    }


def _heat_json(heat: HeatSummary | None) -> dict[str, float | int] | None:
    if heat is None:
        return None
    return {"mean_c": round(heat.mean_c, 3), "min_c": round(heat.min_c, 3), "below_18": heat.below_18}
