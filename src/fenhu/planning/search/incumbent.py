"""The best plan so far, with everything needed to judge, keep and continue it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fenhu.planning.model.judge import score, violations
from fenhu.planning.search.arrays import booked, empty_state, state_of, task_of
from fenhu.planning.search.goals import RULES_GOAL, goals_of
from fenhu.planning.search.kernel import VALUE, State, anneal, better, keep, place
from fenhu.planning.task.instance import NO_YEAR, BoolArray, FloatArray, Instance, IntArray
from fenhu.planning.task.purses import purses_of
from fenhu.planning.task.shortfall import PolicyRow
from fenhu.planning.task.worth import worth_of


class Incumbent:
    """The best plan of one run; better means more of the goal sought, and goals before it kept.

    ``demands`` come before a weighted sum.
    """

    def __init__(self, instance: Instance, goal: str, seed: int, demands: Sequence[PolicyRow] = ()) -> None:
        self.instance = instance
        self.purses, self.worth = purses_of(instance), worth_of(instance)
        self.goals = goals_of(instance, self.worth, goal, bool(demands))
        self.task = task_of(instance, self.purses, self.worth, demands)
        self.random = np.array([seed], dtype=np.uint64)
        self.year_of: IntArray = np.full(len(instance.buildings), NO_YEAR, dtype=np.int64)
        self.best: FloatArray = np.full(len(self.goals.rows) + 1, -np.inf)
        self.aim = self.goals.aim(self.goals.main, self.best)

    @property
    def rules_missed(self) -> bool:
        """Return whether the first rules come first and are missed."""
        return self.goals.main > RULES_GOAL and bool(self.best[RULES_GOAL] < 0.0)

    @property
    def objective(self) -> float:
        """Return the weighted sum of the best plan."""
        return score(self.instance, self.year_of)

    @property
    def kept_worth(self) -> float:
        """Return what the approved years that are kept are worth beside the weighted sum."""
        planned = np.flatnonzero(self.year_of != NO_YEAR)
        return float(self.worth.stay[planned, self.year_of[planned]].sum())

    def hold(self, movable: BoolArray) -> None:
        """Let only ``movable`` buildings move from now on."""
        seeds = np.flatnonzero(movable & self.task.opened.any(axis=1))
        self.task = self.task._replace(movable=movable, seeds=seeds)

    def seek(self, goal: int) -> None:
        """Turn to another goal; the best plan stays."""
        self.aim = self.goals.aim(goal, self.best)
        keep(self.aim, self.state().total, self.best)

    def adopt(self, state: State) -> None:
        """Keep the plan of ``state`` if it is the best so far."""
        if better(self.aim, state.total, self.best):
            keep(self.aim, state.total, self.best)
            self.year_of[:] = state.year_of

    def adopt_years(self, year_of: IntArray) -> None:
        """Keep a plan given by its years if it keeps every hard row and is the best so far."""
        state = state_of(self.instance, self.purses, self.task, year_of)
        if state is not None:
            self.adopt(state)

    def adopt_judged(self, year_of: IntArray) -> bool:
        """Keep a plan the judge finds sound if it is the best so far, and return whether it is sound.

        The search may be unable to go on from it: its mains may have to be laid before the works.
        """
        if violations(self.instance, year_of):
            return False
        self.adopt(self._state_of(year_of))
        return True

    def adopt_start(self, year_of: IntArray) -> State:
        """Return what fits of a plan given by its years, and keep it if that is the best so far.

        Where not all of it fits, what is fixed to a year goes in first, then the early years.
        """
        whole = state_of(self.instance, self.purses, self.task, year_of)
        state = whole or self._fitting(year_of)
        self.adopt(state)
        return state

    def _fitting(self, year_of: IntArray) -> State:
        state = empty_state(self.instance, self.purses, self.task)
        pinned = self.instance.buildings.pinned_year != NO_YEAR
        planned = np.flatnonzero(year_of != NO_YEAR)
        by_year = planned[np.argsort(year_of[planned], kind="stable")]
        for building in (*by_year[pinned[by_year]], *by_year):
            if state.year_of[building] == NO_YEAR:
                place(self.task, state, int(building), int(year_of[building]))
        return state

    def state(self) -> State:
        """Return the best plan as a state to go on from."""
        return self._state_of(self.year_of)

    def _state_of(self, year_of: IntArray) -> State:
        state = state_of(self.instance, self.purses, self.task, year_of)
        return booked(self.instance, self.purses, self.task, year_of) if state is None else state

    def anneal(self, state: State, ruins: int, hot: float, cold: float) -> None:
        """Search on from ``state``; the best plan is kept, ``state`` is where the search stands.

        ``hot`` and ``cold`` are losses accepted at first and at last, in parts of a planned building's value.
        """
        if not len(self.task.seeds):
            return
        planned = int(np.count_nonzero(state.year_of != NO_YEAR))
        each = max(1.0, float(state.total[VALUE]) / max(1, planned))
        heats = hot * each, cold * each
        anneal(self.task, state, self.aim, self.year_of, self.best, self.random, ruins, *heats)
