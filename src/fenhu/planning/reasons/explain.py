"""Why a building is planned when it is, or not at all: sentences, the cheapest reason first.

The ladder: a gate that is closed; a purse that could not pay even if the building were alone; what stands in
the way in the plan as it is, year by year; and if nothing does, which rule of the policy would lose more.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fenhu.planning.reasons.blocking import Blocker, Books
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.names import amount_said, purse_name
from fenhu.planning.task.result import PlanResult, years_array
from fenhu.wording import Text, text


def why_not(instance: Instance, result: PlanResult, building: int) -> tuple[Text, ...]:
    """Return why ``building`` is in no year: the main reason first; nothing if it is planned.

    References
    ----------
    docs/engineers/planning.md#explanations
    """
    return Explainer(instance, result).why_not(building)


def why_year(instance: Instance, result: PlanResult, building: int) -> tuple[Text, ...]:
    """Return why ``building`` has the year it has: the main reason first; nothing if it is unplanned."""
    return Explainer(instance, result).why_year(building)


def why_unplanned(instance: Instance, result: PlanResult) -> Mapping[int, tuple[Text, ...]]:
    """Return the reasons of every unplanned building."""
    explainer = Explainer(instance, result)
    return {one: explainer.why_not(one) for one, year in enumerate(result.year_of) if year is None}


class Explainer:
    """Answers about one plan (a result, or its years alone); the books are opened once."""

    def __init__(self, instance: Instance, plan: PlanResult | IntArray) -> None:
        self.instance = instance
        self.year_of = years_array(plan) if isinstance(plan, PlanResult) else plan
        self.books = Books(instance, self.year_of)
        self.empty = Books(instance, np.full_like(self.year_of, NO_YEAR))

    def why_not(self, building: int) -> tuple[Text, ...]:
        """Return why ``building`` is unplanned."""
        if self.year_of[building] != NO_YEAR:
            return ()
        closed = self.closed(building)
        if closed is not None:
            return (closed,)
        years = [int(year) for year in np.flatnonzero(self.instance.open_years[building])]
        never = self._never(building, years)
        if never is not None:
            return (never,)
        return self._in_the_way(building, years)

    def why_year(self, building: int) -> tuple[Text, ...]:
        """Return why ``building`` has its year."""
        year = int(self.year_of[building])
        if year == NO_YEAR:
            return ()
        b, label = self.instance.buildings, self.instance.year_label(year)
        found = []
        if b.pinned_year[building] == year:
            found.append(text("The year {year} was fixed by decision.", year=label))
        elif b.approved_year[building] == year:
            found.append(text("The approved plan has it in {year}, and it stays there.", year=label))
        if b.priority[building] and year < self.instance.rules.priority_years:
            found.append(text("It belongs to the priority class, which goes first."))
        found += self._why_not_earlier(building, year)
        found.append(self._cluster_said(building, year))
        return tuple(found)

    def closed(self, building: int) -> Text | None:
        """Return the gate that keeps ``building`` out of every year, None where one is open."""
        b, instance = self.instance.buildings, self.instance
        if b.done[building]:
            return text("It is converted already.")
        if b.forbidden[building]:
            return text("It was left out by decision.")
        if b.earliest[building] >= instance.years:
            return text(
                "Its residents' consent is not expected before the plan ends in {year}.",
                year=instance.year_label(instance.years - 1),
            )
        if not instance.open_years[building].any():
            return text(
                "It was fixed to {year}, before its residents' consent is expected.",
                year=instance.year_label(int(b.pinned_year[building])),
            )
        return None

    def _never(self, building: int, years: list[int]) -> Text | None:
        alone = [self.empty.blockers(building, year) for year in years]
        alone = [[one for one in blockers if one.purse is not None] for blockers in alone]
        if not all(alone):
            return None
        least = min(range(len(years)), key=lambda one: (len(alone[one]), sum(b.amount for b in alone[one])))
        worst = max(alone[least], key=lambda one: one.amount)
        assert worst.purse is not None
        return text(
            "Even if nothing else were built, {purse} would lack {amount} in {year}: no other plan can help.",
            purse=purse_name(self.instance, worst.purse),
            amount=amount_said(worst.purse, worst.amount),
            year=self.instance.year_label(years[least]),
        )

    def nearest(self, building: int) -> list[Blocker]:
        """Return what stands in the way in the year that is nearest to fitting; nothing if one fits."""
        return self.books.blockers(building, self.nearest_year(building))

    def nearest_year(self, building: int) -> int:
        """Return the open year of ``building`` that is nearest to fitting."""
        years = np.flatnonzero(self.instance.open_years[building]).tolist()
        return int(min(years, key=lambda year: _weight(self.books.blockers(building, year))))

    def _in_the_way(self, building: int, years: list[int]) -> tuple[Text, ...]:
        by_year = {year: self.books.blockers(building, year) for year in years}
        free = [year for year, blockers in by_year.items() if not blockers]
        if free:
            return (
                text(
                    "It would fit into {year}, but the targets or the balance between districts would lose "
                    "more than it gains.",
                    year=self.instance.year_label(free[0]),
                ),
            )
        nearest = min(years, key=lambda year: _weight(by_year[year]))
        others = [year for year in years if year != nearest]
        return tuple(self._blocked_said(by_year[year], year) for year in [nearest, *others])

    def _blocked_said(self, blockers: list[Blocker], year: int) -> Text:
        said = blockers[0].sentence
        for one in blockers[1:]:
            said = text("{first}; {second}", first=said, second=one.sentence)
        return text("In {year}: {reasons}.", year=self.instance.year_label(year), reasons=said)

    def _why_not_earlier(self, building: int, year: int) -> list[Text]:
        earlier = [one for one in range(year) if self.instance.open_years[building, one]]
        if not earlier:
            first = self.instance.buildings.earliest[building] == year and year > 0
            said = text("Its residents' consent allows no earlier year.")
            return [said] if first else [text("It could not be done sooner.")]
        blockers = self.books.blockers(building, earlier[-1], without=building)
        return [self._blocked_said(blockers, earlier[-1])] if blockers else []

    def _cluster_said(self, building: int, year: int) -> Text:
        b = self.instance.buildings
        cluster = b.cluster[building]
        mates = (b.cluster == cluster) & (self.year_of != NO_YEAR)
        name = self.instance.clusters.names[cluster]
        if not (self.year_of[mates] < year).any():
            return text("The mains of cluster {cluster} are laid in this year.", cluster=name)
        return text("Works in cluster {cluster} go on in this year.", cluster=name)


def _weight(blockers: list[Blocker]) -> tuple[int, int]:
    """Order lists of blockers: the fewer first, then the smaller sum."""
    return len(blockers), sum(one.amount for one in blockers)
