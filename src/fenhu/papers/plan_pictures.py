"""The plan book's pictures as values: a season's calendar, the purses over the years, the map by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from fenhu.drawing import (
    BudgetBars,
    BudgetColumn,
    BudgetPurse,
    Gantt,
    GanttBar,
    GanttRow,
    YearMap,
    YearPlace,
)
from fenhu.papers.plan_sentences import budget_finding, map_finding, season_finding, source_name
from fenhu.papers.plan_values import BookRow, MainsRow, PlanBook, PurseRow, SeasonRow
from fenhu.records import Source
from fenhu.wording import Text, text

Address = Callable[[str], str]


def no_address(code: str) -> str:
    """Return no address: on paper nothing leads anywhere."""
    return ""


def season_gantt(book: PlanBook, year: int, *, address: Address = no_address) -> Gantt | None:
    """Return a year's works as a calendar, a row a supplier; None where nobody works."""
    seasons = [one for one in book.seasons if one.year == year]
    if not seasons:
        return None
    rows = [row for row in book.rows if row.year == year and row.starts is not None]
    mains = [one for one in book.mains if one.year == year and one.starts is not None]
    return Gantt(
        title=season_finding(book, year),
        desc=text("Works of every supplier's crews over the season, cluster after cluster, mains above them"),
        first_day=seasons[0].first_day,
        last_day=seasons[0].last_day,
        rows=tuple(
            _gantt_row(
                season,
                [row for row in rows if row.supplier == season.supplier],
                [one for one in mains if one.supplier == season.supplier],
                address,
            )
            for season in seasons
        ),
    )


def crews_said(season: SeasonRow) -> Text:
    """Return a season's crews in words: how many at once, and the days they use of those there are."""
    used = f"{season.used_days:,.0f}"
    if season.available_days is None:
        return text("crews: {crews}, days: {used}", crews=season.crews, used=used)
    return text(
        "crews: {crews}, days: {used} of {available}",
        crews=season.crews, used=used, available=f"{season.available_days:,.0f}",
    )  # fmt: skip


def _gantt_row(
    season: SeasonRow, rows: Sequence[BookRow], mains: Sequence[MainsRow], address: Address
) -> GanttRow:
    ordered = sorted(rows, key=lambda row: (row.starts, row.ends, row.code))
    clusters = list(dict.fromkeys(row.cluster for row in ordered))
    bars = [_mains_bar(one) for one in mains]
    bars += [_bar(row, clusters.index(row.cluster), address) for row in ordered]
    return GanttRow(label=season.supplier, note=crews_said(season), lanes=season.crews, bars=tuple(bars))


def _mains_bar(one: MainsRow) -> GanttBar:
    assert one.starts is not None
    assert one.ends is not None
    return GanttBar(label="", cluster=one.cluster, starts=one.starts, ends=one.ends, lane=None)


def _bar(row: BookRow, group: int, address: Address) -> GanttBar:
    assert row.starts is not None
    assert row.ends is not None
    assert row.crew is not None
    return GanttBar(
        label=row.code, cluster=row.cluster, starts=row.starts, ends=row.ends, lane=row.crew - 1, group=group,
        href=address(row.code),
    )  # fmt: skip


def budget_bars(purses: Sequence[PurseRow]) -> BudgetBars:
    """Return what the sources have and spend year by year, the scopes of a source together."""
    own = {source: [one for one in purses if one.source is source] for source in Source}
    return BudgetBars(
        title=budget_finding(purses),
        desc=text("What every source has in a year, divided into spent and left, in 10,000 yuan"),
        purses=tuple(_budget_purse(source, held) for source, held in own.items() if _has_money(held)),
    )


def _has_money(purses: Iterable[PurseRow]) -> bool:
    return any(one.given_fen or one.carried_fen for one in purses)


def _budget_purse(source: Source, purses: Sequence[PurseRow]) -> BudgetPurse:
    years = sorted({one.year for one in purses})
    columns = []
    for year in years:
        own = [one for one in purses if one.year == year]
        columns.append(BudgetColumn(
            label=str(year), given_fen=sum(one.given_fen for one in own),
            carried_fen=sum(one.carried_fen for one in own), spent_fen=sum(one.spent_fen for one in own),
            left_fen=sum(one.left_fen for one in own),
        ))  # fmt: skip
    scopes = {one.scope for one in purses}
    name = source_name(source)
    label = text("{source} ({count} purses)", source=name, count=len(scopes)) if len(scopes) > 1 else name
    return BudgetPurse(label=label, carries=purses[0].carries, columns=tuple(columns))


def plan_map(
    rows: Sequence[BookRow], years: Sequence[int], *, address: Address = no_address, place: str = ""
) -> YearMap:
    """Return the buildings on the map by year; ``place`` heads the finding where it is one district's."""
    found = map_finding(rows)
    return YearMap(
        title=text("{place}: {finding}", place=place, finding=found) if place else found,
        desc=text("Every building by district and cluster, coloured and numbered by its year"),
        years=tuple(years),
        places=tuple(
            YearPlace(
                label=f"{row.code} {row.name}", district=row.district, cluster=row.cluster, year=row.year,
                href=address(row.code),
            )
            for row in rows
        ),
    )  # fmt: skip
