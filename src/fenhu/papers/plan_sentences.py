"""The sentences of the plan book: each says one finding with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu.drawing import wan_yuan
from fenhu.papers.plan_compare import compared, gain_said
from fenhu.papers.plan_values import BookRow, PlanBook, PurseRow, plan_totals
from fenhu.papers.words import payer_name
from fenhu.records import Payer, Source
from fenhu.wording import Text, text


def book_title(book: PlanBook) -> Text:
    """Return what the book is called."""
    return text(
        "Conversion plan by year, {city}, {first}–{last}",
        city=book.city, first=str(book.years[0]), last=str(book.years[-1]),
    )  # fmt: skip


def book_answer(book: PlanBook) -> Text:
    """Return what the plan does, in one sentence."""
    planned = plan_totals(book.planned, book.mains)
    return text(
        "{buildings} of {stock} buildings with {flats} flats and {area} m² have a year in {first}–{last};"
        " mains included they cost {cost} × 10,000 yuan.",
        buildings=f"{planned.buildings:,}", stock=f"{len(book.rows):,}", flats=f"{planned.flats:,}",
        area=f"{planned.area_m2:,.0f}", first=str(book.years[0]), last=str(book.years[-1]),
        cost=wan_yuan(planned.total_fen),
    )  # fmt: skip


def book_findings(book: PlanBook) -> tuple[Text | str, ...]:
    """Return the sentences under the answer: proof, gain over the ranking, what is missed, what is late."""
    verdict = (book.verdict,) if str(book.verdict) else ()
    late = plan_totals(book.planned, book.mains).late
    ranked = any(row.ranked_year is not None for row in book.rows)
    gain = (gain_said(compared(book.rows, book.years)[-1]),) if ranked else ()
    found = (*verdict, *gain, *book.shortfalls)
    if not late:
        return found
    said = text(
        "{count} works end after their season, though crew days suffice; the crew calendar names them.",
        count=late,
    )
    return (*found, said)


def season_finding(book: PlanBook, year: int) -> Text:
    """Return whether a year's works end in time."""
    rows = [row for row in book.rows if row.year == year and row.ends is not None]
    if not rows:
        return text("{year}: no works are planned", year=str(year))
    last = max(row.ends for row in rows if row.ends is not None)
    due = rows[0].due
    late = sum(row.late for row in rows)
    if late:
        return text(
            "{year}: {late} of {buildings} buildings end after {due}, the last on {last}",
            year=str(year), late=late, buildings=len(rows), due=due, last=last,
        )  # fmt: skip
    return text(
        "{year}: all {buildings} buildings are done by {last}, before {due}",
        year=str(year), buildings=len(rows), last=last, due=due,
    )  # fmt: skip


def late_said(row: BookRow) -> Text:
    """Return in words that a building is late."""
    return text("{code} ends on {ends}, after {due}", code=row.code, ends=row.ends, due=row.due)


def budget_finding(purses: Sequence[PurseRow]) -> Text:
    """Return how much of the money is spent, and which source is used up most."""
    if not purses:
        return text("The register limits no purse")
    given = sum(one.given_fen for one in purses)
    spent = sum(one.spent_fen for one in purses)
    used = {source: _used(purses, source) for source in Source}
    most = max(Source, key=lambda source: used[source])
    return text(
        "{spent} of {given} × 10,000 yuan are spent; most used is {source} ({percent} %)",
        spent=wan_yuan(spent), given=wan_yuan(given), source=source_name(most),
        percent=f"{100 * used[most]:.0f}",
    )  # fmt: skip


def _used(purses: Sequence[PurseRow], source: Source) -> float:
    own = [one for one in purses if one.source is source]
    given = sum(one.given_fen for one in own)
    return sum(one.spent_fen for one in own) / given if given else 0.0


def source_name(source: Source) -> Text:
    """Return a source of money in words."""
    return payer_name(Payer(source.value))


def map_finding(rows: Sequence[BookRow]) -> Text:
    """Return how many buildings have a year, and how many clusters are finished with the plan."""
    planned = sum(row.year is not None for row in rows)
    clusters = {row.cluster for row in rows}
    open_clusters = {row.cluster for row in rows if row.year is None}
    return text(
        "{planned} of {all} buildings have a year; the plan finishes {finished} of {clusters} clusters",
        planned=f"{planned:,}", all=f"{len(rows):,}", finished=len(clusters - open_clusters),
        clusters=len(clusters),
    )  # fmt: skip
