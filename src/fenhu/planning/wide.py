"""Beyond proof: search with the relaxation's prices while a second thread lowers the bound.

The bound never steers the search, so seed and effort alone decide the plan unless the brake is pulled. The
search cools with the work done; where the seconds run out sooner it cools with them, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event

import numpy as np

from fenhu.planning.blocks import block_bound, cut_into_blocks, prices_of_use, whole_program
from fenhu.planning.brake import Brake
from fenhu.planning.formulation import Model
from fenhu.planning.highs import solve_program
from fenhu.planning.incumbent import COLD, HOT, Incumbent

RUINS_PER_EFFORT = 4000
BLOCK_COLUMNS_PER_EFFORT = 150
_LISTEN_S = 0.1

Tell = Callable[[str, int, float], None]


class WideSearch:
    """The search and the bound of one large instance."""

    def __init__(self, incumbent: Incumbent, model: Model, effort: int, brake: Brake, tell: Tell) -> None:
        self.incumbent, self.model, self.effort, self.brake, self.tell = incumbent, model, effort, brake, tell
        self.bound = most_of_all(incumbent)
        self.cut_short = False
        self._stop = Event()

    def run(self) -> None:
        """Relax, then search and bound side by side."""
        self.tell("relaxation", 0, self.bound)
        answer = solve_program(
            whole_program(self.model),
            relaxed=True,
            interior=True,
            seconds=self.brake.left_s(),
            cancelled=self.brake.cancelled,
        )
        if not answer.finished:
            self.cut_short = True
            return
        self.bound = min(self.bound, answer.bound)
        self.incumbent.task.price[:] = prices_of_use(self.model, answer)
        with ThreadPoolExecutor(1) as pool:
            bounding = pool.submit(
                block_bound,
                cut_into_blocks(self.model, answer),
                BLOCK_COLUMNS_PER_EFFORT * self.effort,
                self._lower,
                self._stop.is_set,
                self.brake.left_s,
            )
            try:
                self._search()
                self._await(bounding)
            finally:
                self._stop.set()
            bounding.result()

    def _search(self) -> None:
        start, available = self.brake.elapsed_s(), self.brake.left_s()
        state = self.incumbent.state()
        for done in range(self.effort):
            spent = (self.brake.elapsed_s() - start) / available
            if self.brake.pulled() or spent >= 1.0:
                self.cut_short = True
                return
            self.cut_short = self.cut_short or spent > (done + 1) / self.effort
            self.tell("search", done, self.bound)
            cooled = max(done / self.effort, spent if self.cut_short else 0.0)
            step = 1.0 / self.effort
            hot, cold = _heat(cooled), _heat(min(1.0, cooled + step))
            self.incumbent.anneal(state, RUINS_PER_EFFORT, hot, cold)

    def _await(self, bounding: Future[float]) -> None:
        while not bounding.done():
            if self.brake.pulled():
                return
            self.tell("bound", self.effort, self.bound)
            wait([bounding], timeout=_LISTEN_S)

    def _lower(self, bound: float) -> None:
        self.bound = min(self.bound, bound)


def most_of_all(incumbent: Incumbent) -> float:
    """Return the bound nobody has to calculate: every building in its best year."""
    task = incumbent.task
    return float(np.where(task.opened, task.value, 0.0).max(axis=1, initial=0.0).sum())


def _heat(cooled: float) -> float:
    return float(HOT * (COLD / HOT) ** cooled)
