"""Beyond proof: search with the relaxation's prices while a second thread lowers the bound.

The bound never steers the search, so seed and effort alone decide the plan unless the brake is pulled. The
search cools with the work done; where the seconds run out sooner it cools with them, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event

import numpy as np

from fenhu.planning.bounding import Bounding
from fenhu.planning.brake import Brake
from fenhu.planning.incumbent import COLD, HOT, Incumbent

RUINS_PER_EFFORT = 4000
_LISTEN_S = 0.1

Tell = Callable[[str, int, float], None]


class WideSearch:
    """The search and the bound of one large instance."""

    def __init__(
        self, incumbent: Incumbent, bounding: Bounding, effort: int, brake: Brake, tell: Tell
    ) -> None:
        self.incumbent, self.bounding, self.effort = incumbent, bounding, effort
        self.brake, self.tell = brake, tell
        self.cut_short = False
        self._stop = Event()

    @property
    def bound(self) -> float:
        """Return the bound as it stands."""
        return min(most_of_all(self.incumbent), self.bounding.bound)

    def run(self) -> None:
        """Find prices, then search and bound side by side."""
        self.tell("relaxation", 0, self.bound)
        self.incumbent.task.price[:] = self.bounding.first_prices(self.brake.pulled)
        with ThreadPoolExecutor(1) as pool:
            bounding = pool.submit(self.bounding.go_on, self.effort, self._stop.is_set, self.brake.left_s)
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

    def _await(self, bounding: Future[None]) -> None:
        while not bounding.done():
            if self.brake.pulled():
                return
            self.tell("bound", self.effort, self.bound)
            wait([bounding], timeout=_LISTEN_S)


def most_of_all(incumbent: Incumbent) -> float:
    """Return the bound nobody has to calculate: every building in its best year."""
    task = incumbent.task
    return float(np.where(task.opened, task.value, 0.0).max(axis=1, initial=0.0).sum())


def _heat(cooled: float) -> float:
    return float(HOT * (COLD / HOT) ** cooled)
