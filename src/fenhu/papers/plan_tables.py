"""The plan book's tables, once for workbook and PDF: columns with heads and widths, rows, totals.

Money in rows is integer fen in the columns whose number is ``MONEY``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from fenhu.papers.grid import Column
from fenhu.papers.plan_compare import BESIDE, MEASURES, RANKING_NOTES, Compared, compared
from fenhu.papers.plan_pictures import crews_said
from fenhu.papers.plan_sentences import source_name
from fenhu.papers.plan_values import BookRow, MainsRow, PlanBook, PlanTotals, plan_totals, year_totals
from fenhu.papers.table_paper import MONEY, PLAIN
from fenhu.papers.words import payer_name
from fenhu.records import Payer
from fenhu.wording import Text, text

COUNT, AREA, DAYS, SHARE = "#,##0", "#,##0.00 ", "#,##0.0", "0.000"
_Placed = TypeVar("_Placed", BookRow, MainsRow)
_YEAR = Column(text("Year"), 7.0, PLAIN)
_SUPPLIER, _DISTRICT = Column(text("Heat supplier"), 20.0), Column(text("District"), 9.0)
_PAYERS = tuple(Column(payer_name(payer), 14.0, MONEY) for payer in Payer)
_SUMS = (
    Column(text("Number of buildings"), 9.0, COUNT), Column(text("Number of households"), 10.0, COUNT),
    Column(text("Heated area (m²)"), 13.0, AREA), *_PAYERS, Column(text("Total"), 15.0, MONEY),
    Column(text("of which mains and set-ups"), 14.0, MONEY),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTable:
    """One table; ``total`` is its last line, None where sums make no sense."""

    name: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    total: Sequence[object] | None = None
    notes: Sequence[Text | str] = ()


def by_year(book: PlanBook) -> BookTable:
    """Return the sums of every year, with the crew days used of those there are."""
    columns = (
        _YEAR, *_SUMS, Column(text("Crew days used"), 10.0, DAYS),
        Column(text("Crew days there are"), 10.0, DAYS), Column(text("Late"), 7.0, COUNT),
    )  # fmt: skip
    rows = [(year, *_sums(year_totals(book, year)), *_crew_days(book, year)) for year in book.years]
    rows = [(*row, year_totals(book, year).late) for row, year in zip(rows, book.years, strict=True)]
    every = plan_totals(book.planned, book.mains)
    used, available = (_total(row[number] for row in rows) for number in (-3, -2))
    total = (str(text("Total")), *_sums(every), used, available, every.late)
    return BookTable(name=text("The years"), columns=columns, rows=rows, total=total)


def by_place(book: PlanBook) -> BookTable:
    """Return the sums of every year, supplier and district that has works."""
    planned, beside = _by_place(book.planned), _by_place(book.mains)
    rows = [
        (year, supplier, district, *_sums(plan_totals(
            planned.get((year, supplier, district), ()), beside.get((year, supplier, district), ()),
        )))
        for year, supplier, district in sorted(planned.keys() | beside.keys())
    ]  # fmt: skip
    columns = (_YEAR, _SUPPLIER, _DISTRICT, *_SUMS)
    total = (str(text("Total")), "", "", *_sums(plan_totals(book.planned, book.mains)))
    return BookTable(name=text("Suppliers and districts"), columns=columns, rows=rows, total=total)


def _by_place(rows: Iterable[_Placed]) -> Mapping[tuple[int, str, str], Sequence[_Placed]]:
    places: dict[tuple[int, str, str], list[_Placed]] = {}
    for row in rows:
        places.setdefault((row.year or 0, row.supplier, row.district), []).append(row)
    return places


def buildings(book: PlanBook) -> BookTable:
    """Return every planned building with its days and payers."""
    return _building_table(text("Buildings by year"), _EVERYTHING, book.planned, total=True)


def building_list(book: PlanBook) -> BookTable:
    """Return the planned buildings as a page has room for them, without address and payers."""
    return _building_table(text("Buildings by year"), _ON_A_PAGE, book.planned, total=True)


def unplanned(book: PlanBook) -> BookTable:
    """Return the buildings without a year, the most urgent first, with cause and reasons."""
    return _building_table(text("No year yet"), (*_LEFT_OUT, "reasons"), book.unplanned)


def unplanned_list(book: PlanBook) -> BookTable:
    """Return the buildings without a year with their cause alone."""
    return _building_table(text("No year yet"), _LEFT_OUT, book.unplanned)


def _building_table(
    name: Text, keys: Sequence[str], rows: Sequence[BookRow], *, total: bool = False
) -> BookTable:
    parts = [_PARTS[key] for key in keys]
    summed = _sums_of(rows) if total else {}
    return BookTable(
        name=name,
        columns=[column for column, _ in parts],
        rows=[[value(row) for _, value in parts] for row in rows],
        total=[summed.get(key, "") for key in keys] if total else None,
    )


def _sums_of(rows: Sequence[BookRow]) -> Mapping[str, object]:
    every = plan_totals(rows)
    return {
        "supplier": str(text("Total")), "name": str(text("{count} buildings", count=every.buildings)),
        "flats": every.flats, "area_m2": every.area_m2, "total": every.total_fen,
        "crew_days": sum(row.crew_days for row in rows),
        **{f"pays_{payer.value}": every.cost_fen[payer] for payer in Payer},
    }  # fmt: skip


def mains(book: PlanBook) -> BookTable:
    """Return what clusters cost beside their buildings, with the days of their mains."""
    columns = (
        _YEAR, _SUPPLIER, _DISTRICT, Column(text("Cluster"), 12.0), Column(text("Mains (yuan)"), 15.0, MONEY),
        Column(text("Set-ups (yuan)"), 14.0, MONEY),
        Column(text("From upper-level money (yuan)"), 15.0, MONEY),
        Column(text("Supplier pays (yuan)"), 15.0, MONEY), Column(text("Begins"), 11.0),
        Column(text("Ends"), 11.0), Column(text("In time"), 8.0),
    )  # fmt: skip
    rows = [
        (one.year, one.supplier, one.district, one.cluster, one.mains_fen, one.set_up_fen, one.upper_fen,
         one.total_fen - one.upper_fen, one.starts, one.ends, in_time(one) if one.starts else "")
        for one in book.mains
    ]  # fmt: skip
    sums = (_total(row[number] for row in rows) for number in range(4, 8))
    total = (str(text("Total")), "", "", "", *sums, None, None, "")
    return BookTable(name=text("Mains and set-ups"), columns=columns, rows=rows, total=total)


def budgets(book: PlanBook) -> BookTable:
    """Return what every purse has, spends and keeps in every year."""
    columns = (
        Column(text("Source"), 18.0), Column(text("Scope"), 22.0), _YEAR,
        Column(text("Given (yuan)"), 15.0, MONEY),
        Column(text("Carried over (yuan)"), 15.0, MONEY), Column(text("Available (yuan)"), 15.0, MONEY),
        Column(text("Spent (yuan)"), 15.0, MONEY), Column(text("Left (yuan)"), 15.0, MONEY),
        Column(text("What is left"), 14.0),
    )  # fmt: skip
    rows = [
        (str(source_name(one.source)), one.scope, one.year, one.given_fen, one.carried_fen,
         one.given_fen + one.carried_fen, one.spent_fen, one.left_fen,
         str(text("goes into the next year") if one.carries else text("lapses")))
        for one in book.purses
    ]  # fmt: skip
    given, spent = (sum(getattr(one, name) for one in book.purses) for name in ("given_fen", "spent_fen"))
    total = (str(text("Total")), "", "", given, None, None, spent, None, "")
    note = text("Purses that the register does not limit are not listed; households pay without a purse.")
    return BookTable(name=text("Budgets by year"), columns=columns, rows=rows, total=total, notes=(note,))


def crews(book: PlanBook) -> BookTable:
    """Return every supplier's crews by season, and how much of their days the plan uses."""
    columns = (
        _YEAR, _SUPPLIER, Column(text("First day"), 11.0), Column(text("Last day"), 11.0),
        Column(text("Crews"), 22.0), Column(text("Crew days used"), 10.0, DAYS),
        Column(text("Crew days there are"), 10.0, DAYS),
    )  # fmt: skip
    rows = [
        (one.year, one.supplier, one.first_day, one.last_day, str(crews_said(one)), one.used_days,
         one.available_days)
        for one in book.seasons
    ]  # fmt: skip
    return BookTable(name=text("Crews"), columns=columns, rows=rows)


def calendar(book: PlanBook) -> BookTable:
    """Return every piece of work as its supplier takes it up, mains among the buildings."""
    columns = (
        _YEAR, _SUPPLIER, Column(text("Crew no."), 8.0, PLAIN), Column(text("Cluster"), 12.0),
        Column(text("Work"), 24.0), Column(text("Begins"), 11.0), Column(text("Ends"), 11.0),
        Column(text("In time"), 8.0),
    )  # fmt: skip
    works: list[tuple[int, str, int | str | None, str, str, date | None, date | None, str]] = [
        (row.year or 0, row.supplier, row.crew, row.cluster, f"{row.code} {row.name}", row.starts,
         row.ends, in_time(row))
        for row in book.planned
        if row.starts
    ]  # fmt: skip
    works += [
        (one.year, one.supplier, str(text("mains")), one.cluster, str(text("mains of cluster {cluster}",
         cluster=one.cluster)), one.starts, one.ends, in_time(one))
        for one in book.mains
        if one.starts
    ]  # fmt: skip
    works.sort(key=lambda work: (work[0], work[1], work[5] or date.max, work[4]))
    return BookTable(name=text("Crew calendar"), columns=columns, rows=works)


def ranking(book: PlanBook) -> BookTable:
    """Return the plan beside the clerk's ranking, year by year."""
    columns = [_YEAR]
    for name, key in MEASURES:
        number = DAYS if key == "benefit" else COUNT
        columns += [
            Column(text("{which}: {measure}", which=one, measure=name), 11.0, number) for one in BESIDE
        ]
    *rows, total = [_compared_row(one) for one in compared(book.rows, book.years)]
    name = text("Against the ranking")
    return BookTable(name=name, columns=columns, rows=rows, total=total, notes=RANKING_NOTES)


def assumed(book: PlanBook) -> BookTable:
    """Return everything that was taken for granted."""
    columns = (
        Column(text("Clause"), 12.0), Column(text("Item"), 30.0), Column(text("Value taken"), 26.0),
        Column(text("Reason"), 70.0),
    )  # fmt: skip
    rows = [(one.clause, one.key, one.value, str(one.reason)) for one in book.assumptions]
    return BookTable(name=text("Assumptions"), columns=columns, rows=rows)


def in_time(one: BookRow | MainsRow) -> str:
    """Return in a word whether works end in time."""
    return str(text("late") if one.late else text("in time"))


def _year(year: int | None) -> int | str:
    return "—" if year is None else year


def _pays(payer: Payer) -> Callable[[BookRow], object]:
    return lambda row: row.cost_fen.get(payer, 0)


_PARTS: Mapping[str, tuple[Column, Callable[[BookRow], object]]] = {
    "year": (_YEAR, lambda row: _year(row.year)),
    "supplier": (_SUPPLIER, lambda row: row.supplier),
    "district": (_DISTRICT, lambda row: row.district),
    "cluster": (Column(text("Cluster"), 11.0), lambda row: row.cluster),
    "code": (Column(text("Building code"), 12.0), lambda row: row.code),
    "name": (Column(text("Building"), 20.0), lambda row: row.name),
    "address": (Column(text("Address"), 22.0), lambda row: row.address),
    "flats": (Column(text("Number of households"), 10.0, COUNT), lambda row: row.flats),
    "area_m2": (Column(text("Heated area (m²)"), 12.0, AREA), lambda row: row.area_m2),
    **{
        f"pays_{payer.value}": (Column(payer_name(payer), 14.0, MONEY), _pays(payer)) for payer in Payer
    },
    "total": (Column(text("Total"), 15.0, MONEY), lambda row: row.total_fen),
    "crew_days": (Column(text("Crew days"), 8.0, DAYS), lambda row: row.crew_days),
    "crew": (Column(text("Crew no."), 6.0, COUNT), lambda row: row.crew),
    "starts": (Column(text("Begins"), 11.0), lambda row: row.starts),
    "ends": (Column(text("Ends"), 11.0), lambda row: row.ends),
    "in_time": (Column(text("In time"), 8.0), lambda row: in_time(row)),
    "ranked_year": (Column(text("Year by the ranking"), 9.0, PLAIN), lambda row: _year(row.ranked_year)),
    "why": (Column(text("Why this year"), 40.0), lambda row: str(row.reasons[0]) if row.reasons else ""),
    "priority": (Column(text("Priority (0–1)"), 9.0, SHARE), lambda row: row.priority),
    "cause": (Column(text("Cause"), 30.0), lambda row: "" if row.cause is None else str(row.cause)),
    "reasons": (
        Column(text("Reasons"), 60.0), lambda row: " ".join(str(reason) for reason in row.reasons)
    ),
}  # fmt: skip
_EVERYTHING = (
    "year", "supplier", "district", "cluster", "code", "name", "address", "flats", "area_m2",
    *(f"pays_{payer.value}" for payer in Payer), "total", "crew_days", "crew", "starts", "ends", "in_time",
    "ranked_year", "why",
)  # fmt: skip
_ON_A_PAGE = (
    "supplier", "district", "cluster", "code", "name", "flats", "area_m2", "total", "crew", "starts", "ends",
    "in_time", "ranked_year",
)  # fmt: skip
_LEFT_OUT = ("code", "name", "supplier", "district", "flats", "priority", "ranked_year", "cause")


def _sums(totals: PlanTotals) -> tuple[object, ...]:
    payers = (totals.cost_fen[payer] for payer in Payer)
    return (totals.buildings, totals.flats, totals.area_m2, *payers, totals.total_fen, totals.mains_fen)


def _crew_days(book: PlanBook, year: int) -> tuple[float, float | None]:
    own = [one for one in book.seasons if one.year == year]
    known = [one.available_days for one in own if one.available_days is not None]
    return sum(one.used_days for one in own), sum(known) if len(known) == len(own) else None


def _compared_row(one: Compared) -> tuple[object, ...]:
    row: list[object] = [str(text("All years")) if one.year is None else one.year]
    for _, key in MEASURES:
        plan, other = getattr(one.plan, key), getattr(one.ranking, key)
        row += [plan, other, plan - other]
    return tuple(row)


def _total(values: Iterable[object]) -> object:
    known = [value for value in values if isinstance(value, int | float)]
    return sum(known) if known else None
