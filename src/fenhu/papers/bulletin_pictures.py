"""A bulletin's pictures as values: years against targets, the year's pace, who is how far, warmth, money."""

from __future__ import annotations

from datetime import date, timedelta

from fenhu.drawing import Bar, BarChart, Histogram, Series, StackedBars, StackedColumn, below
from fenhu.papers.bulletin_sentences import buildings_said, day_said, furthest_behind
from fenhu.papers.bulletin_values import Bulletin, BulletinMoney, Period
from fenhu.papers.report_sentences import LIMIT_C, counted, percent
from fenhu.wording import text

_STAGES = (
    Series(key="spent", label=text("Spent")), Series(key="contracted", label=text("Contracted")),
    Series(key="committed", label=text("Committed by plans")), Series(key="free", label=text("Free")),
)  # fmt: skip


def years_chart(bulletin: Bulletin) -> BarChart | None:
    """Return the buildings accepted of every year of the programme against its target; None without any."""
    if not any(one.goal or one.accepted for one in bulletin.news.years):
        return None
    due = [one for one in bulletin.news.years if one.year <= bulletin.news.year]
    accepted = sum(one.accepted for one in bulletin.news.years)
    return BarChart(
        title=text(
            "{accepted} accepted in all; the years up to {year} ask for {goal}",
            accepted=buildings_said(accepted), year=str(bulletin.news.year),
            goal=counted(sum(one.goal for one in due)),
        ),
        desc=text("Buildings accepted of each year of the programme, with the year's target"),
        category_axis=text("Year of the programme"), value_axis=text("Buildings accepted"),
        bars=[Bar(label=str(one.year), value=one.accepted, target=one.target) for one in bulletin.news.years],
    )  # fmt: skip


def pace_chart(bulletin: Bulletin) -> BarChart | None:
    """Return the year's accepted buildings by month against an even pace; None where no month is begun."""
    if not bulletin.news.now.goal or not bulletin.news.months:
        return None
    accepted, expected = bulletin.news.months[-1], even_pace(bulletin, bulletin.as_of)
    return BarChart(
        title=text(
            "{accepted} of {year} accepted by {day}; an even pace would be at {expected}",
            accepted=buildings_said(accepted), year=str(bulletin.news.year), day=day_said(bulletin.as_of),
            expected=counted(expected),
        ),
        desc=text("The year's buildings accepted by each month's end, with an even pace to the deadline"),
        target_name=text("Even pace"), category_axis=text("Month"), value_axis=text("Buildings accepted"),
        bars=[
            Bar(
                label=str(month), value=done,
                target=even_pace(bulletin, Period(bulletin.news.year, month).last_day),
            )
            for month, done in enumerate(bulletin.news.months, start=1)
        ],
    )  # fmt: skip


def even_pace(bulletin: Bulletin, day: date) -> int:
    """Return how many buildings an even pace from filing to completion has done by ``day``."""
    starts, ends = bulletin.news.deadlines.filing_day, bulletin.news.deadlines.completion_day
    passed = (day - starts) / max(ends - starts, timedelta(days=1))
    return round(bulletin.news.now.goal * min(max(passed, 0.0), 1.0))


def standings_chart(bulletin: Bulletin) -> BarChart | None:
    """Return how far every district is; None where nothing is listed."""
    listed = [one for one in bulletin.news.districts if one.listed]
    if not listed:
        return None
    behind = furthest_behind(bulletin.news.districts)
    accepted, of_all = sum(one.accepted for one in listed), sum(one.listed for one in listed)
    share = percent(accepted, of_all)
    said = (
        text("{name} is furthest behind; all together stand at {share} %", name=behind[0].name, share=share)
        if behind
        else text("All together stand at {share} %; no district lags", share=share)
    )
    return BarChart(
        title=said, target_name=text("On approved plans"),
        desc=text("The year's buildings accepted in every district, beside those on approved plans"),
        category_axis=text("District"), value_axis=text("Buildings accepted"),
        bars=[Bar(label=one.name, value=one.accepted, target=one.listed) for one in listed],
    )  # fmt: skip


def warmth_chart(bulletin: Bulletin) -> Histogram | None:
    """Return the flats in use by temperature, simulated before and after; None where there is none."""
    found = bulletin.news.warmth
    if not found.after or not found.before:
        return None
    return Histogram(
        title=text(
            "Below 18 ℃: {before} % of the flats before, {after} % after",
            before=percent(below(found.before, LIMIT_C), sum(found.before.values())),
            after=percent(below(found.after, LIMIT_C), sum(found.after.values())),
        ),
        desc=text("Simulated room temperature of every flat in use, on the design day before and after"),
        before=found.before, after=found.after, threshold_c=LIMIT_C,
    )  # fmt: skip


def money_chart(found: BulletinMoney) -> StackedBars | None:
    """Return every source's money of the year by stage; None where there is none."""
    sources = [one for one in found.sources if one.held_fen]
    if not sources:
        return None
    fullest = max(sources, key=lambda one: one.spent_fen / one.held_fen)
    return StackedBars(
        title=text(
            "{source} has spent most of what it has: {share} %",
            source=fullest.name, share=percent(fullest.spent_fen, fullest.held_fen),
        )
        if fullest.spent_fen
        else text("Nothing of the year's money is spent yet"),
        desc=text("What every source has for the year, divided into spent, contracted, committed and free"),
        category_axis=text("Source"), value_axis=text("Money (10,000 yuan)"), series=_STAGES,
        columns=[
            StackedColumn(label=one.name, parts_fen={
                "spent": one.spent_fen, "contracted": one.contracted_fen, "committed": one.committed_fen,
                "free": one.free_fen,
            })
            for one in sources
        ],
    )  # fmt: skip
