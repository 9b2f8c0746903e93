"""Scenarios of one plan or of many cities' plans: a search each, on one process, on many, or on a cluster.

A scenario depends on nothing but its own ``Trial``, so that any worker may do it, in any order, twice if the
first is lost; seed and effort alone decide what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from fenhu.engines import SERIAL, Engine, worked
from fenhu.errors import FenhuError
from fenhu.planning.search.solve import DEFAULT_EFFORT, DEFAULT_SECONDS, greedy, solve
from fenhu.planning.task.changes import Changes, changed
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.result import PlanResult
from fenhu.wording import Text

# Starting workers takes as long as a search of this many columns does.
_COLUMNS_WORTH_PROCESSES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A what-if question: its name, what is otherwise, and the seed of its search.

    Without changes it is another start of the search for the plan as it is.
    """

    name: str
    changes: Changes = field(default_factory=Changes)
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A scenario with all it takes to work it out: the task as it is, the plan to begin from, the search."""

    instance: Instance
    start: IntArray
    scenario: Scenario
    goal: str
    effort: int = DEFAULT_EFFORT
    seconds: float = DEFAULT_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a scenario leads to: the plan, and the clerk's ranking under the same changes.

    ``fault`` says why there is neither.
    """

    scenario: Scenario
    result: PlanResult | None
    ranking: PlanResult | None
    fault: Text | None = None


def trials_of(
    instance: Instance,
    year_of: IntArray,
    scenarios: Sequence[Scenario],
    *,
    goal: str,
    effort: int = DEFAULT_EFFORT,
    seconds: float = DEFAULT_SECONDS,
) -> tuple[Trial, ...]:
    """Return the trials of ``scenarios`` of one plan.

    Parameters
    ----------
    year_of : the plan every search begins from, 0-based years, NO_YEAR where unplanned.
    goal, effort, seconds : as for ``solve``, for each scenario.
    """
    return tuple(
        Trial(instance=instance, start=year_of, scenario=one, goal=goal, effort=effort, seconds=seconds)
        for one in scenarios
    )


def work_out(
    trials: Sequence[Trial],
    *,
    engine: Engine = SERIAL,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Outcome]:
    """Return what every trial leads to, in the order given; one that has no answer says why.

    Parameters
    ----------
    trials : of one city or of many.
    engine, progress, cancelled : as ``fenhu.engines.worked`` takes them.

    Raises
    ------
    InputFault
        If the engine is a cluster that does not answer.
    SolverFault
        If workers are lost again and again.
    fenhu.engines.Cancelled
        If ``cancelled`` said so.

    References
    ----------
    docs/engineers/planning.md#what-if-scenarios
    """
    columns = sum(len(one.instance.buildings) * one.instance.years for one in trials)
    return worked(
        _outcome, trials, engine=engine, chunk=1, compiled=True, progress=progress, cancelled=cancelled,
        worth_processes=2 if columns >= _COLUMNS_WORTH_PROCESSES else len(trials) + 1,
    )  # fmt: skip


def _outcome(trial: Trial) -> Outcome:
    scenario = trial.scenario
    try:
        instance = changed(trial.instance, scenario.changes)
        start = np.where(trial.start < instance.years, trial.start, NO_YEAR)
        result = solve(
            instance, goal=trial.goal, seconds=trial.seconds, effort=trial.effort, seed=scenario.seed,
            start=start,
        )  # fmt: skip
        ranking = greedy(instance, goal=trial.goal)
    except FenhuError as fault:
        return Outcome(scenario=scenario, result=None, ranking=None, fault=fault.message)
    return Outcome(scenario=scenario, result=result, ranking=ranking)
