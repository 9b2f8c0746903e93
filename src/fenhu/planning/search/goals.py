"""What is sought, goal after goal, and how much a later goal may take from an earlier one.

An instance is planned by one weighted sum. A register is planned by goals in their order, so that no weight
decides between a target and a benefit: what is missed of the policy's first rules; then the weighted sum of
everything else; then approved years kept; then few years of works in clusters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.search.kernel import BALANCE, DEMANDED, FIRST, OPENED, OPENING, STAYED, TOTALS, VALUE, Aim
from fenhu.planning.task.instance import NO_YEAR, FloatArray, Instance
from fenhu.planning.task.shortfall import FIRST_KINDS, PolicyRow
from fenhu.planning.task.worth import Worth

WEIGHTED, LEXICOGRAPHIC = "weighted", "lexicographic"
GOALS = (WEIGHTED, LEXICOGRAPHIC)
RULES_GOAL, SUM_GOAL, STAY_GOAL, OPENINGS_GOAL = range(4)
GIVE_UP_RATIO = 0.001  # what a later goal may take from an earlier one
_PARTS = (0.1, 0.7, 0.1, 0.1)  # of the work, goal by goal
_FIRST_PULL = 10.0  # flats of the sum that the walk leaves for a flat of the first rules
_BACK_PULL = 10.0  # how strongly the walk is drawn back to what goals before may give up
_OPENING_FLATS = 30.0  # flats of the sum that the walk leaves for a year of works less


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of one task in their order: a row a goal, a column a total, more being better.

    ``main`` is the goal most of the work goes to; ``per_flat`` what a flat missed costs in the weighted sum.
    """

    rows: FloatArray
    main: int
    approved_flats: float
    per_flat: float

    def phases(self, best: FloatArray) -> tuple[tuple[int, float], ...]:
        """Return which goals to seek in turn from what ``best`` reaches, each with its part of the work."""
        if self.main == RULES_GOAL:
            return ((self.main, 1.0),)
        wanted = (best[RULES_GOAL] < 0.0, True, self.approved_flats > 0.0, True)
        return tuple((goal, _PARTS[goal]) for goal in range(len(self.rows)) if wanted[goal])

    def aim(self, goal: int, best: FloatArray) -> Aim:
        """Return the search's aim at ``goal``, the goals before it kept near what ``best`` reaches."""
        slack, pull = np.zeros(len(self.rows)), np.zeros(len(self.rows))
        for earlier in range(self.main, goal):
            slack[earlier] = GIVE_UP_RATIO * abs(best[earlier])
            pull[earlier] = _BACK_PULL if earlier == self.main else self.per_flat
        weight = self.rows[self.main].copy()
        if self.main > RULES_GOAL:
            weight += _FIRST_PULL * self.per_flat * self.rows[RULES_GOAL]
        if goal == STAY_GOAL:
            weight += self.per_flat * self.rows[STAY_GOAL]
        if goal == OPENINGS_GOAL:
            weight += _OPENING_FLATS * self.per_flat * self.rows[OPENINGS_GOAL]
        return Aim(goals=self.rows, goal=goal, slack=slack, weight=weight, pull=pull)


def goals_of(instance: Instance, worth: Worth, goal: str, demanded: bool) -> Goals:
    """Return the goals of ``instance``: one weighted sum after what is ``demanded``, or several.

    References
    ----------
    docs/engineers/planning.md#objective
    """
    b, weighted = instance.buildings, np.zeros(TOTALS)
    weighted[[FIRST, BALANCE, VALUE, OPENING]] = -worth.per_flat, -worth.per_flat, 1.0, -1.0
    rows = [weighted]
    if goal == LEXICOGRAPHIC:
        weighted[FIRST] = 0.0
        rows = [_only(FIRST, -1.0), weighted, _only(STAYED, 1.0), _only(OPENED, -1.0)]
    if demanded:
        rows = [_only(DEMANDED, -1.0), weighted]
    return Goals(
        rows=np.array(rows),
        main=0 if len(rows) == 1 else 1,
        approved_flats=float(b.flats[b.approved_year != NO_YEAR].sum()),
        per_flat=worth.per_flat,
    )


def first_weight(row: PolicyRow, goal: str) -> float:
    """Return how many flats a unit missing of a rule counts before everything else."""
    return row.flats if goal == LEXICOGRAPHIC and row.kind in FIRST_KINDS else 0.0


def _only(total: int, weight: float) -> FloatArray:
    row = np.zeros(TOTALS)
    row[total] = weight
    return row
