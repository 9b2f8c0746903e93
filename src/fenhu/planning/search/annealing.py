"""The search for a better plan, goal after goal: counted ruins, cooling as they go.

Seed and effort alone decide the plan. Where the seconds run out sooner than the work, the search cools with
the seconds instead, so that it ends cold all the same, and says that it was cut short.
"""

from __future__ import annotations

from collections.abc import Callable

from fenhu.planning.search.brake import Brake
from fenhu.planning.search.incumbent import Incumbent

RUINS_LEAST, RUINS_PER_BUILDING = 8000, 4  # ruins for one effort
CHUNK = 1000  # ruins between two looks at the brake
HOT, COLD = 0.8, 0.08  # parts of a planned building's value: the loss accepted at first and at last
WARM = 0.25  # where the search begins from a plan that is good already

Tell = Callable[[int], None]


class Search:
    """One search over all goals; ``cut_short`` says that the brake ended it before the work was done."""

    def __init__(
        self,
        incumbent: Incumbent,
        effort: int,
        brake: Brake,
        tell: Tell,
        *,
        ruins: int = 0,
        warm: bool = False,
    ) -> None:
        self.incumbent, self.effort, self.brake, self.tell = incumbent, effort, brake, tell
        ruins = ruins or max(RUINS_LEAST, RUINS_PER_BUILDING * len(incumbent.year_of))
        self._chunks = -(-ruins // CHUNK)
        self.hot = WARM if warm else HOT
        self.cut_short = False
        self._begin_s = brake.elapsed_s()
        self._available_s = brake.left_s()
        self._done = 0

    def run(self) -> None:
        """Search for every goal in turn; the incumbent keeps the best plan."""
        phases = self.incumbent.goals.phases(self.incumbent.best)
        begin = 0.0
        for goal, share in phases:
            end = begin + share / sum(each for _, each in phases)
            self.incumbent.seek(goal)
            main = goal <= self.incumbent.goals.main
            self._phase(begin, end, self.hot if main else COLD)
            begin = end

    def _phase(self, begin: float, end: float, hot: float) -> None:
        state, at = self.incumbent.state(), self._progress()
        while at < end and not self.brake.pulled():
            self.tell(self._done // self._chunks)
            self._done += 1
            after = min(end, max(self._progress(), at))
            heats = [hot * (COLD / hot) ** max(0.0, (one - begin) / (end - begin)) for one in (at, after)]
            self.incumbent.anneal(state, CHUNK, *heats)
            at = self._progress()
        self.cut_short = self.cut_short or at < end

    def _progress(self) -> float:
        """Return the part of the work that is done, or of the seconds that are gone once these run ahead."""
        all_chunks = self.effort * self._chunks
        spent = (self.brake.elapsed_s() - self._begin_s) / self._available_s
        self.cut_short = self.cut_short or spent > (self._done + self._chunks) / all_chunks
        done = self._done / all_chunks
        return max(done, spent) if self.cut_short else done
