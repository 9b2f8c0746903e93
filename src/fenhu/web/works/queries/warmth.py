"""How warm the flats of a study are, building by building, in arrays that are read from the database once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Max

from fenhu.web.works.models import BuildingOutcome, Study

BATCH = 500
Found = Mapping[str, Iterable[float]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWarmth:
    """One state of many buildings, a row a building.

    ``flats`` counts them by whole degree, from ``lowest_c`` on; ``sum_c`` and ``counted`` are by storey,
    from ``lowest_storey`` on.
    """

    lowest_c: int
    lowest_storey: int
    flats: npt.NDArray[np.int32]
    sum_c: npt.NDArray[np.float64]
    counted: npt.NDArray[np.int32]

    def by_degree(self, rows: npt.NDArray[np.int64]) -> dict[int, int]:
        """Return how many flats of some buildings lie from every whole degree up to the next."""
        counts = self.flats[rows].sum(axis=0)
        return {self.lowest_c + int(at): int(counts[at]) for at in np.flatnonzero(counts)}

    def by_storey(self, rows: npt.NDArray[np.int64]) -> dict[int, float]:
        """Return the mean temperature of every storey of some buildings, ℃."""
        sums, counts = self.sum_c[rows].sum(axis=0), self.counted[rows].sum(axis=0)
        return {self.lowest_storey + int(at): float(sums[at] / counts[at]) for at in np.flatnonzero(counts)}


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyWarmth:
    """The buildings of a study before and after; ``outcomes`` are their sorted numbers."""

    outcomes: npt.NDArray[np.int64]
    before: StateWarmth
    after: StateWarmth

    def rows(self, outcomes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the rows of outcomes of this study."""
        return np.searchsorted(self.outcomes, outcomes)


def current_warmth() -> StudyWarmth | None:
    """Return how warm the buildings of the current study are; None where the city was never studied."""
    study = Study.objects.filter(current=True).annotate(newest=Max("outcomes"))
    found = study.values_list("pk", "created_at", "newest").first()
    return _warmth(*found) if found is not None else None


def flats_by_degree(buildings: Any) -> tuple[dict[int, int], dict[int, int]]:
    """Return how many flats of some buildings lie from every whole degree up, before and after."""
    warmth = current_warmth()
    if warmth is None:
        return {}, {}
    wanted = BuildingOutcome.objects.filter(study__current=True, building__in=buildings)
    rows = warmth.rows(np.array([*wanted.values_list("pk", flat=True)], dtype=np.int64))
    return warmth.before.by_degree(rows), warmth.after.by_degree(rows)


@lru_cache(maxsize=1)
def _warmth(study: int, created_at: datetime, newest: int | None) -> StudyWarmth:
    """Return a study's arrays, read once: what is diagnosed again has a new number."""
    stored = BuildingOutcome.objects.filter(study=study).order_by("pk").values_list("pk", "before", "after")
    numbers, before, after = [], [], []
    for pk, was, becomes in stored.iterator(BATCH):
        numbers.append(pk)
        before.append(_counted(was))
        after.append(_counted(becomes))
    outcomes = np.array(numbers, dtype=np.int64)
    return StudyWarmth(outcomes=outcomes, before=_state(before), after=_state(after))


Counted = tuple[dict[int, int], dict[int, tuple[float, int]]]


def _counted(state: Found) -> Counted:
    """Return one building's flats by degree, and the sum and the count of every storey."""
    degrees: dict[int, int] = {}
    storeys: dict[int, tuple[float, int]] = {}
    for flat_id, (temperature_c, _) in (state or {}).items():
        degree, storey = math.floor(temperature_c), int(flat_id.split("-")[1])
        degrees[degree] = degrees.get(degree, 0) + 1
        total, count = storeys.get(storey, (0.0, 0))
        storeys[storey] = (total + temperature_c, count + 1)
    return degrees, storeys


def _state(buildings: list[Counted]) -> StateWarmth:
    degrees = {degree for found, _ in buildings for degree in found} or {0}
    storeys = {storey for _, found in buildings for storey in found} or {0}
    lowest_c, lowest_storey = min(degrees), min(storeys)
    flats = np.zeros((len(buildings), max(degrees) - lowest_c + 1), dtype=np.int32)
    sum_c = np.zeros((len(buildings), max(storeys) - lowest_storey + 1))
    counted = np.zeros(sum_c.shape, dtype=np.int32)
    for row, (by_degree, by_storey) in enumerate(buildings):
        for degree, count in by_degree.items():
            flats[row, degree - lowest_c] = count
        for storey, (total, count) in by_storey.items():
            sum_c[row, storey - lowest_storey], counted[row, storey - lowest_storey] = total, count
    return StateWarmth(
        lowest_c=lowest_c, lowest_storey=lowest_storey, flats=flats, sum_c=sum_c, counted=counted
    )
