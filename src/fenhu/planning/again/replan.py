"""Planning again in the middle of a year: what is built and signed stays, what is approved has its price.

The plan in force is repaired first: what dropped out leaves, what cannot be undone is fixed, what the purses
still pay stays where it is. From there the search goes on, and an approved building moves only where the plan
gains more than the price asked (``Rules.stay_weight``). In the end whoever may go back at no loss goes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from fenhu.planning.again.holding import Held, Overspent, Standing, hold
from fenhu.planning.again.moves import PurseSpending, YearChange, flat_worth, moves_between, spending_between
from fenhu.planning.again.settling import set_back, settle, total_worth
from fenhu.planning.model.judge import score, shortfalls, violations
from fenhu.planning.search.brake import Brake
from fenhu.planning.search.exact import EXACT_COLUMNS
from fenhu.planning.search.goals import LEXICOGRAPHIC, WEIGHTED
from fenhu.planning.search.near import resolve_near
from fenhu.planning.search.solve import DEFAULT_EFFORT, DEFAULT_SECONDS, Progress, greedy, solve
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.result import (
    FEASIBLE,
    STOPPED_CANCELLED,
    STOPPED_EFFORT,
    STOPPED_SECONDS,
    PlanProgress,
    PlanResult,
    Violation,
    years_array,
)
from fenhu.planning.task.worth import worth_of

SETTLED_COLUMNS = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """A plan made again: ``result`` for ``instance``, which is the task with what cannot be undone fixed.

    ``kept`` is what remained of the plan in force before anything was searched, ``kept_objective`` its
    weighted sum, ``objective_gain`` what the new plan is worth more; ``price`` is what its moves were asked
    to gain together, in the same measure. ``overspent`` names purses that cannot pay what stays, ``broken``
    every other hard row that the fixed buildings break.
    """

    result: PlanResult
    instance: Instance
    kept: IntArray
    kept_objective: float
    price: float
    moves: tuple[YearChange, ...]
    spending: tuple[PurseSpending, ...]
    overspent: tuple[Overspent, ...]
    broken: tuple[Violation, ...]

    @property
    def objective_gain(self) -> float:
        """Return what the new plan is worth more than what remained of the plan in force."""
        return self.result.objective - self.kept_objective

    @property
    def gain_flats(self) -> float:
        """Return the gain in flats."""
        return self.objective_gain / flat_worth(self.instance)

    @property
    def price_flats(self) -> float:
        """Return the price in flats."""
        return self.price / flat_worth(self.instance)


def replan_goal(instance: Instance) -> str:
    """Return the goal a register is planned again by: with a price, gain and price need one measure."""
    return WEIGHTED if instance.rules.stay_weight > 0.0 else LEXICOGRAPHIC


def replan(
    instance: Instance,
    before: IntArray,
    standing: Standing,
    *,
    goal: str = WEIGHTED,
    seconds: float = DEFAULT_SECONDS,
    effort: int = DEFAULT_EFFORT,
    seed: int = 0,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Replanned:
    """Return the best plan found that keeps what cannot be undone, and what it changes.

    Parameters
    ----------
    instance : the task with the facts as they are now; ``rules.stay_weight`` is the price of a move.
    before : 0-based year of every building in the plan in force, NO_YEAR where it has none.
    standing : how far every building is.
    goal, seconds, effort, seed, progress, cancelled : as for ``solve``.

    Raises
    ------
    InputFault
        If the plan or the standing does not fit the instance.
    SolverFault
        If HiGHS fails.

    References
    ----------
    docs/engineers/planning.md#planning-again
    """
    held = hold(instance, before, standing)
    brake = Brake(seconds, cancelled)
    nobody = np.zeros(len(before), dtype=bool)
    wanted = np.where(held.instance.buildings.forbidden, NO_YEAR, before)
    kept = resolve_near(held.instance, wanted, nobody, goal=goal, rounds=0, seed=seed)
    if _settles(held.instance):
        result = _settled(held.instance, kept, goal, effort, seed, brake, progress)
    else:
        result = solve(
            held.instance, goal=goal, seconds=seconds, effort=effort, seed=seed, start=kept,
            progress=progress, cancelled=cancelled,
        )  # fmt: skip
    result = _with_those_back(held.instance, before, result)
    return _answer(instance, held, before, standing, kept, result)


def _settles(instance: Instance) -> bool:
    """Return whether approved years have a price and the whole model is of a size to decide with HiGHS."""
    columns = int(np.count_nonzero(instance.open_years)) + 2 * len(instance.clusters) * instance.years
    priced = instance.rules.stay_weight > 0.0 and bool((instance.buildings.approved_year != NO_YEAR).any())
    return priced and EXACT_COLUMNS < columns <= SETTLED_COLUMNS


def _settled(
    instance: Instance,
    kept: IntArray,
    goal: str,
    effort: int,
    seed: int,
    brake: Brake,
    progress: Progress | None,
) -> PlanResult:
    def tell(done: int, turns: int) -> None:
        if progress is not None:
            progress(
                PlanProgress(
                    phase="settling", effort_done=effort * done // turns, effort=effort,
                    incumbent=score(instance, kept), bound=np.inf, seconds=brake.elapsed_s(),
                )
            )  # fmt: skip

    found = settle(instance, kept, goal=goal, effort=effort, seed=seed, brake=brake, tell=tell)
    worth = worth_of(instance)
    objective = score(instance, found.year_of)
    stayed = total_worth(instance, found.year_of, worth) - objective
    bound = max(found.bound - stayed, objective)
    stopped = STOPPED_SECONDS if brake.out_of_time() else STOPPED_EFFORT
    return PlanResult(
        status=FEASIBLE,
        stopped_by=STOPPED_CANCELLED if brake.cancelled() else stopped,
        goal=goal,
        objective=objective,
        bound=bound,
        gap=(bound - objective) / abs(bound) if bound else 0.0,
        baseline=greedy(instance, goal=goal).objective,
        year_of=_as_years(found.year_of),
        shortfalls=shortfalls(instance, found.year_of),
        seed=seed,
        effort=effort,
    )


def _as_years(year_of: IntArray) -> tuple[int | None, ...]:
    return tuple(None if year == NO_YEAR else int(year) for year in year_of)


def _with_those_back(instance: Instance, before: IntArray, result: PlanResult) -> PlanResult:
    """Return the plan in which everybody who may go back to the year in force at no loss has gone back."""
    year_of = set_back(instance, before, years_array(result), goal=result.goal)
    objective = score(instance, year_of)
    worth = worth_of(instance)
    stayed = total_worth(instance, year_of, worth) - objective
    was = total_worth(instance, years_array(result), worth) - result.objective
    bound = max(result.bound + was - stayed, objective)
    return replace(
        result,
        year_of=_as_years(year_of),
        objective=objective,
        bound=bound,
        gap=(bound - objective) / abs(bound) if bound else 0.0,
        shortfalls=shortfalls(instance, year_of),
    )


def _answer(
    instance: Instance, held: Held, before: IntArray, standing: Standing, kept: IntArray, result: PlanResult
) -> Replanned:
    year_of = years_array(result)
    worth = worth_of(held.instance)
    stay = worth.stay.max(axis=1)
    left = (held.instance.buildings.approved_year != NO_YEAR) & (year_of != before)
    purses = {one.purse.source for one in held.overspent}
    return Replanned(
        result=result,
        instance=held.instance,
        kept=kept,
        kept_objective=score(held.instance, kept),
        price=float(stay[left].sum()),
        moves=moves_between(held, before, year_of, standing),
        spending=spending_between(instance, before, year_of),
        overspent=held.overspent,
        broken=tuple(one for one in violations(instance, year_of) if one.kind not in purses | {"closed"}),
    )
