"""Beyond proof: the search, while a second thread lowers the bound.

The bound never steers the search and the search never waits for it, so seed and effort alone decide the plan
unless the brake is pulled.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Event, Thread

import numpy as np

from fenhu.planning.model.bounding import Bounding
from fenhu.planning.model.formulation import formulate
from fenhu.planning.search.annealing import Search
from fenhu.planning.search.brake import Brake
from fenhu.planning.search.incumbent import Incumbent

_LISTEN_S = 0.1
_PATIENCE_S = 0.5  # how long a stopped bound is waited for

Tell = Callable[[str, int, float], None]


class WideSearch:
    """The search and the bound of one large instance."""

    def __init__(self, incumbent: Incumbent, effort: int, brake: Brake, tell: Tell, *, warm: bool) -> None:
        self.incumbent, self.effort, self.brake, self.tell = incumbent, effort, brake, tell
        self.warm = warm
        self._bounding: Bounding | None = None
        self.cut_short = False
        self._stop = Event()

    @property
    def bound(self) -> float:
        """Return the bound as it stands."""
        most = most_of_all(self.incumbent)
        return most if self._bounding is None else min(most, self._bounding.bound)

    def run(self) -> None:
        """Search and bound side by side."""
        bounding = _beside(self._find_bound)
        try:
            search = Search(self.incumbent, self.effort, self.brake, self._tell_searching, warm=self.warm)
            search.run()
            self.cut_short = search.cut_short
            self._await(bounding)
        finally:
            self._stop.set()
        wait([bounding], timeout=_PATIENCE_S)
        if bounding.done():
            bounding.result()

    def _find_bound(self) -> None:
        incumbent = self.incumbent
        model = formulate(incumbent.instance, incumbent.purses, incumbent.worth)
        self._bounding = Bounding(incumbent.instance, model, incumbent.purses)
        self._bounding.go_on(self.effort, self._stop.is_set, self.brake.left_s)

    def _tell_searching(self, done: int) -> None:
        self.tell("search", done, self.bound)

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


def _beside(work: Callable[[], None]) -> Future[None]:
    """Do ``work`` in a thread nobody has to wait for, as HiGHS does not always stop when asked."""
    future: Future[None] = Future()

    def do() -> None:
        try:
            work()
            future.set_result(None)
        except BaseException as fault:  # noqa: BLE001 - handed to whoever asks for the result
            future.set_exception(fault)

    Thread(target=do, daemon=True).start()
    return future
