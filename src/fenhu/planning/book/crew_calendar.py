"""From a plan's years to days: which crew works in which building from when to when.

A supplier's crews go through its clusters one after another, first those whose mains lie, then by the most
urgent building; within a cluster by urgency, whoever has to go first before who has to come later. A building
is one crew's until it is done. A team of its own lays the mains, cluster after cluster in the same order, and
a cluster's buildings wait for it. A supplier sends as few crews as end in time, never more than its crew days
fill over the season. The yearly plan counts crew days, not dates: what ends after the season is late.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.purses import CREW_PARTS

NO_BUILDING = NO_CREW = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewJob:
    """Works in one building, or the laying of a cluster's mains (NO_BUILDING, by NO_CREW).

    Days count from the first morning of the season, in fractions.
    """

    cluster: int
    building: int
    crew: int
    start_days: float
    end_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewSeason:
    """One supplier's season: so many ``crews`` at once, what they have, what they need, what they do when."""

    supplier: int
    year: int
    crews: int
    season_days: int
    available_days: float
    used_days: float
    jobs: tuple[CrewJob, ...]

    @property
    def late(self) -> tuple[CrewJob, ...]:
        """Return what does not end within the season."""
        return tuple(job for job in self.jobs if job.end_days > self.season_days)


def crew_calendar(
    instance: Instance, year_of: IntArray, season_days: Sequence[int], mains_days: int
) -> tuple[CrewSeason, ...]:
    """Return every supplier's season with works, by year and supplier.

    Parameters
    ----------
    year_of : 0-based year of every building, NO_YEAR where unplanned.
    season_days : the days of every year's season, at least 1.
    mains_days : how long the mains of one cluster take.
    """
    laid = _years_of_mains(instance, year_of)
    return tuple(
        season
        for year, days in enumerate(season_days)
        for season in _Year(instance, year_of, laid, year, days, mains_days).seasons()
    )


def _years_of_mains(instance: Instance, year_of: IntArray) -> dict[int, int]:
    """Return the year in which every cluster that has mains to lay gets them."""
    first: dict[int, int] = {}
    for building in np.flatnonzero(year_of != NO_YEAR):
        cluster = int(instance.buildings.cluster[building])
        if instance.clusters.mains_fen[cluster]:
            first[cluster] = min(first.get(cluster, instance.years), int(year_of[building]))
    return first


class _Year:
    """One season of all suppliers; times are whole thousandths of a day."""

    def __init__(
        self, instance: Instance, year_of: IntArray, laid: Mapping[int, int], year: int, days: int,
        mains_days: int,
    ) -> None:  # fmt: skip
        self.instance, self.year, self.days = instance, year, days
        self.length = np.rint(instance.buildings.crew_days * CREW_PARTS).astype(np.int64)
        self.buildings = [int(one) for one in np.flatnonzero(year_of == year)]
        self.new_mains = {cluster for cluster, first in laid.items() if first == year}
        self.clusters = self._ordered_clusters()
        self.before = self._before()
        self.sequence = self._sequence()
        self.mains_end = self._mains_end(mains_days * CREW_PARTS)
        self.mains_length = mains_days * CREW_PARTS

    def seasons(self) -> list[CrewSeason]:
        used: dict[int, int] = {}
        for one in self.buildings:
            supplier = int(self.instance.buildings.supplier[one])
            used[supplier] = used.get(supplier, 0) + int(self.length[one])
        most = {one: self._most_crews(one) for one in used}
        crews = {
            one: max(1, min(most[one], ceil(parts / CREW_PARTS / self.days))) for one, parts in used.items()
        }
        jobs = self._jobs(crews)
        while more := self._short_of_crews(jobs, crews, most):
            crews |= {one: crews[one] + 1 for one in more}
            jobs = self._jobs(crews)
        return [self._season(one, crews[one], used[one], jobs[one]) for one in sorted(used)]

    def _most_crews(self, supplier: int) -> int:
        count = sum(int(self.instance.buildings.supplier[one]) == supplier for one in self.buildings)
        available_days = float(self.instance.budgets.crew_days[supplier, self.year])
        return min(count, ceil(available_days / self.days))

    def _short_of_crews(
        self, jobs: Mapping[int, Sequence[CrewJob]], crews: Mapping[int, int], most: Mapping[int, int]
    ) -> list[int]:
        return [
            one
            for one in crews
            if crews[one] < most[one] and any(job.end_days > self.days for job in jobs[one])
        ]

    def _ordered_clusters(self) -> list[int]:
        b, urgent = self.instance.buildings, dict[int, float]()
        for one in self.buildings:
            cluster = int(b.cluster[one])
            urgent[cluster] = max(urgent.get(cluster, -np.inf), float(b.rank_score[one]))
        return sorted(urgent, key=lambda one: (one in self.new_mains, -urgent[one], one))

    def _before(self) -> dict[int, list[int]]:
        """Return the buildings of the year that have to be done before another of the year."""
        own, found = set(self.buildings), dict[int, list[int]]()
        for first, later in self.instance.order.tolist():
            if first in own and later in own:
                found.setdefault(later, []).append(first)
        return found

    def _sequence(self) -> list[int]:
        """Return the buildings as crews take them up: by cluster and urgency, none before its forerunners."""
        b, place = self.instance.buildings, {one: n for n, one in enumerate(self.clusters)}
        keys = {one: (place[int(b.cluster[one])], -float(b.rank_score[one]), one) for one in self.buildings}
        waiting = {later: set(first) for later, first in self.before.items()}
        ready = [keys[one] for one in self.buildings if one not in waiting]
        heapq.heapify(ready)
        sequence: list[int] = []
        while ready:
            *_, one = heapq.heappop(ready)
            sequence.append(one)
            for later in [later for later, first in waiting.items() if one in first]:
                waiting[later].remove(one)
                if not waiting[later]:
                    heapq.heappush(ready, keys[later])
        in_a_circle = sorted(set(self.buildings).difference(sequence), key=lambda one: keys[one])
        return sequence + in_a_circle

    def _mains_end(self, length: int) -> dict[int, int]:
        """Return when the mains of every cluster lie, one after the other at each supplier."""
        busy: dict[int, int] = {}
        ends: dict[int, int] = {}
        for cluster in self.clusters:
            if cluster in self.new_mains:
                supplier = int(self.instance.clusters.supplier[cluster])
                busy[supplier] = ends[cluster] = busy.get(supplier, 0) + length
        return ends

    def _jobs(self, crews: Mapping[int, int]) -> dict[int, list[CrewJob]]:
        jobs: dict[int, list[CrewJob]] = {one: [] for one in crews}
        for cluster, end in self.mains_end.items():
            supplier = int(self.instance.clusters.supplier[cluster])
            jobs[supplier].append(_job(cluster, NO_BUILDING, NO_CREW, end - self.mains_length, end))
        free = {one: [0] * count for one, count in crews.items()}
        ended: dict[int, int] = {}
        for one in self.sequence:
            supplier, cluster = self._place(one)
            crew = free[supplier].index(min(free[supplier]))
            waits = [ended.get(first, 0) for first in self.before.get(one, ())]
            start = max(free[supplier][crew], self.mains_end.get(cluster, 0), *waits)
            ended[one] = free[supplier][crew] = start + int(self.length[one])
            jobs[supplier].append(_job(cluster, one, crew, start, ended[one]))
        return jobs

    def _place(self, building: int) -> tuple[int, int]:
        b = self.instance.buildings
        return int(b.supplier[building]), int(b.cluster[building])

    def _season(self, supplier: int, crews: int, used: int, jobs: Sequence[CrewJob]) -> CrewSeason:
        return CrewSeason(
            supplier=supplier, year=self.year, crews=crews, season_days=self.days,
            available_days=float(self.instance.budgets.crew_days[supplier, self.year]),
            used_days=used / CREW_PARTS, jobs=tuple(jobs),
        )  # fmt: skip


def _job(cluster: int, building: int, crew: int, start: int, end: int) -> CrewJob:
    return CrewJob(
        cluster=cluster, building=building, crew=crew,
        start_days=start / CREW_PARTS, end_days=end / CREW_PARTS,
    )  # fmt: skip
