"""The approved plan of a year, building by building, by district and by heat supplier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.http import Http404

from fenhu.programme import PROJECT
from fenhu.web.paging import placed
from fenhu.web.portal.queries.front import YearProgress, by_year
from fenhu.web.registry.queries import full_name
from fenhu.web.works.queries import published_projects
from fenhu.wording import Text

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What a list is narrowed by; empty for everything."""

    district: str = ""
    supplier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One building on the approved plan of a year."""

    code: str
    estate: str
    name: str
    called: str
    address: str
    district: str
    supplier: str
    contractor: str
    authority: str
    flats: int
    heated_area_m2: float
    state: str
    step: Text
    started_on: date | None
    finished_on: date | None
    accepted_on: date | None
    in_use_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The plan of a year as its page shows it; the choices count the whole year, the rows what is sieved."""

    year: YearProgress
    years: tuple[int, ...]
    sieve: Sieve
    districts: tuple[tuple[str, int], ...]
    suppliers: tuple[tuple[str, int], ...]
    rows: tuple[PlanRow, ...]
    total: int
    flats: int
    page: int
    pages: int


def plan_view(year: int, sieve: Sieve, page: int) -> PlanView:
    """Return one page of the approved plan of a year.

    Raises
    ------
    django.http.Http404
        If the year is none of the programme's.
    """
    years = {one.year: one for one in by_year()}
    if year not in years:
        raise Http404
    narrowed = sieved(_of_year(year), sieve)
    sums = narrowed.order_by().aggregate(total=Count("pk"), flats=Sum("building__flat_count", default=0))
    page, pages = placed(page, sums["total"], PAGE_SIZE)
    return PlanView(
        year=years[year], years=tuple(years), sieve=sieve,
        districts=_choices(year, "building__district"), suppliers=_choices(year, "building__supplier__name"),
        rows=tuple(_row(one) for one in narrowed[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        total=sums["total"], flats=sums["flats"], page=page, pages=pages,
    )  # fmt: skip


def plan_years() -> tuple[int, ...]:
    """Return the years that have a plan to show: the programme's, and any other with a conversion."""
    return tuple(one.year for one in by_year())


def plan_rows(year: int, sieve: Sieve) -> Iterator[PlanRow]:
    """Yield every building of the approved plan of a year, without holding them all at once."""
    return (_row(one) for one in sieved(_of_year(year), sieve).iterator(chunk_size=1000))


def sieved(projects: QuerySet, sieve: Sieve) -> QuerySet:
    """Return conversions narrowed by district and heat supplier."""
    if sieve.district:
        projects = projects.filter(building__district=sieve.district)
    if sieve.supplier:
        projects = projects.filter(building__supplier__name=sieve.supplier)
    return projects


def _of_year(year: int) -> QuerySet:
    found = published_projects().filter(year=year).select_related("building__supplier", "contractor")
    return found.order_by("building__district", "building__estate", "building__code")


def _choices(year: int, column: str) -> tuple[tuple[str, int], ...]:
    counted = published_projects().filter(year=year).order_by(column).values_list(column)
    return tuple(counted.annotate(count=Count("pk")))


def _row(project: Any) -> PlanRow:
    building = project.building
    return PlanRow(
        code=building.code, estate=building.estate, name=building.name,
        called=full_name(building.estate, building.name), address=building.address,
        district=building.district, supplier=building.supplier.name,
        contractor=project.contractor.name if project.contractor else "", authority=building.authority,
        flats=building.flat_count, heated_area_m2=building.heated_area_m2, state=project.state,
        step=PROJECT.states[project.state], started_on=project.started_on, finished_on=project.finished_on,
        accepted_on=project.accepted_on, in_use_on=project.in_use_on,
    )  # fmt: skip
