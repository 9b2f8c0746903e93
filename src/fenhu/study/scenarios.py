"""What-if scenarios of a plan: worked out on any engine, told as sentences, as JSON and in the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu import papers, planning
from fenhu.engines import PROCESSES, Engine
from fenhu.errors import InputFault
from fenhu.study.progress import Cancelled, Progress, never, silent
from fenhu.study.scenario_file import ScenarioAsked
from fenhu.wording import Text, text

FEN_PER_WAN = 1_000_000
_PURSE = planning.Purse("CITY", 0)  # any that holds money: its amounts are said in yuan


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The task the scenarios change, what the same search makes of it unchanged, and their outcomes."""

    instance: planning.Instance
    unchanged: planning.Outcome
    outcomes: tuple[planning.Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A plan in three figures: buildings, flats, and what every purse pays together."""

    buildings: int
    flats: int
    fen: int


def scenarios_of(
    instance: planning.Instance, asked: Sequence[ScenarioAsked], *, seed: int
) -> tuple[planning.Scenario, ...]:
    """Return the scenarios asked for as those of a task; ``seed`` is of those that have none.

    Raises
    ------
    InputFault
        If a scenario names a building, purse or year that is not there; with file and scenario.
    """
    return tuple(
        planning.Scenario(
            name=one.name,
            changes=_sound(instance, one),
            seed=seed if one.seed is None else one.seed,
        )
        for one in asked
    )


def _sound(instance: planning.Instance, asked: ScenarioAsked) -> planning.Changes:
    try:
        changes = planning.read_changes(instance, asked.changes)
        planning.changed(instance, changes)
    except InputFault as fault:
        raise InputFault(
            text("{file}, scenario “{name}”: {fault}", file=asked.file, name=asked.name, fault=fault.message),
            code=fault.code,
        ) from fault
    return changes


def what_if(
    instance: planning.Instance,
    plan: planning.PlanResult,
    scenarios: Sequence[planning.Scenario],
    *,
    seconds: float,
    effort: int,
    engine: Engine = PROCESSES,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> WhatIf:
    """Return what every scenario leads to, each by a search of its own from ``plan``.

    The plan is searched for once more without any change, by the same effort: against that a scenario is
    measured, so that nobody takes a longer search for the effect of the money.

    Parameters
    ----------
    seconds, effort : as for ``planning.solve``, for each scenario.
    engine : where they are worked out.

    Raises
    ------
    InputFault
        If the engine is a cluster that does not answer.
    fenhu.engines.Cancelled
        If ``cancelled`` said so.
    """

    def report(done: int, total: int) -> None:
        progress(text("Working out what-if scenarios"), done, total)

    trials = planning.trials_of(
        instance,
        planning.years_array(plan),
        [planning.Scenario(name="", seed=plan.seed), *scenarios],
        goal=plan.goal,
        effort=effort,
        seconds=seconds,
    )
    unchanged, *outcomes = planning.work_out(trials, engine=engine, progress=report, cancelled=cancelled)
    return WhatIf(instance=instance, unchanged=unchanged, outcomes=tuple(outcomes))


def what_if_json(found: WhatIf) -> dict[str, object]:
    """Return the answer as the value of ``what_if`` in plan.json."""
    return {
        "unchanged": _outcome_json(found, found.unchanged),
        "scenarios": [_outcome_json(found, one) for one in found.outcomes],
    }


def _outcome_json(found: WhatIf, outcome: planning.Outcome) -> dict[str, object]:
    scenario, instance = outcome.scenario, _task(found, outcome)
    head: dict[str, object] = {"name": scenario.name} if scenario.name else {}
    head |= {
        "seed": scenario.seed,
        "changes": [str(one) for one in planning.changes_said(found.instance, scenario.changes)],
    }
    if outcome.result is None or outcome.ranking is None:
        return {**head, "status": "error", "fault": str(outcome.fault)}
    result, figures = outcome.result, _figures(instance, outcome.result)
    ranking = _figures(instance, outcome.ranking)
    return {
        **head,
        **planning.instance_json(instance, result),
        "buildings": figures.buildings, "flats": figures.flats, "fen": figures.fen,
        "ranking": {"objective": outcome.ranking.objective, "buildings": ranking.buildings,
                    "flats": ranking.flats, "fen": ranking.fen},
        "shortfalls": [str(one.text) for one in result.shortfalls],
    }  # fmt: skip


def _task(found: WhatIf, outcome: planning.Outcome) -> planning.Instance:
    return planning.changed(found.instance, outcome.scenario.changes)


def _figures(instance: planning.Instance, result: planning.PlanResult) -> Figures:
    years = planning.yearly_outline(instance, planning.years_array(result))
    return Figures(
        buildings=sum(one.buildings for one in years),
        flats=sum(one.flats for one in years),
        fen=sum(one.total_fen for one in years),
    )


def what_if_sentences(found: WhatIf) -> tuple[Text, ...]:
    """Return one sentence a scenario: what is converted, for how much, and what the changes bring."""
    hurried = [one for one in found.outcomes if one.result and one.result.stopped_by == "seconds"]
    return (
        *(_said(found, one) for one in found.outcomes),
        *(
            text(
                "{name}: the seconds ended its search; with more of them it comes out the same on every "
                "machine.",
                name=one.scenario.name,
            )
            for one in hurried
        ),
    )


def _said(found: WhatIf, outcome: planning.Outcome) -> Text:
    name = outcome.scenario.name
    if outcome.result is None:
        return text("{name}: no plan, for {fault}", name=name, fault=outcome.fault or Text(""))
    figures = _figures(_task(found, outcome), outcome.result)
    return text(
        "{name}: {buildings} buildings with {flats} flats for {money}; {against}.",
        name=name,
        buildings=f"{figures.buildings:,}",
        flats=f"{figures.flats:,}",
        money=planning.amount_said(_PURSE, figures.fen),
        against=_against(found, figures),
    )


def _against(found: WhatIf, figures: Figures) -> Text:
    if found.unchanged.result is None:
        return text("there is nothing to compare it with")
    more = figures.flats - _figures(found.instance, found.unchanged.result).flats
    if more > 0:
        return text("{flats} flats more than without the changes", flats=f"{more:,}")
    if more < 0:
        return text("{flats} flats fewer than without the changes", flats=f"{-more:,}")
    return text("as many flats as without the changes")


def what_if_part(found: WhatIf) -> papers.ReportPart:
    """Return the report's part on the scenarios: what each changes, and what it leads to."""
    return papers.ReportPart(
        heading=text("What if"),
        sentences=(
            text(
                "Every scenario was searched for by the same effort, from the plan above; so was the plan "
                "without any change."
            ),
            *what_if_sentences(found),
        ),
        head=(text("Scenario"), text("What is otherwise"), text("Buildings"), text("Flats"),
              text("10,000 yuan"), text("Rules missed")),
        rows=(
            _row(found, found.unchanged, text("As it is")),
            *(_row(found, one, one.scenario.name) for one in found.outcomes),
        ),
    )  # fmt: skip


def _row(found: WhatIf, outcome: planning.Outcome, name: Text | str) -> tuple[Text | str, ...]:
    changes = planning.changes_said(found.instance, outcome.scenario.changes)
    said = "; ".join(str(one) for one in changes)
    if outcome.result is None:
        return (name, said, "—", "—", "—", "—")
    figures = _figures(_task(found, outcome), outcome.result)
    return (
        name, said, f"{figures.buildings:,}", f"{figures.flats:,}", f"{figures.fen / FEN_PER_WAN:,.0f}",
        str(len(outcome.result.shortfalls)),
    )  # fmt: skip
