"""A plan for a part of the buildings: its own may move, all others keep their years and what they pay for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fenhu.planning.model.judge import score, shortfalls
from fenhu.planning.search.brake import Brake
from fenhu.planning.search.incumbent import Incumbent
from fenhu.planning.search.kernel import fill_year_by_year
from fenhu.planning.search.near import resolve_near
from fenhu.planning.task.instance import NO_YEAR, BoolArray, Instance, IntArray
from fenhu.planning.task.result import FEASIBLE, STOPPED_CANCELLED, STOPPED_EFFORT, PlanProgress, PlanResult

RUINS_PER_EFFORT = 4000


def solve_part(
    instance: Instance,
    start: IntArray,
    part: BoolArray,
    *,
    goal: str,
    effort: int,
    seed: int = 0,
    progress: Callable[[PlanProgress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PlanResult:
    """Return the best plan found that differs from ``start`` only in the buildings of ``part``.

    Nothing but the sum of the part's best years is known to bound it, so its gap proves little.

    Parameters
    ----------
    start : 0-based year of every building, NO_YEAR where unplanned; what does not fit is left out.
    part : one truth value a building. goal, effort, seed, progress, cancelled : as for ``solve``.
    """
    brake, year_of, bound = Brake(np.inf, cancelled), start, _bound(instance, start, part, goal)
    for done in range(effort):
        if progress is not None:
            progress(PlanProgress(phase="search", effort_done=done, effort=effort, bound=bound,
                                  incumbent=score(instance, year_of), seconds=brake.elapsed_s()))  # fmt: skip
        if brake.cancelled():
            break
        year_of = resolve_near(instance, year_of, part, goal=goal, rounds=RUINS_PER_EFFORT, seed=seed + done)
    return _judged(
        instance, resolve_near(instance, year_of, part, goal=goal, rounds=0), bound,
        rank_part(instance, start, part, goal=goal).objective, goal=goal, effort=effort, seed=seed,
        stopped_by=STOPPED_CANCELLED if brake.cancelled() else STOPPED_EFFORT,
    )  # fmt: skip


def rank_part(instance: Instance, start: IntArray, part: BoolArray, *, goal: str) -> PlanResult:
    """Return the clerk's ranking of the buildings of ``part``, cut where the others leave no more money."""
    incumbent = Incumbent(instance, goal, 0)
    state = incumbent.adopt_start(np.where(part, NO_YEAR, start))
    order = np.argsort(-instance.buildings.rank_score, kind="stable")
    own = order[part[order]]
    fill_year_by_year(incumbent.task, state, np.concatenate([own, own[np.isin(own, instance.order[:, 1])]]))
    worth = score(instance, state.year_of)
    bound = _bound(instance, start, part, goal)
    return _judged(instance, state.year_of, bound, worth, goal=goal, effort=1, seed=0,
                   stopped_by=STOPPED_EFFORT)  # fmt: skip


def _bound(instance: Instance, start: IntArray, part: BoolArray, goal: str) -> float:
    """Return what no plan of the part can pass: its own in their best years, all others where they are."""
    task = Incumbent(instance, goal, 0).task
    best = np.where(task.opened, task.value, 0.0).max(axis=1, initial=0.0)
    others = np.flatnonzero(~part & (start != NO_YEAR))
    return float(best[part].sum() + task.value[others, start[others]].sum())


def _judged(
    instance: Instance, year_of: IntArray, bound: float, baseline: float, *, goal: str, effort: int,
    seed: int, stopped_by: str,
) -> PlanResult:  # fmt: skip
    objective = score(instance, year_of)
    bound = max(objective, bound)
    return PlanResult(
        status=FEASIBLE, stopped_by=stopped_by, goal=goal, objective=objective, bound=bound,
        gap=(bound - objective) / abs(bound) if bound else 0.0, baseline=baseline,
        year_of=tuple(None if year == NO_YEAR else int(year) for year in year_of),
        shortfalls=shortfalls(instance, year_of), seed=seed, effort=effort,
    )  # fmt: skip
