"""Mending a plan so that little of it moves: cold search, then the whole model with the undisputed fixed.

A stay price makes the relaxation nearly whole-numbered: where it agrees with the plan, the plan is fixed,
and the few buildings in dispute (some hundred of a thousand) are decided by HiGHS. The search goes
before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from fenhu.planning.model.blocks import whole_program
from fenhu.planning.model.formulation import Model, formulate
from fenhu.planning.model.highs import Program, solve_program
from fenhu.planning.model.judge import score, violations
from fenhu.planning.model.rows import NO_COLUMN
from fenhu.planning.search.arrays import state_of, task_of
from fenhu.planning.search.brake import Brake
from fenhu.planning.search.goals import LEXICOGRAPHIC
from fenhu.planning.search.near import resolve_near
from fenhu.planning.search.points import point_of, years_of_point
from fenhu.planning.search.standing import standing
from fenhu.planning.task.instance import NO_YEAR, BoolArray, FloatArray, Instance, IntArray
from fenhu.planning.task.purses import purses_of
from fenhu.planning.task.shortfall import FIRST_KINDS
from fenhu.planning.task.worth import Worth, worth_of

RUINS_PER_EFFORT = 2000
NODES_PER_EFFORT = 5
_SEARCH, _DECIDE = "search", "decide"
_STEPS = (_SEARCH, _SEARCH, _DECIDE, _SEARCH)
_AGREED = 0.999
_WHOLE_EASE = 1e-6
_CLOSE_ENOUGH = 5e-5

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Settled:
    """A mended plan, and what no plan's worth with its kept years can pass (infinite if not found out)."""

    year_of: IntArray
    bound: float


def total_worth(instance: Instance, year_of: IntArray, worth: Worth) -> float:
    """Return the weighted sum of a plan with what its kept years are worth."""
    planned = np.flatnonzero(year_of != NO_YEAR)
    return score(instance, year_of) + float(worth.stay[planned, year_of[planned]].sum())


def settle(
    instance: Instance, year_of: IntArray, *, goal: str, effort: int, seed: int, brake: Brake, tell: Tell
) -> Settled:
    """Return the best plan found near ``year_of``, never a worse one.

    Parameters
    ----------
    year_of : 0-based year of every building, NO_YEAR where unplanned; it breaks no hard row.
    """
    return _Settling(instance, goal, effort, seed, brake, tell).go(year_of)


class _Settling:
    def __init__(
        self, instance: Instance, goal: str, effort: int, seed: int, brake: Brake, tell: Tell
    ) -> None:
        self.instance, self.goal, self.effort, self.seed = instance, goal, effort, seed
        self.brake, self.tell = brake, tell
        self.purses, self.worth = purses_of(instance), worth_of(instance)
        self.model = formulate(instance, self.purses, self.worth)
        self.program = whole_program(self.model)
        self.bound = np.inf

    def go(self, year_of: IntArray) -> Settled:
        for turn, step in enumerate(_STEPS):
            self.tell(turn, len(_STEPS))
            if self.brake.pulled():
                break
            year_of = self._decided(year_of) if step == _DECIDE else self._searched(year_of, turn)
        return Settled(year_of, self.bound)

    def _searched(self, year_of: IntArray, turn: int) -> IntArray:
        everybody = np.ones(len(year_of), dtype=bool)
        return resolve_near(
            self.instance,
            year_of,
            everybody,
            goal=self.goal,
            rounds=RUINS_PER_EFFORT * self.effort,
            seed=self.seed + turn,
        )

    def _relaxed(self) -> FloatArray | None:
        """Return the relaxation's part of every building in every year; None if there was no time for it."""
        answer = solve_program(
            self.program,
            relaxed=True,
            interior=True,
            seconds=self.brake.left_s(),
            cancelled=self.brake.cancelled,
        )
        if not answer.finished or answer.values is None:
            return None
        self.bound = answer.bound
        return np.where(self.model.x != NO_COLUMN, answer.values[self.model.x], 0.0)

    def _decided(self, year_of: IntArray) -> IntArray:
        relaxed = self._relaxed()
        if relaxed is None:
            return year_of
        answer = solve_program(
            _fixed(self._held(year_of), self.model, year_of, self._agreed(year_of, relaxed)),
            start=self._point(year_of),
            nodes=NODES_PER_EFFORT * self.effort,
            gap=_CLOSE_ENOUGH,
            seconds=self.brake.left_s(),
            cancelled=self.brake.cancelled,
        )
        if answer.values is None:
            return year_of
        found = years_of_point(self.model, answer.values)
        worse = total_worth(self.instance, found, self.worth) < total_worth(
            self.instance, year_of, self.worth
        )
        return year_of if worse or violations(self.instance, found) else found

    def _agreed(self, year_of: IntArray, relaxed: FloatArray) -> BoolArray:
        planned = year_of != NO_YEAR
        there = relaxed[np.arange(len(year_of)), np.where(planned, year_of, 0)]
        agreed: BoolArray = np.where(planned, there, 1.0 - relaxed.sum(axis=1)) > _AGREED
        return agreed

    def _held(self, year_of: IntArray) -> Program:
        """Return the program in which no first rule may be missed by more than ``year_of`` misses it."""
        if self.goal != LEXICOGRAPHIC:
            return self.program
        upper = self.program.upper.copy()
        for row, column in zip(self.model.policy, self.model.missing, strict=True):
            if row.kind in FIRST_KINDS:
                upper[column] = row.missing(year_of) + _WHOLE_EASE
        return replace(self.program, upper=upper)

    def _point(self, year_of: IntArray) -> FloatArray | None:
        task = task_of(self.instance, self.purses, self.worth)
        state = state_of(self.instance, self.purses, task, year_of)
        return None if state is None else point_of(self.instance, self.model, task, state)


def _fixed(program: Program, model: Model, year_of: IntArray, agreed: BoolArray) -> Program:
    """Return the program with the agreed buildings fixed as they are."""
    lower, upper = program.lower.copy(), program.upper.copy()
    columns = model.x[agreed]
    upper[columns[columns != NO_COLUMN]] = 0.0
    stays = model.x[np.arange(len(year_of)), np.where(year_of != NO_YEAR, year_of, 0)]
    stays = stays[agreed & (year_of != NO_YEAR)]
    lower[stays] = upper[stays] = 1.0
    return replace(program, lower=lower, upper=upper)


def set_back(instance: Instance, before: IntArray, year_of: IntArray, *, goal: str) -> IntArray:
    """Return the plan in which nobody can go back to the year in force without loss any more.

    Parameters
    ----------
    before : years in force. year_of : the plan made from them; it breaks no hard row.
    """
    worth = worth_of(instance)
    now, level = year_of.copy(), _level(instance, year_of, worth, goal)
    going = True
    while going:
        going = False
        for building in np.flatnonzero((now != before) & (before != NO_YEAR)):
            back = now.copy()
            back[building] = before[building]
            reached = _level(instance, back, worth, goal)
            if reached >= level and not violations(instance, back):
                now, level, going = back, reached, True
    return now


def _level(instance: Instance, year_of: IntArray, worth: Worth, goal: str) -> tuple[float, float]:
    """Return how good a plan is, to compare: the first rules where they come first, then worth."""
    return standing(instance, goal, year_of)[0], total_worth(instance, year_of, worth)
