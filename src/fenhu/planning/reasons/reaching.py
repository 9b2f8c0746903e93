"""A plan that keeps given demands before all else: proof where in reach, else counted search."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fenhu.planning.model.highs import solve_program
from fenhu.planning.reasons.demands import missed
from fenhu.planning.reasons.rubber import Rubber
from fenhu.planning.search.annealing import COLD, HOT
from fenhu.planning.search.exact import EXACT_COLUMNS
from fenhu.planning.search.goals import WEIGHTED
from fenhu.planning.search.incumbent import Incumbent
from fenhu.planning.search.points import years_of_point
from fenhu.planning.task.instance import Instance, IntArray
from fenhu.planning.task.shortfall import PolicyRow

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
    incumbent = Incumbent(instance, WEIGHTED, seed, demands)
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
