"""The sentences of a bulletin: each a finding with its number, made by a rule; what is not so is not said."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from datetime import date

from fenhu.drawing import below
from fenhu.papers.behind import behind
from fenhu.papers.bulletin_values import Amount, Bulletin, Period, Standing, YearGoal
from fenhu.papers.report_sentences import LIMIT_C, counted, money, percent
from fenhu.units import yuan_from_fen
from fenhu.wording import Text, bilingual, text

_DAYS_A_MONTH = 365.25 / 12
# A district or supplier lags where its share is so much below the whole's, and a building is missing for it.
LAG_RATIO = 0.1
_MOST_NAMES = 3


def title(bulletin: Bulletin) -> Text:
    """Return the bulletin's name."""
    return text("Bulletin of per-household heating, {city}", city=bulletin.city)


def issue(bulletin: Bulletin) -> Text:
    """Return which one it is: the month's number in its year, or the year's."""
    period = bulletin.period
    if period.month is None:
        return text("Year {year}", year=str(period.year))
    return text("No. {number} of {year}", number=period.month, year=str(period.year))


def day_said(day: date) -> Text:
    """Return a day as papers write it."""
    return bilingual(
        f"{day.year}年{day.month}月{day.day}日", f"{day.day} {calendar.month_name[day.month]} {day.year}"
    )


def buildings_said(count: int) -> Text:
    """Return so many buildings in words."""
    if count == 1:
        return text("{count} building", count="1")
    return text("{count} buildings", count=counted(count))


def flats_said(count: int) -> Text:
    """Return so many flats in words."""
    return text("{count} flat", count="1") if count == 1 else text("{count} flats", count=counted(count))


def amount_said(amount: Amount) -> Text:
    """Return buildings and flats in words."""
    return text(
        "{buildings} with {flats}",
        buildings=buildings_said(amount.buildings), flats=flats_said(amount.flats),
    )  # fmt: skip


def answer(bulletin: Bulletin) -> tuple[Text, ...]:
    """Return what the reader came for: the year against its target, the pace it needs, all that is in use."""
    ever = bulletin.news.ever.in_use
    in_use = text(
        "Since the programme began, {amount} came into use.",
        amount=behind("buildings", amount_said(ever), step="in_use", until=bulletin.as_of),
    )
    return (*_against_goal(bulletin), *([in_use] if ever.buildings else []))


def _against_goal(bulletin: Bulletin) -> tuple[Text, ...]:
    now, day = bulletin.news.now, day_said(bulletin.as_of)
    if not now.goal:
        return (
            text("No building of {year} stands on an approved plan by {day}.", year=str(now.year), day=day),
        )
    measured = text("target") if now.target is not None else text("approved plans")
    stands = text(
        "Accepted by {day}: {accepted} of the {goal} of {year}'s {measure} ({share} %).",
        day=day, year=str(now.year), measure=measured,
        accepted=behind(
            "buildings", counted(now.accepted), step="accepted", until=bulletin.as_of, works=now.year
        ),
        goal=behind("buildings", buildings_said(now.goal), approved=now.year) if now.target is None
        else behind("targets", buildings_said(now.goal)), share=percent(now.accepted, now.goal),
    )  # fmt: skip
    return (stands, _needed(now, bulletin.as_of, bulletin.news.deadlines.completion_day))


def _needed(now: YearGoal, as_of: date, deadline: date) -> Text:
    lacking = now.goal - now.accepted
    if lacking <= 0:
        return text("The goal of the year is reached.")
    if as_of >= deadline:
        return text(
            "Missing: {lacking}; the works were to be done by {deadline}.",
            lacking=_lacking(now, lacking), deadline=day_said(deadline),
        )  # fmt: skip
    return text(
        "Missing: {lacking}; to be done by {deadline}, this takes {pace} a month.",
        lacking=_lacking(now, lacking), deadline=day_said(deadline),
        pace=buildings_said(needed_a_month(lacking, as_of, deadline)),
    )  # fmt: skip


def _lacking(now: YearGoal, lacking: int) -> Text:
    return behind("year", buildings_said(lacking), year=now.year)


def needed_a_month(lacking: int, as_of: date, deadline: date) -> int:
    """Return how many buildings a month must be done to have ``lacking`` more by the deadline."""
    months = max((deadline - as_of).days / _DAYS_A_MONTH, 1.0)
    return math.ceil(lacking / months - 1e-9)


def changes(bulletin: Bulletin) -> tuple[Text, ...]:
    """Return what the period brought, compared with the one before; only what happened is said."""
    news = bulletin.news
    named = (
        ("approved", text("Approved"), news.steps.approved, news.before.approved),
        ("begun", text("Begun"), news.steps.begun, news.before.begun),
        ("accepted", text("Accepted"), news.steps.accepted, news.before.accepted),
        ("in_use", text("Put into use"), news.steps.in_use, news.before.in_use),
    )
    said = tuple(_change(bulletin, *one) for one in named if one[2].buildings)
    if said:
        return said
    nothing = text(
        "In {period}, nothing was approved, begun, accepted or put into use.", period=bulletin.period.said
    )
    return (nothing,)


def _change(bulletin: Bulletin, step: str, what: Text, now: Amount, before: Amount) -> Text:
    more = now.buildings - before.buildings
    than = bulletin.period.before.said
    if more == 0:
        compared = text("as many as in {before}", before=than)
    elif more > 0:
        compared = text("{count} more than in {before}", count=counted(more), before=than)
    else:
        compared = text("{count} fewer than in {before}", count=counted(-more), before=than)
    since, until = within(bulletin.period, bulletin.as_of)
    amount = behind("buildings", amount_said(now), step=step, since=since, until=until)
    return text("{what}: {amount}, {compared}.", what=what, amount=amount, compared=compared)


def within(period: Period, as_of: date) -> tuple[date, date]:
    """Return the first and the last day of a period that are counted by ``as_of``."""
    return period.first_day, min(period.last_day, as_of)


def lag(bulletin: Bulletin) -> tuple[Text, ...]:
    """Return who is furthest behind among districts and suppliers; where nobody lags, nothing is said."""
    named = (
        ("district", text("districts"), bulletin.news.districts),
        ("supplier", text("heat suppliers"), bulletin.news.suppliers),
    )
    found = ((column, among, furthest_behind(standings)) for column, among, standings in named)
    return tuple(_lags(column, among, bulletin, *one) for column, among, one in found if one is not None)


def furthest_behind(standings: Sequence[Standing]) -> tuple[Standing, int] | None:
    """Return who lacks most buildings against the share of all, and how many; None if nobody lags."""
    listed, accepted = sum(one.listed for one in standings), sum(one.accepted for one in standings)
    if not accepted:
        return None
    behind = [
        (one, math.ceil(accepted * one.listed / listed - one.accepted - 1e-9))
        for one in standings
        if one.listed and accepted / listed - one.accepted / one.listed > LAG_RATIO
    ]
    return max(behind, key=lambda pair: (pair[1], pair[0].name), default=None)


def _lags(column: str, among: Text, bulletin: Bulletin, one: Standing, short: int) -> Text:
    every, year = bulletin.news.districts, bulletin.news.year
    its_own = {column: one.key}
    accepted = behind(
        "buildings", counted(one.accepted), step="accepted", until=bulletin.as_of, works=year, **its_own
    )
    return text(
        "Furthest behind among the {among}: {name} with {accepted} of {listed} accepted ({share} %; all "
        "together {all} %), {short} fewer than at the pace of all.",
        among=among, name=one.name, accepted=accepted,
        listed=behind("buildings", buildings_said(one.listed), approved=year, **its_own),
        share=percent(one.accepted, one.listed),
        all=percent(sum(each.accepted for each in every), sum(each.listed for each in every)),
        short=buildings_said(short),
    )  # fmt: skip


def missed(bulletin: Bulletin) -> tuple[Text, ...]:
    """Return the deadlines that were missed."""
    found, year = bulletin.news.deadlines, str(bulletin.news.year)
    said: list[Text] = []
    if found.not_filed:
        said.append(text(
            "Plans of {year} not filed, due on {day}: {names}.",
            year=year, day=day_said(found.filing_day), names=_names(found.not_filed),
        ))  # fmt: skip
    if found.filed_late:
        said.append(text("Plans of {year} filed late: {names}.", year=year, names=_names(found.filed_late)))
    if found.unfinished_since is not None:
        said.append(text(
            "Overdue and not finished: {amount}, the longest since {day}.",
            amount=behind("buildings", amount_said(found.unfinished), step="overdue", until=bulletin.as_of),
            day=day_said(found.unfinished_since),
        ))  # fmt: skip
    if found.finished_late.buildings:
        late = behind(
            "buildings", amount_said(found.finished_late), step="finished_late", until=bulletin.as_of,
            works=bulletin.news.year,
        )  # fmt: skip
        said.append(text("Finished late: {amount}.", amount=late))
    return tuple(said) or (text("No deadline of {year} is missed.", year=year),)


def _names(names: Sequence[str]) -> Text:
    said = bilingual(names[0], names[0])
    for name in names[1:_MOST_NAMES]:
        said = text("{one}, {other}", one=said, other=name)
    more = len(names) - _MOST_NAMES
    return text("{names} and {count} more", names=said, count=more) if more > 0 else said


def spending(bulletin: Bulletin) -> tuple[Text, ...]:
    """Return how the year's money stands, what was granted in the period, and what a flat costs."""
    found, said = bulletin.money, list[Text]()
    held = sum(one.held_fen for one in found.sources)
    if held:
        said.append(text(
            "Of {held} in the purses of {year}, {spent} is spent ({share} %) and {contracted} contracted.",
            held=behind("purses", money(held), year=bulletin.period.year), year=str(bulletin.period.year),
            spent=money(sum(one.spent_fen for one in found.sources)),
            share=percent(sum(one.spent_fen for one in found.sources), held),
            contracted=money(sum(one.contracted_fen for one in found.sources)),
        ))  # fmt: skip
    else:
        said.append(text("No money is entered for {year}.", year=str(bulletin.period.year)))
    if found.rewarded_fen or found.released_fen:
        said.append(text(
            "Granted in {period}: rewards {rewards}, repair fund {fund}.",
            period=bulletin.period.said, rewards=behind("rewards", money(found.rewarded_fen)),
            fund=money(found.released_fen),
        ))  # fmt: skip
    if found.billed_flats:
        said.append(text(
            "A flat costs {yuan} yuan on average, by the contracts of {flats}.",
            yuan=f"{yuan_from_fen(round(found.billed_fen / found.billed_flats)):,.0f}",
            flats=behind("contracts", flats_said(found.billed_flats), year=bulletin.period.year),
        ))  # fmt: skip
    return tuple(said)


def warmth(bulletin: Bulletin) -> tuple[Text, ...]:
    """Return how warm the flats in use are, simulated and measured."""
    found = bulletin.news.warmth
    if not found.after:
        return (text("No flat is in use yet, so there is nothing warmer to report."),)
    simulated = text(
        "In use: {flats}; simulated below 18 ℃: {before} before, {after} after.",
        flats=behind("buildings", flats_said(sum(found.after.values())), step="in_use", until=bulletin.as_of),
        before=counted(below(found.before, LIMIT_C)),
        after=counted(below(found.after, LIMIT_C)),
    )  # fmt: skip
    return (simulated, _measured(found.measured_after_c), *_measured_before(found.measured_before_c))


def _measured(values_c: Sequence[float]) -> Text:
    if not values_c:
        return text("No room temperature was measured at acceptance.")
    return text(
        "Measured at acceptance: {cold} of {flats} below 18 ℃.",
        cold=counted(_cold(values_c)), flats=flats_said(len(values_c)),
    )  # fmt: skip


def _measured_before(values_c: Sequence[float]) -> tuple[Text, ...]:
    if not values_c:
        return ()
    return (text(
        "Measured before: {cold} of {flats} below 18 ℃.",
        cold=counted(_cold(values_c)), flats=flats_said(len(values_c)),
    ),)  # fmt: skip


def _cold(values_c: Sequence[float]) -> int:
    return sum(value < LIMIT_C for value in values_c)


def conflicts(bulletin: Bulletin) -> tuple[Text, ...]:
    """Return what became of complaints and other cases."""
    found, period, days = bulletin.news.cases, bulletin.period.said, bulletin.period.iso
    if not (found.opened or found.settled or found.open):
        return (text("In {period}, no case was opened and none is open.", period=period),)
    said = [text(
        "In {period}, cases opened: {opened} (complaints: {complaints}), answered: {settled}; open: {open}, "
        "overdue: {overdue}.",
        period=period, opened=behind("cases", counted(found.opened), opened=days),
        complaints=behind("cases", counted(found.complaints), opened=days, kind="complaint"),
        settled=behind("cases", counted(found.settled), settled=days),
        open=behind("open cases", counted(found.open), state="pending"),
        overdue=behind("open cases", counted(found.overdue), state="overdue"),
    )]  # fmt: skip
    if found.median_days is not None:
        said.append(text("Half of those answered took {days} days at most.", days=f"{found.median_days:g}"))
    return tuple(said)


def coming(bulletin: Bulletin) -> tuple[Text, ...]:
    """Return what falls due in the month after."""
    found, said = bulletin.news.coming, list[Text]()
    if found.filing_day is not None and found.to_file:
        said.append(text(
            "By {day}, plans still to be filed: {count}.",
            day=day_said(found.filing_day),
            count=behind("plans", counted(found.to_file), year=bulletin.news.year),
        ))  # fmt: skip
    if found.completion_day is not None and found.to_finish:
        said.append(text(
            "By {day}, works still to be finished: {buildings}.",
            day=day_said(found.completion_day),
            buildings=behind(
                "buildings", buildings_said(found.to_finish), step="unfinished", until=bulletin.as_of,
                works=bulletin.news.year,
            ),
        ))  # fmt: skip
    if found.cases:
        said.append(text("Cases due: {count}.", count=counted(found.cases)))
    return tuple(said) or (text("Nothing falls due in {period}.", period=bulletin.period.coming.said),)
