"""A plan mended near one place: only some buildings may move, everything else stays as it is."""

from __future__ import annotations

from fenhu.errors import InputFault
from fenhu.planning.search.annealing import COLD, WARM
from fenhu.planning.search.incumbent import Incumbent
from fenhu.planning.task.instance import NO_YEAR, BoolArray, Instance, IntArray
from fenhu.wording import text


def resolve_near(
    instance: Instance, start: IntArray, near: BoolArray, *, goal: str, rounds: int, seed: int = 0
) -> IntArray:
    """Return the best years found that differ from ``start`` only where ``near`` is True.

    What does not fit of ``start`` (fixed years go in first) is left out of it; the answer is never worse than
    what fits.

    Parameters
    ----------
    start : 0-based year of every building, NO_YEAR where unplanned. near : one truth value a building.
    rounds : counted work, in ruins. goal, seed : as for ``solve``.

    Raises
    ------
    InputFault
        If ``start`` or ``near`` have not one value a building.
    """
    count = len(instance.buildings)
    if len(start) != count or len(near) != count or rounds < 0:
        raise InputFault(
            text("A plan to mend needs a year and a truth value for each of {count} buildings.", count=count)
        )
    incumbent = Incumbent(instance, goal, seed)
    state = incumbent.adopt_start(start)
    incumbent.hold(_free(instance, near, state.year_of))
    incumbent.anneal(state, rounds, WARM, COLD)
    return incumbent.year_of


def _free(instance: Instance, near: BoolArray, year_of: IntArray) -> BoolArray:
    """Return who may move: near, and not needed by a planned building that stays."""
    free = near.copy()
    needed = instance.order[year_of[instance.order[:, 1]] != NO_YEAR]
    while True:
        held = needed[free[needed[:, 0]] & ~free[needed[:, 1]], 0]
        if not len(held):
            return free
        free[held] = False
