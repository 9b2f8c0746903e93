"""What planning answers: a plan with its worth, its bound and what the policy still lacks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.task.instance import NO_YEAR, IntArray
from fenhu.wording import Text

OPTIMAL, FEASIBLE = "optimal", "feasible"
STOPPED_OPTIMAL, STOPPED_EFFORT, STOPPED_SECONDS, STOPPED_CANCELLED = (
    "optimal",
    "effort",
    "seconds",
    "cancelled",
)
PROVEN_GAP = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """A rule of the policy the plan misses: by how much of what was wanted (flats or buildings)."""

    kind: str
    scope: int
    year: int
    missing: float
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A hard row a plan breaks: purse, crew, order, cluster or year; ``amount`` in fen, days or years."""

    kind: str
    scope: int
    year: int
    amount: float
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProgress:
    """Where the search stands; ``effort_done`` of the effort asked for is through."""

    phase: str
    effort_done: int
    effort: int
    incumbent: float
    bound: float
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """A plan: ``year_of`` a 0-based year or None a building.

    ``objective``, ``bound`` and ``gap`` speak of the weighted sum, whatever the goal; ``baseline`` is the
    weighted sum of the ranking. ``status`` is "optimal" only when proven.
    """

    status: str
    stopped_by: str
    goal: str
    objective: float
    bound: float
    gap: float
    baseline: float
    year_of: tuple[int | None, ...]
    shortfalls: tuple[Shortfall, ...]
    seed: int
    effort: int


def years_array(result: PlanResult) -> IntArray:
    """Return the plan's years with NO_YEAR for unplanned."""
    return np.array([NO_YEAR if year is None else year for year in result.year_of], dtype=np.int64)
