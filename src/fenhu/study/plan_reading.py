"""What a plan's years alone tell: purses, mains and seasons, with the policy's days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, floor

import numpy as np

from fenhu import design, papers, planning
from fenhu.policy import Policy
from fenhu.records import Source
from fenhu.study.instance import NOT_LIMITED_DAYS, NOT_LIMITED_FEN
from fenhu.study.stairwells import building_code
from fenhu.wording import Text, text

_SOURCES: Mapping[str, Source] = {
    "CITY": Source.CITY, "DIST": Source.DISTRICT, "REPAIR": Source.REPAIR_FUND, "OWNER": Source.OWNER,
    "UPPER": Source.UPPER, "SUPPLIER": Source.SUPPLIER,
}  # fmt: skip
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDays:
    """Which of its supplier's crews works in a building, from when to when, and the season's last day."""

    crew: int
    crew_days: float
    starts: date
    ends: date
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReading:
    """A plan read off its task: money and crews in rows, days and benefit by building code.

    Where stairwells are planned one by one, days and benefit are there by stairwell and by building. Purses
    the register does not limit are left out.
    """

    years: tuple[int, ...]
    purses: tuple[papers.PurseRow, ...]
    mains: tuple[papers.MainsRow, ...]
    seasons: tuple[papers.SeasonRow, ...]
    days: Mapping[str, WorkDays]
    benefit: Mapping[str, float]

    def dated(self, row: papers.BookRow) -> papers.BookRow:
        """Return a building's row with its days, and with its benefit."""
        benefit, days = self.benefit.get(row.code, 0.0), self.days.get(row.code)
        if days is None:
            return replace(row, benefit=benefit)
        return replace(
            row, benefit=benefit, crew=days.crew, crew_days=days.crew_days, starts=days.starts,
            ends=days.ends, due=days.due,
        )  # fmt: skip


def read_plan(instance: planning.Instance, year_of: planning.IntArray, policy: Policy) -> PlanReading:
    """Return what the years tell about money, mains and crews.

    Parameters
    ----------
    year_of : 0-based year of every building, NO_YEAR where unplanned; the plan breaks no hard row.
    """
    years = tuple(instance.first_year + year for year in range(instance.years))
    bounds = [season_days(policy, year) for year in years]
    lengths = [(last - first).days + 1 for first, last in bounds]
    seasons = planning.crew_calendar(instance, year_of, lengths, design.mains_days())
    jobs = [(season, job) for season in seasons for job in season.jobs]
    laid = {
        (season.year, job.cluster): _span(bounds[season.year], job)
        for season, job in jobs
        if job.building == planning.NO_BUILDING
    }
    days = {
        instance.buildings.ids[job.building]: _work_days(instance, job, bounds[season.year])
        for season, job in jobs
        if job.building != planning.NO_BUILDING
    }
    benefit: dict[str, float] = dict(
        zip(instance.buildings.ids, instance.buildings.benefit.tolist(), strict=True)
    )
    for house, items in houses(instance).items():
        if len(items) > 1:
            benefit[house] = sum(benefit[item] for item in items)
            days |= _first_days(house, [days[item] for item in items if item in days])
    return PlanReading(
        years=years,
        purses=_purses(instance, year_of),
        mains=_mains(instance, year_of, laid, bounds),
        seasons=tuple(_season(instance, season, *bounds[season.year]) for season in seasons),
        days=days,
        benefit=benefit,
    )


def houses(instance: planning.Instance) -> Mapping[str, Sequence[str]]:
    """Return the items of every building: itself, or its stairwells where they are planned one by one."""
    several = instance.part_ratio < 1.0
    found: dict[str, list[str]] = {}
    for item, is_part in zip(instance.buildings.ids, several.tolist(), strict=True):
        found.setdefault(building_code(item) if is_part else item, []).append(item)
    return found


def years_by_building(instance: planning.Instance, year_of: planning.IntArray) -> Mapping[str, int | None]:
    """Return the first year of every building, None where it has none."""
    years = dict(zip(instance.buildings.ids, year_of.tolist(), strict=True))
    found: dict[str, int | None] = {}
    for house, items in houses(instance).items():
        own = [years[item] for item in items if years[item] != planning.NO_YEAR]
        found[house] = instance.first_year + min(own) if own else None
    return found


def _first_days(house: str, days: Sequence[WorkDays]) -> dict[str, WorkDays]:
    """Return a building's days as those of its stairwells in its first year."""
    first_due = min((one.due for one in days), default=None)
    own = [one for one in days if one.due == first_due]
    if not own:
        return {}
    whole = replace(
        own[0], crew_days=sum(one.crew_days for one in own), starts=min(one.starts for one in own),
        ends=max(one.ends for one in own),
    )  # fmt: skip
    return {house: whole}


def season_days(policy: Policy, year: int) -> tuple[date, date]:
    """Return the first and last day of a year's works: after the heating season and the document's first day.

    References
    ----------
    Clause 三(二): the works of the year are done by 30 September.
    """
    heating_ends, last = policy.calendar.season_of(year - 1)[1], policy.calendar.completion_deadline(year)
    first = max(heating_ends + _DAY, policy.valid_from)
    return (first if first <= last else heating_ends + _DAY), last


def calendar_assumption(policy: Policy) -> papers.NamedAssumption:
    """Return what the crews' calendar takes for granted."""
    first, last = season_days(policy, policy.programme.first_year + 1)
    return papers.NamedAssumption(
        key="crew_calendar",
        value=f"{first:%m-%d} – {last:%m-%d}",
        reason=_calendar_said(),
        clause=policy.calendar.completion.clause,
    )


def _calendar_said() -> Text:
    return text(
        "Crews work every day of the season, a building is one crew's until it is done, and a supplier sends"
        " as few crews as end in time, never more than its crew days fill over the season. A team of its own"
        " lays the mains of one cluster after the other, {days} days each, before the cluster's buildings.",
        days=design.mains_days(),
    )


def _purses(instance: planning.Instance, year_of: planning.IntArray) -> tuple[papers.PurseRow, ...]:
    scopes = {
        "DIST": instance.district_names,
        "OWNER": instance.owner_names,
        "SUPPLIER": instance.supplier_names,
    }
    return tuple(
        papers.PurseRow(
            source=_SOURCES[one.purse.source],
            scope=scopes[one.purse.source][one.purse.scope] if one.purse.source in scopes else "",
            year=instance.first_year + year, given_fen=one.given[year], carried_fen=one.carried[year],
            spent_fen=one.spent[year], left_fen=one.left[year], carries=one.carries,
        )
        for one in planning.purse_years(instance, year_of)
        if one.purse.source in _SOURCES and max(one.given) < NOT_LIMITED_FEN and _is_named(one.purse, scopes)
        for year in range(instance.years)
    )  # fmt: skip


def _is_named(purse: planning.Purse, scopes: Mapping[str, tuple[str, ...]]) -> bool:
    return purse.source not in scopes or purse.scope < len(scopes[purse.source])


def _mains(
    instance: planning.Instance,
    year_of: planning.IntArray,
    laid: Mapping[tuple[int, int], tuple[date, date]],
    bounds: Sequence[tuple[date, date]],
) -> tuple[papers.MainsRow, ...]:
    """Return what clusters cost beside their buildings; a cluster is of its first building's district."""
    b = instance.buildings
    clusters, buildings = np.unique(b.cluster, return_index=True)
    first = dict(zip(clusters.tolist(), buildings.tolist(), strict=True))
    rows = []
    for one in planning.cluster_works(instance, year_of):
        starts, ends = laid.get((one.year, one.cluster), (None, None))
        rows.append(papers.MainsRow(
            year=instance.first_year + one.year, cluster=cluster_name(instance, one.cluster),
            district=instance.district_names[b.district[first[one.cluster]]],
            supplier=instance.supplier_names[instance.clusters.supplier[one.cluster]],
            mains_fen=one.mains_fen, set_up_fen=one.set_up_fen, upper_fen=one.upper_fen,
            starts=starts, ends=ends, due=bounds[one.year][1],
        ))  # fmt: skip
    return tuple(rows)


def cluster_name(instance: planning.Instance, cluster: int) -> str:
    """Return what a cluster is called: a building without one is a cluster by its own code."""
    return instance.clusters.names[cluster].removeprefix("·")


def _season(
    instance: planning.Instance, season: planning.CrewSeason, first: date, last: date
) -> papers.SeasonRow:
    available = season.available_days
    return papers.SeasonRow(
        supplier=instance.supplier_names[season.supplier], year=instance.first_year + season.year,
        first_day=first, last_day=last, crews=season.crews,
        available_days=available if available < NOT_LIMITED_DAYS else None, used_days=season.used_days,
    )  # fmt: skip


def _work_days(instance: planning.Instance, job: planning.CrewJob, bounds: tuple[date, date]) -> WorkDays:
    starts, ends = _span(bounds, job)
    days = float(instance.buildings.crew_days[job.building])
    return WorkDays(crew=job.crew + 1, crew_days=days, starts=starts, ends=ends, due=bounds[1])


def _span(bounds: tuple[date, date], job: planning.CrewJob) -> tuple[date, date]:
    """Return the first and last day on which somebody works."""
    starts = bounds[0] + floor(job.start_days) * _DAY
    return starts, max(starts, bounds[0] + (ceil(job.end_days) - 1) * _DAY)
