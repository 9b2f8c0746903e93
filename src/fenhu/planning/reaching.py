"""A plan that keeps given demands before all else: proof where in reach, else counted search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fenhu.planning.demands import missed, weight_of
from fenhu.planning.exact import EXACT_COLUMNS
from fenhu.planning.highs import solve_program
from fenhu.planning.incumbent import COLD, HOT, Incumbent
from fenhu.planning.instance import Instance, IntArray
from fenhu.planning.kernel import Task
from fenhu.planning.points import years_of_point
from fenhu.planning.rubber import Rubber
from fenhu.planning.shortfall import PolicyRow
from fenhu.planning.task import WEIGHTED

REACH_ROUNDS = 1500
_NODES = 2000


def reach(
    instance: Instance,
    demands: Sequence[PolicyRow],
    *,
    start: IntArray,
    rounds: int = REACH_ROUNDS,
    seed: int = 0,
) -> IntArray:
    """Return the years of the plan found that misses least of ``demands``, and then is worth most.

    Parameters
    ----------
    start : years of a plan to begin from; what does not fit is left out of it. rounds : ruins, counted.
    """
    incumbent = Incumbent(instance, WEIGHTED, seed)
    incumbent.task = _demanding(incumbent.task, demands)
    incumbent.best[:] = np.inf, -np.inf
    incumbent.adopt_start(start)
    if not missed(instance, incumbent.year_of, tuple(demands)):
        return incumbent.year_of
    if np.count_nonzero(incumbent.task.opened) <= EXACT_COLUMNS:
        incumbent.adopt_years(_proven(instance, demands))
    else:
        incumbent.anneal(incumbent.state(), rounds, HOT, COLD)
    return incumbent.year_of


def _proven(instance: Instance, demands: Sequence[PolicyRow]) -> IntArray:
    rubber = Rubber(instance, demands)
    answer = solve_program(rubber.whole_program(), nodes=_NODES)
    assert answer.values is not None
    return years_of_point(rubber.model, answer.values)


def _demanding(task: Task, demands: Sequence[PolicyRow]) -> Task:
    """Return the task whose first rules are the demands alone, beside the rules it has."""
    count = np.stack([row.count for row in demands], axis=2)
    none = np.zeros(len(demands))
    return task._replace(
        row_count=np.ascontiguousarray(np.concatenate([task.row_count, count], axis=2)),
        row_wanted=np.concatenate([task.row_wanted, [row.wanted for row in demands]]),
        row_weight=np.concatenate([task.row_weight, none]),
        row_first=np.concatenate([np.zeros_like(task.row_first), [weight_of(row) for row in demands]]),
    )
