"""A plan as a reader compares it: years, flats and money of its buildings, and what the policy lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from fenhu import planning
from fenhu.planning import NO_YEAR, BoolArray, Instance, PlanResult
from fenhu.records import Payer
from fenhu.wording import Text, text

_PINNED = "pinned"
_WAN_FEN = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedYear:
    """One year of a plan; targets are the whole city's, None for a reader of a part or where none is set."""

    year: int
    buildings: int
    flats: int
    cost_fen: Mapping[Payer, int]
    total_fen: int
    target_flats: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """A plan in figures, of the buildings its reader may see.

    ``key`` names it in an address. ``benefit`` is in flats. ``year_by_code`` holds years by number, None
    where unplanned.
    """

    key: str
    name: Text
    years: tuple[PlannedYear, ...]
    buildings: int
    flats: int
    benefit: float
    cost_fen: Mapping[Payer, int]
    total_fen: int
    shortfalls: tuple[Text, ...]
    year_by_code: Mapping[str, int | None]

    @property
    def by_year(self) -> Mapping[int, PlannedYear]:
        """Return its years by their number."""
        return {year.year: year for year in self.years}


def figures_of(
    instance: Instance, result: PlanResult, *, key: str, name: Text, seen: BoolArray, whole: bool
) -> PlanFigures:
    """Return the figures of a plan for a reader who sees the buildings of ``seen`` (``whole``: all)."""
    year_of = planning.years_array(result)
    years = planning.yearly_outline(instance, year_of, None if whole else seen)
    cost: Counter[Payer] = Counter()
    for one in years:
        cost.update(one.cost_fen)
    return PlanFigures(
        key=key, name=name, years=tuple(_year(instance, one, whole) for one in years),
        buildings=sum(one.buildings for one in years), flats=sum(one.flats for one in years),
        benefit=sum(one.benefit for one in years), cost_fen=dict(cost), total_fen=sum(cost.values()),
        shortfalls=tuple(
            one.text for one in result.shortfalls if one.kind != _PINNED or seen[one.scope]
        ),
        year_by_code={
            instance.buildings.ids[building]: _label(instance, int(year_of[building]))
            for building in np.flatnonzero(seen)
        },
    )  # fmt: skip


def difference_said(one: PlanFigures, other: PlanFigures) -> tuple[Text, ...]:
    """Return in sentences how ``one`` differs from ``other``: flats, money, benefit, who has another year."""
    flats, wan = one.flats - other.flats, (one.total_fen - other.total_fen) / _WAN_FEN
    said = [
        text("{flats} flats in {buildings} buildings against {other_flats} flats in {other_buildings}",
             flats=f"{one.flats:,}", buildings=f"{one.buildings:,}", other_flats=f"{other.flats:,}",
             other_buildings=f"{other.buildings:,}") if flats or one.buildings != other.buildings
        else text("As many flats: {flats} in {buildings} buildings", flats=f"{one.flats:,}",
                  buildings=f"{one.buildings:,}"),
    ]  # fmt: skip
    if abs(wan) >= 0.05:
        more = text("{wan} × 10,000 yuan more are spent", wan=f"{abs(wan):,.1f}")
        said.append(more if wan > 0 else text("{wan} × 10,000 yuan less are spent", wan=f"{abs(wan):,.1f}"))
    if other.benefit > 0 and abs(percent := 100 * (one.benefit / other.benefit - 1)) >= 0.05:
        gained = text("a benefit {percent} % larger", percent=f"{abs(percent):.1f}")
        lost = text("a benefit {percent} % smaller", percent=f"{abs(percent):.1f}")
        said.append(gained if percent > 0 else lost)
    years = _years_said(one, other)
    by_year = [text("By year: {years}", years=joined(years))] if years else []
    return (*said, *by_year, _moved_said(one, other))


def joined(sentences: Sequence[Text]) -> Text:
    """Return sentences as one, with semicolons between them."""
    return reduce(lambda first, second: text("{first}; {second}", first=first, second=second), sentences)


def _years_said(one: PlanFigures, other: PlanFigures) -> list[Text]:
    before = {year.year: year.flats for year in other.years}
    now = {year.year: year.flats for year in one.years}
    found = []
    for year in sorted(before | now):
        more = now.get(year, 0) - before.get(year, 0)
        if more > 0:
            found.append(text("{flats} flats more in {year}", year=str(year), flats=f"{more:,}"))
        if more < 0:
            found.append(text("{flats} flats fewer in {year}", year=str(year), flats=f"{-more:,}"))
    return found


def _moved_said(one: PlanFigures, other: PlanFigures) -> Text:
    kinds: Counter[str] = Counter()
    for code, year in one.year_by_code.items():
        before = other.year_by_code.get(code)
        if year == before:
            continue
        kinds["all"] += 1
        kinds[_way(before, year)] += 1
    if not kinds:
        return text("Every building has the same year")
    return text(
        "{count} buildings have another year: {sooner} sooner, {later} later, {new} new, {gone} without one",
        count=f"{kinds['all']:,}", sooner=f"{kinds['sooner']:,}", later=f"{kinds['later']:,}",
        new=f"{kinds['new']:,}", gone=f"{kinds['gone']:,}",
    )  # fmt: skip


def _way(before: int | None, year: int | None) -> str:
    if before is None or year is None:
        return "new" if before is None else "gone"
    return "sooner" if year < before else "later"


def _year(instance: Instance, one: planning.YearOutline, whole: bool) -> PlannedYear:
    return PlannedYear(
        year=instance.first_year + one.year, buildings=one.buildings, flats=one.flats, cost_fen=one.cost_fen,
        total_fen=one.total_fen,
        target_flats=(instance.rules.target_flats[one.year] or None) if whole else None,
    )  # fmt: skip


def _label(instance: Instance, year: int) -> int | None:
    return None if year == NO_YEAR else instance.first_year + year
