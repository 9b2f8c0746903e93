"""The bulletin put together for a reader, and what its page shows besides it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from fenhu.drawing import ChartTable
from fenhu.drawing.model import Wording
from fenhu.papers.bulletin import (
    bulletin_charts,
    bulletin_parts,
    bulletin_pdf,
    change_heads,
    change_rows,
)
from fenhu.papers.bulletin_sentences import answer, issue, title
from fenhu.papers.bulletin_values import Bulletin, Period
from fenhu.web import clock
from fenhu.web.access.queries import person
from fenhu.web.ledger import queries as ledger
from fenhu.web.rules import current_policy
from fenhu.web.ui.behind_pages import linked, public_address
from fenhu.web.ui.pictures import PHONE
from fenhu.web.works import queries, services
from fenhu.wording import CHINESE, ENGLISH, Text, speaking

_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChart:
    """A picture on the page with the table behind it."""

    title: Wording
    svg: SafeString
    narrow: SafeString
    table: ChartTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePart:
    """One heading and its sentences, every figure a link to the reader's list behind it."""

    key: str
    heading: Text
    lines: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPage:
    """The bulletin as its page shows it: the same sentences, table and pictures as on paper."""

    title: Text
    issue: Text
    period: Period
    as_of: date
    answer: tuple[SafeString, ...]
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[SafeString, ...]], ...]
    parts: tuple[PagePart, ...]
    charts: tuple[PageChart, ...]
    years: tuple[int, ...]
    months: tuple[tuple[int, Text], ...]


def period_asked(year: str, month: str) -> Period:
    """Return the period of an address: the month so far where nothing is asked, nothing later than today.

    A year before the programme's first is taken as its first; a month that is none means the whole year.
    """
    today, first = clock.today(), current_policy().programme.years[0]
    if not year.isdecimal() or len(year) != 4:
        return Period(today.year, today.month)
    chosen = min(max(int(year), first), today.year)
    number = int(month) if month.isdecimal() and int(month) in _MONTHS else None
    if number is not None and chosen == today.year:
        number = min(number, today.month)
    return Period(chosen, number)


def bulletin_of(user: Any, period: Period) -> Bulletin:
    """Return the bulletin of a period for what ``user`` may see."""
    as_of = min(period.last_day, clock.today())
    office = person(user).offices[0]
    return Bulletin(
        city=current_policy().city.name, office=office.name, scope=office.scope, period=period, as_of=as_of,
        news=queries.programme_news(user, period, as_of), money=ledger.money_news(user, period, as_of),
    )  # fmt: skip


def publish(user: Any, period: Period) -> None:
    """Put the city's bulletin of a period onto the public portal, as it is today.

    Raises
    ------
    NotAllowed
        If ``user`` does not speak for the whole city.
    """
    made = bulletin_of(user, period)
    with speaking(CHINESE):
        paper = bulletin_pdf(made, public_address)
    services.publish_bulletin(user, period=period, as_of=made.as_of, pages=pages_told(made), paper=paper)


def bulletin_page(user: Any, made: Bulletin) -> BulletinPage:
    """Return what the page of a bulletin shows ``user``."""
    today = clock.today()
    link = partial(linked, user, as_of=made.as_of)
    first = current_policy().programme.years[0]
    return BulletinPage(
        title=title(made), issue=issue(made), period=made.period, as_of=made.as_of,
        answer=tuple(map(link, answer(made))),
        heads=change_heads(made),
        rows=tuple((name, tuple(map(link, cells))) for name, cells in change_rows(made)),
        parts=tuple(
            PagePart(key=part.key, heading=part.heading, lines=tuple(map(link, part.lines)))
            for part in bulletin_parts(made) if part.lines
        ),
        charts=tuple(
            PageChart(
                title=wide.title, svg=mark_safe(wide.svg), narrow=mark_safe(narrow.svg), table=wide.table
            )
            for wide, narrow in zip(bulletin_charts(made), bulletin_charts(made, width=PHONE), strict=True)
        ),
        years=tuple(range(today.year, first - 1, -1)),
        months=tuple((month, Period(made.period.year, month).said) for month in _MONTHS),
    )  # fmt: skip


def pages_told(made: Bulletin) -> dict[str, object]:
    """Return what the public page of a bulletin says, by language, in plain words."""
    told: dict[str, object] = {}
    for language in (CHINESE, ENGLISH):
        with speaking(language):
            told[language] = _page_told(made)
    return told


def _page_told(made: Bulletin) -> dict[str, object]:
    return {
        "title": str(title(made)),
        "answer": [str(line) for line in answer(made)],
        "heads": [str(head) for head in change_heads(made)],
        "rows": [[str(name), *map(str, cells)] for name, cells in change_rows(made)],
        "parts": [
            {"heading": str(part.heading), "lines": [str(line) for line in part.lines]}
            for part in bulletin_parts(made) if part.lines
        ],
    }  # fmt: skip
