"""Proof for what is small enough: the whole model, goal after goal, begun from the search's plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from fenhu.planning.blocks import whole_program
from fenhu.planning.brake import Brake
from fenhu.planning.formulation import Model
from fenhu.planning.highs import Answer, Program, solve_program
from fenhu.planning.incumbent import Incumbent
from fenhu.planning.points import point_of, years_of_point

EXACT_COLUMNS = 1500
NODES_PER_EFFORT = 1000
_WHOLE_EASE = 1e-6


def prove(incumbent: Incumbent, model: Model, effort: int, brake: Brake) -> tuple[bool, float]:
    """Improve the best plan until it is proven or the work is done.

    Returns
    -------
    whether the plan is proven to be the best, and a bound of the weighted sum of every plan that misses no
    more of the first rules.
    """
    proven = True
    if incumbent.first_missed > 0.0:
        answer = _run(incumbent, model, _least_missed(incumbent, model), effort, brake)
        proven = answer is not None and answer.finished
    answer = _run(incumbent, model, _most_worth(incumbent, model), effort, brake)
    if answer is None:
        return False, np.inf
    return proven and answer.finished, answer.bound


def _run(incumbent: Incumbent, model: Model, program: Program, effort: int, brake: Brake) -> Answer | None:
    if brake.pulled():
        return None
    answer = solve_program(
        program,
        start=point_of(incumbent.instance, model, incumbent.task, incumbent.state()),
        nodes=NODES_PER_EFFORT * effort,
        seconds=brake.left_s(),
        cancelled=brake.cancelled,
    )
    if answer.values is not None:
        incumbent.adopt_years(years_of_point(model, answer.values))
    return answer


def _least_missed(incumbent: Incumbent, model: Model) -> Program:
    cost = np.zeros_like(model.cost)
    cost[model.missing] = -incumbent.task.row_first
    return replace(whole_program(model), cost=cost)


def _most_worth(incumbent: Incumbent, model: Model) -> Program:
    program = whole_program(model)
    if not incumbent.task.row_first.any():
        return program
    row = np.zeros((1, model.matrix.shape[1]))
    row[0, model.missing] = incumbent.task.row_first
    return replace(
        program,
        matrix=sparse.vstack([model.matrix, sparse.csc_matrix(row)]).tocsc(),
        row_lower=np.append(model.row_lower, -np.inf),
        row_upper=np.append(model.row_upper, incumbent.first_missed + _WHOLE_EASE),
    )
