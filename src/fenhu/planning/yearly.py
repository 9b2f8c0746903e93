"""What a plan pays besides its buildings, year by year: mains, set-ups of works, and who helps with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.blocking import Books
from fenhu.planning.explain import years_array
from fenhu.planning.instance import Instance
from fenhu.planning.result import PlanResult


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyWorks:
    """One number a year, in fen: mains, set-ups, and the least upper-level money that pays for the mains."""

    mains_fen: tuple[int, ...]
    mobilise_fen: tuple[int, ...]
    upper_fen: tuple[int, ...]


def yearly_works(instance: Instance, result: PlanResult) -> YearlyWorks:
    """Return the money of mains and set-ups a plan takes; mains are laid in a cluster's first year."""
    books = Books(instance, years_array(result))
    active = books.active
    first = np.zeros_like(active)
    opened = np.flatnonzero(active.any(axis=1))
    first[opened, active[opened].argmax(axis=1)] = True
    inside = np.zeros(instance.years, dtype=np.int64)
    for house, year in books.visited:
        inside[year] += instance.set_up_fen[house]
    granted = books.least.sum(axis=0)
    if books.purses.upper_carries:
        granted = np.diff(granted, prepend=0)
    return YearlyWorks(
        mains_fen=_whole((instance.clusters.mains_fen[:, None] * first).sum(axis=0)),
        mobilise_fen=_whole((instance.clusters.mobilise_fen[:, None] * active).sum(axis=0) + inside),
        upper_fen=_whole(granted),
    )


def _whole(amounts: np.ndarray) -> tuple[int, ...]:
    return tuple(int(amount) for amount in amounts)
