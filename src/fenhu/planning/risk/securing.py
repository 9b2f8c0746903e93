"""A plan that holds in nine scenarios of ten: money and crew days kept back where facts may stray.

What is kept back of a purse is a quantile of what its spending may grow by. The quantile is raised until
enough scenarios hold everywhere at once, the plan is made again with what is left, and judged by draws it was
not tuned on; if too few hold, more is kept back. Rounds are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from fenhu.planning.model.judge import score
from fenhu.planning.risk.spreads import Scenarios, Spreads, draw_scenarios
from fenhu.planning.risk.uncertain import HELD_SHARE, Assessment, assess, overruns
from fenhu.planning.search.brake import Brake
from fenhu.planning.search.goals import WEIGHTED
from fenhu.planning.search.solve import DEFAULT_EFFORT, DEFAULT_SECONDS, Progress, solve
from fenhu.planning.task.changes import Changes, PurseChange, changed
from fenhu.planning.task.instance import NO_YEAR, FloatArray, Instance, IntArray
from fenhu.planning.task.names import amount_said, purse_name
from fenhu.planning.task.purses import Purse, Purses, purses_of
from fenhu.planning.task.result import PlanResult, years_array
from fenhu.wording import Text, text

SCENARIOS = 1000
ROUNDS = 4
_MARGIN = 0.02
_HALVINGS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """What is kept back of a purse: ``amount`` in fen, or thousandths of a crew day.

    Where the purse carries over it is what has to be left of all its money by the end of ``year``.
    """

    purse: Purse
    year: int
    amount: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Secured:
    """A plan that holds, beside the one that uses everything up.

    ``tuned`` judges it by the draws it was made with, ``validated`` by others. ``price`` is what the safety
    costs of the weighted sum, ``price_flats`` how many flats fewer are planned. ``instance`` is the task
    with the reserves taken out.
    """

    result: PlanResult
    instance: Instance
    before: Assessment
    tuned: Assessment
    validated: Assessment
    reserves: tuple[Reserve, ...]
    price: float
    price_flats: int

    @property
    def holds(self) -> bool:
        """Return whether enough of the fresh draws hold."""
        return self.validated.held_share >= HELD_SHARE


def secure(
    instance: Instance,
    year_of: IntArray,
    spreads: Spreads,
    *,
    goal: str = WEIGHTED,
    seconds: float = DEFAULT_SECONDS,
    effort: int = DEFAULT_EFFORT,
    seed: int = 0,
    scenarios: int = SCENARIOS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Secured:
    """Return a plan that holds in nine scenarios of ten, made from ``year_of`` by keeping reserves.

    Parameters
    ----------
    year_of : the plan as it is, 0-based years, NO_YEAR where unplanned.
    scenarios : draws to tune by, and as many others to judge by.
    goal, seconds, effort, seed, progress, cancelled : as for ``solve``; seconds for everything together.

    References
    ----------
    docs/engineers/planning.md#when-facts-stray
    """
    run = _Securing(instance, spreads, scenarios, seed)
    brake, plan, level = Brake(seconds, cancelled), year_of, run.level(year_of)
    kept = np.zeros_like(run.purses.limit, dtype=float)
    for number in range(ROUNDS):
        kept = np.maximum(kept, run.growth(plan, level))
        poorer = run.without(kept, level)
        result = solve(
            poorer, goal=goal, seconds=max(1.0, brake.left_s()), effort=effort, seed=seed, start=plan,
            progress=progress, cancelled=cancelled,
        )  # fmt: skip
        plan = years_array(result)
        tuned = assess(instance, plan, run.tuning)
        validated = assess(instance, plan, run.fresh(number))
        enough = tuned.held_share >= HELD_SHARE + _MARGIN and validated.held_share >= HELD_SHARE
        if enough or brake.pulled():
            break
        level = (1.0 + level) / 2.0
    return Secured(
        result=result,
        instance=poorer,
        before=assess(instance, year_of, run.fresh(ROUNDS)),
        tuned=tuned,
        validated=validated,
        reserves=tuple(run.reserves(poorer)),
        price=score(instance, year_of) - score(instance, plan),
        price_flats=_flats(instance, year_of) - _flats(instance, plan),
    )


def _flats(instance: Instance, year_of: IntArray) -> int:
    return int(instance.buildings.flats[year_of != NO_YEAR].sum())


class _Securing:
    """The draws, and what has to be kept back for them."""

    def __init__(self, instance: Instance, spreads: Spreads, scenarios: int, seed: int) -> None:
        self.instance, self.spreads, self.scenarios, self.seed = instance, spreads, scenarios, seed
        self.purses: Purses = purses_of(instance)
        self.tuning = self._drawn(0)
        self.calm = draw_scenarios(instance, self.purses, spreads.scaled(0.0), 1, seed)
        self.binding = _may_bind(self.purses)

    def fresh(self, number: int) -> Scenarios:
        """Return draws that nothing was tuned on."""
        return self._drawn(number + 1)

    def _drawn(self, number: int) -> Scenarios:
        return draw_scenarios(
            self.instance, self.purses, self.spreads, self.scenarios, (self.seed << 8) + number
        )

    def level(self, year_of: IntArray) -> float:
        """Return the quantile at which enough scenarios stay below everywhere at once."""
        growth = self._growth(year_of)
        low, high = HELD_SHARE, 1.0
        for _ in range(_HALVINGS):
            middle = (low + high) / 2.0
            within = (growth <= _quantile(growth, middle) + 0.5).all(axis=(1, 2)).mean()
            low, high = (low, middle) if within >= HELD_SHARE + _MARGIN else (middle, high)
        return high

    def growth(self, year_of: IntArray, level: float) -> FloatArray:
        """Return what every purse has to keep back for a plan, by year, at the quantile ``level``."""
        return _quantile(self._growth(year_of), level)

    def _growth(self, year_of: IntArray) -> FloatArray:
        over = overruns(self.instance, self.purses, year_of, self.tuning)
        calm = overruns(self.instance, self.purses, year_of, self.calm)
        grown: FloatArray = np.where(self.binding[None, :, None], np.maximum(0.0, over - calm), 0.0)
        return grown

    def without(self, kept: FloatArray, level: float) -> Instance:
        """Return the task with ``kept`` taken out of its purses, and of upper-level money what may be cut."""
        purses = self.purses
        lost = _quantile(self.tuning.upper_lost * purses.upper, level)
        if purses.upper_carries:
            lost = _quantile(np.cumsum(self.tuning.upper_lost * purses.upper, axis=1), level)
        changes = [
            *_taken(Purse("UPPER", 0), purses.upper, lost, purses.upper_carries),
            *(
                change
                for name, limit, back, carries in zip(
                    purses.names, purses.limit, kept, purses.carries, strict=True
                )
                for change in _taken(name, limit, back, bool(carries))
            ),
        ]
        return changed(self.instance, Changes(purses=tuple(changes)))

    def reserves(self, poorer: Instance) -> Iterator[Reserve]:
        """Yield what is kept back, the largest part of its purse first."""
        less = purses_of(poorer)
        names = (*self.purses.names, Purse("UPPER", 0))
        had = np.vstack([self.purses.available, self.purses.upper_available])
        has = np.vstack([less.available, less.upper_available])
        part = np.where(had > has, (had - has) / np.maximum(had, 1), 0.0)
        for place in np.argsort(-part, axis=None, kind="stable"):
            number, year = divmod(int(place), self.instance.years)
            if part[number, year] > 0.0:
                yield self._reserve(names[number], year, int(had[number, year] - has[number, year]))

    def _reserve(self, purse: Purse, year: int, amount: int) -> Reserve:
        values = {
            "purse": purse_name(self.instance, purse),
            "amount": amount_said(purse, amount),
            "year": self.instance.year_label(year),
        }
        if purse.source in self.instance.rules.carry:
            said = text("Of what {purse} has by the end of {year}, keep {amount} back.", **values)
        else:
            said = text("Of what {purse} has in {year}, keep {amount} back.", **values)
        return Reserve(purse=purse, year=year, amount=amount, text=said)


def _quantile(values: FloatArray, level: float) -> FloatArray:
    found: FloatArray = np.quantile(values, level, axis=0, method="higher")
    return found


def _may_bind(purses: Purses) -> np.ndarray:
    """Return which purses everything together could use up: who has ten times that is no limit."""
    wanted = np.zeros(len(purses.names))
    there = purses.drawn_from >= 0
    np.add.at(wanted, purses.drawn_from[there], purses.amount[there])
    return np.asarray(purses.limit.max(axis=1) < 10.0 * np.maximum(wanted, 1.0))


def _taken(purse: Purse, limit: IntArray, back: FloatArray, carries: bool) -> Iterator[PurseChange]:
    """Yield what goes off a purse; where it carries over, earlier years give what a later one cannot."""
    if carries:
        left = np.maximum(0, np.cumsum(limit) - np.ceil(back).astype(np.int64))
        left = np.minimum.accumulate(left[::-1])[::-1]
        less = limit - np.diff(left, prepend=0)
    else:
        less = np.minimum(limit, np.ceil(back).astype(np.int64))
    for year in np.flatnonzero(less):
        yield PurseChange(source=purse.source, scope=purse.scope, year=int(year), add=-int(less[year]))
