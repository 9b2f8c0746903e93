"""The best plan so far, with everything needed to judge, keep and continue it."""

from __future__ import annotations

import numpy as np

from fenhu.planning.evaluate import score
from fenhu.planning.instance import NO_YEAR, FloatArray, Instance, IntArray
from fenhu.planning.kernel import State, anneal, place, worth_now
from fenhu.planning.purses import purses_of
from fenhu.planning.task import empty_state, state_of, task_of
from fenhu.planning.worth import worth_of

HOT, COLD = 1e-3, 1e-4  # parts of a plan's worth: the size of loss the search accepts at first and at last


class Incumbent:
    """The best plan of one run; better means less missed of the first rules, then more worth."""

    def __init__(self, instance: Instance, goal: str, seed: int) -> None:
        self.instance, self.goal = instance, goal
        self.purses, self.worth = purses_of(instance), worth_of(instance)
        self.task = task_of(instance, self.purses, self.worth, goal)
        self.random = np.array([seed], dtype=np.uint64)
        self.year_of: IntArray = np.full(len(instance.buildings), NO_YEAR, dtype=np.int64)
        self.best: FloatArray = np.array([np.inf, -np.inf])

    @property
    def first_missed(self) -> float:
        """Return how much of the first rules is missed, in flats; 0 when they are weighed like all others."""
        return float(self.best[0])

    @property
    def objective(self) -> float:
        """Return the weighted sum of the best plan."""
        return score(self.instance, self.year_of)

    @property
    def kept_worth(self) -> float:
        """Return what the approved years that are kept are worth beside the weighted sum."""
        planned = np.flatnonzero(self.year_of != NO_YEAR)
        return float(self.worth.stay[planned, self.year_of[planned]].sum())

    def adopt(self, state: State) -> None:
        """Keep the plan of ``state`` if it is the best so far."""
        first, worth = worth_now(self.task, state)
        if first < self.best[0] or (first == self.best[0] and worth > self.best[1]):
            self.best[:] = first, worth
            self.year_of[:] = state.year_of

    def adopt_years(self, year_of: IntArray) -> None:
        """Keep a plan given by its years if it keeps every hard row and is the best so far."""
        state = state_of(self.instance, self.purses, self.task, year_of)
        if state is not None:
            self.adopt(state)

    def adopt_start(self, year_of: IntArray) -> State:
        """Return what fits of a plan given by its years, and keep it if that is the best so far.

        What is fixed to a year goes in first, then the early years.
        """
        state = empty_state(self.instance, self.purses, self.task)
        pinned = self.instance.buildings.pinned_year != NO_YEAR
        planned = np.flatnonzero(year_of != NO_YEAR)
        by_year = planned[np.argsort(year_of[planned], kind="stable")]
        for building in (*by_year[pinned[by_year]], *by_year):
            if state.year_of[building] == NO_YEAR:
                place(self.task, state, int(building), int(year_of[building]))
        self.adopt(state)
        return state

    def state(self) -> State:
        """Return the best plan as a state to go on from."""
        state = state_of(self.instance, self.purses, self.task, self.year_of)
        assert state is not None
        return state

    def anneal(self, state: State, ruins: int, hot: float = HOT, cold: float = COLD) -> None:
        """Search on from ``state``; the best plan is kept, ``state`` is where the search stands."""
        scale = max(1.0, float(self.best[1]))
        anneal(self.task, state, self.year_of, self.best, self.random, ruins, hot * scale, cold * scale)
