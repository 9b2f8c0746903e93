"""Long answers about the plan in force: one building in full; limits, money and rules of the whole plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fenhu import planning, study
from fenhu.planning import LEXICOGRAPHIC, NO_YEAR, Forced, Help, Instance, RulePrice, Why
from fenhu.web.works.queries.planning import PlanningView, planning_of
from fenhu.wording import Text, text

MOST_TRIED = 4

Report = Callable[[Text, int, int], None]


def why(params: Mapping[str, Any], actor: Any, report: Report) -> dict[str, Any]:
    """Answer what it would take for one building to have another year; nothing where it is not planned."""
    view = planning_of()
    if view is None:
        return {"items": []}
    items = study.items_asked(view.instance.buildings.ids, [params["code"]], study.houses_of(view.instance))
    answers = []
    for number, (code, item) in enumerate(items.items()):
        report(text("Planning again around {code}", code=code), number, len(items))
        answers.append(_why_json(view.instance, code, planning.why(
            view.instance, view.year_of, item, goal=LEXICOGRAPHIC, seed=view.result.seed,
        )))  # fmt: skip
    return {"items": answers}


def limits(params: Mapping[str, Any], actor: Any, report: Report) -> dict[str, Any]:
    """Answer what stands in the plan's way, what money and crews are worth and what rules cost."""
    view = planning_of()
    if view is None:
        return {"purses": [], "rules": [], "helps": []}
    seed = view.result.seed
    report(text("Pricing purses and crews"), 0, 1)
    purses = _purses(view, report)

    def rule(done: int, total: int) -> None:
        report(text("Planning again without one rule after the other"), done, total)

    rules = planning.rule_prices(view.instance, view.year_of, goal=LEXICOGRAPHIC, seed=seed, progress=rule)

    def way(done: int, total: int) -> None:
        report(text("Looking for ways out"), done, total)

    helps = planning.help_for(view.instance, view.year_of, seed=seed, progress=way)
    return {
        "purses": purses,
        "rules": [_rule_json(one) for one in rules],
        "helps": [_help_json(view.instance, one) for one in helps],
    }


def _purses(view: PlanningView, report: Report) -> list[dict[str, Any]]:
    instance = view.instance
    values = planning.purse_values(instance)
    dearest = sorted((one for one in values if one.worth > 0.0), key=lambda one: -one.worth)[:MOST_TRIED]
    tried = {}
    for number, one in enumerate(dearest):
        report(text("Planning again with more money and crews"), number, len(dearest))
        found = planning.try_more(
            instance, view.year_of, one.source, one.scope, one.year, goal=LEXICOGRAPHIC, seed=view.result.seed
        )
        tried[one] = found.sentence.to_json()
    return [
        {
            "source": one.source,
            "scope": _scope_name(instance, one.source, one.scope),
            "name": planning.purse_name(instance, planning.Purse(one.source, one.scope)).to_json(),
            "year": instance.first_year + one.year,
            "worth": one.worth,
            "tried": tried.get(one),
        }
        for one in values
        if one.worth > 0.0
    ]


def _scope_name(instance: Instance, source: str, scope: int) -> str:
    names = planning.scope_names(instance, source)
    return names[scope] if scope < len(names) else ""


def _rule_json(one: RulePrice) -> dict[str, Any]:
    return {
        "name": one.name.to_json(), "worth": one.worth, "percent": 100.0 * one.worth_ratio,
        "flats": one.flats, "sentence": one.sentence.to_json(),
    }  # fmt: skip


def _help_json(instance: Instance, one: Help) -> dict[str, Any]:
    return {
        "sentence": one.sentence.to_json(),
        "proven": one.conflict is not None,
        "ways": [
            {
                "sentence": way.sentence.to_json(),
                "confirmed": way.confirmed,
                "changes": planning.changes_json(instance, way.changes),
            }
            for way in one.ways
        ],
    }


def _why_json(instance: Instance, code: str, answer: Why) -> dict[str, Any]:
    flip = answer.flip
    return {
        "code": code,
        "sooner": _forced_json(instance, answer.sooner),
        "without": _forced_json(instance, answer.without),
        "flip": None if flip is None else {
            "sentence": flip.sentence.to_json(), "changes": planning.changes_json(instance, flip.changes),
        },
    }  # fmt: skip


def _forced_json(instance: Instance, forced: Forced | None) -> dict[str, Any] | None:
    if forced is None:
        return None
    ids = instance.buildings.ids
    return {
        "sentence": forced.sentence.to_json(),
        "moved": [[ids[one.building], _label(instance, one.before), _label(instance, one.after)]
                  for one in forced.moved],
    }  # fmt: skip


def _label(instance: Instance, year: int) -> int | None:
    return None if year == NO_YEAR else instance.first_year + year
