"""The way to a plan: ranking and clusters first, then proof where in reach, else search and bound."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fenhu.errors import InputFault, SolverFault
from fenhu.planning.model.formulation import formulate
from fenhu.planning.model.judge import score, shortfalls, violations
from fenhu.planning.search.annealing import COLD, WARM, Search
from fenhu.planning.search.arrays import empty_state
from fenhu.planning.search.brake import Brake
from fenhu.planning.search.exact import EXACT_COLUMNS, prove
from fenhu.planning.search.goals import GOALS, WEIGHTED
from fenhu.planning.search.greedy import by_cluster, by_ranking
from fenhu.planning.search.incumbent import Incumbent
from fenhu.planning.search.wide import WideSearch, most_of_all
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.result import (
    FEASIBLE,
    OPTIMAL,
    PROVEN_GAP,
    STOPPED_CANCELLED,
    STOPPED_EFFORT,
    STOPPED_OPTIMAL,
    STOPPED_SECONDS,
    PlanProgress,
    PlanResult,
)
from fenhu.wording import text

DEFAULT_EFFORT = 12
DEFAULT_SECONDS = 60.0
_RUINS_BEFORE_PROOF = 4000

Progress = Callable[[PlanProgress], None]


def solve(
    instance: Instance,
    *,
    goal: str = WEIGHTED,
    seconds: float = DEFAULT_SECONDS,
    effort: int = DEFAULT_EFFORT,
    seed: int = 0,
    start: IntArray | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PlanResult:
    """Return the best plan found for ``instance`` and a bound that no plan can pass.

    Parameters
    ----------
    goal : "weighted" counts every shortfall at its weight; "lexicographic" takes goal after goal (see
        ``goals``), so that no benefit pays for a missed target.
    seconds : emergency cap. effort : counted work; the same effort and seed give the same plan.
    start : years of a plan to begin from (NO_YEAR where unplanned); what no longer fits is left out of it.
    progress : hears of every step. cancelled : asked between steps; True ends with the best plan so far.

    Raises
    ------
    InputFault
        If goal, effort or seconds make no sense.
    SolverFault
        If HiGHS fails.

    References
    ----------
    docs/engineers/planning.md#the-way-to-a-plan
    """
    if goal not in GOALS or effort < 1 or not seconds > 0.0 or not 0 <= seed < 2**63:
        raise InputFault(
            text(
                "A plan needs a goal of {goals}, an effort of at least 1, a seed of at least 0 and "
                "some seconds.",
                goals=", ".join(GOALS),
            )
        )
    run = _Run(instance, goal, effort, seed, progress)
    run.begin(start)
    return run.go(Brake(seconds, cancelled))


def greedy(instance: Instance, *, goal: str = WEIGHTED) -> PlanResult:
    """Return the clerk's ranking, cut where the money ends: the baseline every plan is measured against."""
    return _Run(instance, goal, 1, 0, None).result()


class _Run:
    """One run: the best plan, its bound, and why it ended."""

    def __init__(
        self, instance: Instance, goal: str, effort: int, seed: int, progress: Progress | None
    ) -> None:
        self.instance, self.goal, self.effort, self.seed = instance, goal, effort, seed
        self.brake, self.progress = Brake(np.inf, None), progress
        self.incumbent = incumbent = Incumbent(instance, goal, seed)
        ranked = by_ranking(instance, incumbent.purses, incumbent.task)
        self.baseline = score(instance, ranked.year_of)
        incumbent.adopt(empty_state(instance, incumbent.purses, incumbent.task))
        incumbent.adopt(ranked)
        self.bound = most_of_all(self.incumbent)
        self.warm = self.proven = self.cut_short = False

    def begin(self, start: IntArray | None) -> None:
        """Take up the start and the plan by cluster; on a machine's first run everything is compiled here."""
        incumbent = self.incumbent
        if start is not None:
            self.warm = True
            incumbent.adopt_start(start)
        incumbent.adopt(by_cluster(self.instance, incumbent.purses, incumbent.task, incumbent.aim.weight))
        incumbent.anneal(incumbent.state(), 0, WARM, COLD)

    def go(self, brake: Brake) -> PlanResult:
        """Search and bound, or prove, until the work is done or ``brake`` is pulled."""
        self.brake = brake
        self._tell("ranking", 0, self.bound)
        if not self._prove():
            self._search()
        self._tell("done", self.effort, self.bound)
        return self.result()

    def result(self) -> PlanResult:
        """Return what is known, judged by the independent evaluator."""
        incumbent = self.incumbent
        broken = violations(self.instance, incumbent.year_of)
        if broken:
            raise SolverFault(broken[0].text, code="broken-plan")
        objective = incumbent.objective
        kept = incumbent.kept_worth
        bound = (objective + kept if self.proven else max(self.bound, objective + kept)) - kept
        gap = (bound - objective) / abs(bound) if bound else 0.0
        closed = self.proven or (gap <= PROVEN_GAP and self.goal == WEIGHTED)
        return PlanResult(
            status=OPTIMAL if closed else FEASIBLE,
            stopped_by=self._stopped_by(closed),
            goal=self.goal,
            objective=objective,
            bound=bound,
            gap=gap,
            baseline=self.baseline,
            year_of=tuple(None if year == NO_YEAR else int(year) for year in incumbent.year_of),
            shortfalls=shortfalls(self.instance, incumbent.year_of),
            seed=self.seed,
            effort=self.effort,
        )

    def _prove(self) -> bool:
        """Prove the best plan where the model is small enough; return whether it is."""
        incumbent = self.incumbent
        opened = int(incumbent.task.opened.sum())
        if opened > EXACT_COLUMNS:
            return False
        if not opened:
            self.proven = True
            return True
        model = formulate(self.instance, incumbent.purses, incumbent.worth)
        if np.count_nonzero(model.whole) > EXACT_COLUMNS:
            return False
        search = Search(
            incumbent,
            max(1, self.effort // 4),
            self.brake,
            self._tell_searching,
            ruins=_RUINS_BEFORE_PROOF,
            warm=self.warm,
        )
        search.run()
        self._tell("proof", 0, self.bound)
        self.proven, bound = prove(incumbent, model, self.effort, self.brake)
        self.bound = min(self.bound, bound)
        self.cut_short = not self.proven and self.brake.pulled()
        return True

    def _tell_searching(self, done: int) -> None:
        self._tell("search", done, self.bound)

    def _search(self) -> None:
        search = WideSearch(self.incumbent, self.effort, self.brake, self._tell, warm=self.warm)
        search.run()
        self.bound, self.cut_short = search.bound, search.cut_short

    def _stopped_by(self, closed: bool) -> str:
        if closed:
            return STOPPED_OPTIMAL
        if self.brake.cancelled():
            return STOPPED_CANCELLED
        return STOPPED_SECONDS if self.cut_short else STOPPED_EFFORT

    def _tell(self, phase: str, done: int, bound: float) -> None:
        if self.progress is not None:
            step = PlanProgress(
                phase=phase,
                effort_done=done,
                effort=self.effort,
                bound=bound,
                incumbent=self.incumbent.objective,
                seconds=self.brake.elapsed_s(),
            )
            self.progress(step)
