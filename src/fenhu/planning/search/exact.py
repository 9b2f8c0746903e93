"""Proof for what is small enough: the whole model, goal after goal, begun from the search's plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from fenhu.planning.model.blocks import whole_program
from fenhu.planning.model.formulation import Model
from fenhu.planning.model.highs import Answer, Program, solve_program
from fenhu.planning.search.brake import Brake
from fenhu.planning.search.goals import RULES_GOAL
from fenhu.planning.search.incumbent import Incumbent
from fenhu.planning.search.kernel import BALANCE, FIRST, OPENED, OPENING, STAYED, TOTALS, VALUE
from fenhu.planning.search.points import point_of, years_of_point
from fenhu.planning.task.instance import FloatArray
from fenhu.planning.task.shortfall import FIRST_KINDS

EXACT_COLUMNS = 1500
NODES_PER_EFFORT = 1000
_WHOLE_EASE = 1e-6


def prove(incumbent: Incumbent, model: Model, effort: int, brake: Brake) -> tuple[bool, float]:
    """Improve the best plan, goal after goal, until it is proven or the work is done.

    Returns
    -------
    whether the plan is proven to be the best, and a bound of the weighted sum of every plan that keeps to the
    goals before the main one.
    """
    costs, proven, bound = _goal_costs(incumbent, model), True, np.inf
    for goal in range(len(costs)):
        incumbent.seek(goal)
        if goal == RULES_GOAL != incumbent.goals.main and not incumbent.rules_missed:
            continue
        answer = _run(incumbent, model, _program(incumbent, model, costs, goal), effort, brake)
        proven = proven and answer is not None and answer.finished
        if answer is not None and goal == incumbent.goals.main:
            bound = answer.bound
    return proven, bound


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
    if answer.values is not None and not incumbent.adopt_judged(years_of_point(model, answer.values)):
        return replace(answer, finished=False)
    return answer


def _goal_costs(incumbent: Incumbent, model: Model) -> FloatArray:
    """Return what every column of the model adds to every goal, a row a goal."""
    task, totals = incumbent.task, np.zeros((TOTALS, len(model.cost)))
    for total, each in ((VALUE, task.value), (STAYED, task.stayed)):
        totals[total, model.x[model.x >= 0]] = each[model.x >= 0]
    works = model.works[model.works >= 0]
    totals[OPENING, works] = np.broadcast_to(task.opening[:, None], model.works.shape)[model.works >= 0]
    totals[OPENED, works] = 1.0
    for row, column in zip(model.policy, model.missing, strict=True):
        totals[FIRST if row.kind in FIRST_KINDS else BALANCE, column] = row.flats
    return incumbent.goals.rows @ totals


def _program(incumbent: Incumbent, model: Model, costs: FloatArray, goal: int) -> Program:
    """Return the model with one goal as its cost and the goals before it held, less what they may give up."""
    held = incumbent.best[:goal] - incumbent.aim.slack[:goal] - _WHOLE_EASE
    program = whole_program(model)
    return replace(
        program,
        cost=costs[goal],
        matrix=sparse.vstack([model.matrix, sparse.csc_matrix(costs[:goal])]).tocsc(),
        row_lower=np.append(model.row_lower, held),
        row_upper=np.append(model.row_upper, np.full(goal, np.inf)),
    )
