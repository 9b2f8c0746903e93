"""Which of two plans is better, and a plan made better near one place with counted work."""

from __future__ import annotations

import numpy as np

from fenhu.planning.model.judge import score
from fenhu.planning.search.goals import first_weight
from fenhu.planning.search.near import resolve_near
from fenhu.planning.search.solve import solve
from fenhu.planning.task.instance import BoolArray, Instance, IntArray
from fenhu.planning.task.result import years_array
from fenhu.planning.task.shortfall import policy_rows

PROVEN_COLUMNS = 60
NEAR_ROUNDS = 1500

Standing = tuple[float, float]


def standing(instance: Instance, goal: str, year_of: IntArray) -> Standing:
    """Return what is kept of the first rules (0, or minus the flats missed), then the weighted sum."""
    missed = sum(first_weight(row, goal) * row.missing(year_of) for row in policy_rows(instance))
    return -missed, score(instance, year_of)


def mended(
    instance: Instance, start: IntArray, near: BoolArray, *, goal: str, rounds: int, seed: int
) -> IntArray:
    """Return the best plan found from ``start`` where only ``near`` buildings move; a small one is proven.

    A plan small enough for proof is solved as a whole, whoever is near.
    """
    if np.count_nonzero(instance.open_years) <= PROVEN_COLUMNS:
        return years_array(solve(instance, goal=goal, effort=1, seed=seed, start=start))
    return resolve_near(instance, start, near, goal=goal, rounds=rounds, seed=seed)


def neighbours(instance: Instance, building: int) -> BoolArray:
    """Return who shares cluster, supplier, owner unit or a district's reward money with ``building``."""
    b = instance.buildings
    near = b.supplier == b.supplier[building]
    near |= (b.owner == b.owner[building]) & (b.owner[building] >= 0)
    if not b.city_pays[building]:
        near |= (b.district == b.district[building]) & ~b.city_pays
    return np.asarray(near, dtype=bool)
