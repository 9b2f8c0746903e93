"""What the page of the whole plan shows: its book narrowed as asked, its pictures, its exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from fenhu import drawing, papers
from fenhu.papers import plan_pictures, plan_sentences
from fenhu.web.ledger.queries import visible_purses
from fenhu.web.ui.pictures import Picture
from fenhu.web.works import queries
from fenhu.wording import Text, current_language

# How wide pictures stand on a page and on a phone.
PAGE, PHONE = 1180.0, 344.0
MAPS_KEPT = 64
# More cells on a map, or works in a calendar, nobody reads; a part of the plan is drawn instead.
MOST_CELLS, MOST_WORKS = 4000, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for: a supplier's part, a district's, and the season to look at."""

    supplier: str = ""
    district: str = ""
    season: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoWidths:
    """A picture for the page and one for the phone, and the table behind both."""

    wide: SafeString
    narrow: SafeString
    table: drawing.ChartTable


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """One year of the plan, or all where ``year`` is None."""

    year: int | None
    totals: papers.PlanTotals
    used_days: float
    available_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A supplier's works in one district in the season shown."""

    supplier: str
    district: str
    totals: papers.PlanTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """The whole plan on one page."""

    book: papers.PlanBook
    asked: Asked
    answer: Text
    findings: Sequence[Text | str]
    lines: Sequence[YearLine]
    whole: YearLine
    compared: Sequence[papers.Compared]
    gained: papers.Compared | None
    budgets: TwoWidths | None
    season: TwoWidths | None
    places: Sequence[PlaceLine]
    late: Sequence[Text]
    legend: Sequence[drawing.LegendEntry]
    maps: Sequence[Picture]
    map_title: Text
    map_table: drawing.ChartTable
    too_many_works: bool
    suppliers: Sequence[str]
    districts: Sequence[str]


def book_of(user: Any, asked: Asked, *, reasons: bool = False) -> papers.PlanBook:
    """Return the plan ``user`` may see, narrowed to what is asked for."""
    whole = queries.plan_book(user, visible_purses(user), reasons=reasons)
    return papers.narrowed(whole, supplier=asked.supplier, district=asked.district)


def plan_page(user: Any, asked: Asked) -> PlanPage:
    """Return everything the page of the whole plan shows."""
    whole = queries.plan_book(user, visible_purses(user))
    book = papers.narrowed(whole, supplier=asked.supplier, district=asked.district)
    ranked = any(row.ranked_year is not None for row in book.rows)
    compared = papers.compared(book.rows, book.years) if ranked else ()
    years = plan_pictures.plan_map(book.rows, book.years)
    return PlanPage(
        book=book,
        asked=asked,
        answer=plan_sentences.book_answer(book),
        findings=plan_sentences.book_findings(book),
        lines=[_line(book, year) for year in book.years],
        whole=_line(book, None),
        compared=compared[:-1],
        gained=compared[-1] if compared else None,
        budgets=_budgets(book),
        season=_season(book, asked.season),
        places=_places(book, asked.season),
        late=[plan_sentences.late_said(row) for row in book.planned if row.late and row.year == asked.season],
        legend=drawing.year_entries(years),
        maps=_maps(book),
        map_title=plan_sentences.map_finding(book.rows),
        map_table=drawing.year_map_table(years),
        too_many_works=_works_in(book, asked.season) > MOST_WORKS,
        suppliers=sorted({row.supplier for row in whole.rows}),
        districts=sorted({row.district for row in whole.rows}),
    )


def workbook(book: papers.PlanBook) -> bytes:
    """Return the plan book as a workbook."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        papers.plan_book_xlsx(book, path)
        return path.read_bytes()


def _line(book: papers.PlanBook, year: int | None) -> YearLine:
    seasons = [one for one in book.seasons if year in (None, one.year)]
    known = [one.available_days for one in seasons if one.available_days is not None]
    totals = papers.plan_totals(book.planned, book.mains) if year is None else papers.year_totals(book, year)
    return YearLine(
        year=year, totals=totals, used_days=sum(one.used_days for one in seasons),
        available_days=sum(known) if known else None,
    )  # fmt: skip


def _address(code: str) -> str:
    return reverse("building", args=[code])


def _budgets(book: papers.PlanBook) -> TwoWidths | None:
    if not book.purses:
        return None
    bars = plan_pictures.budget_bars(book.purses)
    return TwoWidths(
        wide=mark_safe(drawing.budget_bars_svg(bars, width=PAGE)),
        narrow=mark_safe(drawing.budget_bars_svg(bars, width=PHONE)),
        table=drawing.budget_bars_table(bars),
    )


def _works_in(book: papers.PlanBook, year: int) -> int:
    return sum(row.year == year for row in book.rows)


def _season(book: papers.PlanBook, year: int) -> TwoWidths | None:
    if _works_in(book, year) > MOST_WORKS:
        return None
    gantt = plan_pictures.season_gantt(book, year, address=_address)
    if gantt is None:
        return None
    return TwoWidths(
        wide=mark_safe(drawing.gantt_svg(gantt, width=PAGE)),
        narrow=mark_safe(drawing.gantt_svg(gantt, width=PHONE)),
        table=drawing.gantt_table(gantt),
    )


def _places(book: papers.PlanBook, year: int) -> list[PlaceLine]:
    rows = [row for row in book.planned if row.year == year]
    mains = [one for one in book.mains if one.year == year]
    places = sorted(
        {(row.supplier, row.district) for row in rows} | {(one.supplier, one.district) for one in mains}
    )
    return [
        PlaceLine(supplier=supplier, district=district, totals=papers.plan_totals(
            (row for row in rows if (row.supplier, row.district) == (supplier, district)),
            (one for one in mains if (one.supplier, one.district) == (supplier, district)),
        ))
        for supplier, district in places
    ]  # fmt: skip


def _maps(book: papers.PlanBook) -> list[Picture]:
    pictures: list[Picture] = []
    if len(book.rows) > MOST_CELLS:
        return pictures
    for district in sorted({row.district for row in book.rows}):
        own = [row for row in book.rows if row.district == district]
        drawn = plan_pictures.plan_map(own, book.years, address=_address, place=district)
        words = (current_language(), str(drawn.title), str(drawn.desc))
        pictures.append(Picture(svg=_map_svg(words, tuple(drawn.years), tuple(drawn.places))))
    return pictures


@lru_cache(maxsize=MAPS_KEPT)
def _map_svg(
    words: tuple[str, str, str], years: tuple[int, ...], places: tuple[drawing.YearPlace, ...]
) -> SafeString:
    """Return one district's map, drawn once for all who see the same; ``words`` are language, title, desc."""
    _, title, desc = words
    drawn = drawing.YearMap(title=title, desc=desc, years=years, places=places)
    return mark_safe(drawing.year_map_svg(drawn, width=PHONE, with_legend=False))
