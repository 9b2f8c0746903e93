"""How far the city is: by year against its targets, by district, by heat supplier."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from fenhu.web import clock
from fenhu.web.registry.queries import published_buildings
from fenhu.web.rules import current_policy, programme_year
from fenhu.web.works.queries import IN_USE, published_projects

_USED = Q(state__in=IN_USE)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearProgress:
    """One year's target and what of it is approved and in use; targets None where the policy sets none."""

    year: int
    target_buildings: int | None
    target_flats: int | None
    approved_buildings: int
    approved_flats: int
    in_use_buildings: int
    in_use_flats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The buildings of a district or a heat supplier: all of them, approved, in use."""

    name: str
    buildings: int
    approved_buildings: int
    in_use_buildings: int
    in_use_flats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontView:
    """What the first page says to anybody."""

    now: YearProgress
    in_use_buildings: int
    in_use_flats: int
    buildings: int
    years: tuple[YearProgress, ...]
    districts: tuple[Progress, ...]
    suppliers: tuple[Progress, ...]


def front_view() -> FrontView:
    """Return the published progress of the whole city."""
    years = by_year()
    this_year = programme_year(clock.today())
    districts = by_district()
    return FrontView(
        now=next(one for one in years if one.year == this_year),
        in_use_buildings=sum(one.in_use_buildings for one in years),
        in_use_flats=sum(one.in_use_flats for one in years),
        buildings=sum(one.buildings for one in districts),
        years=years, districts=districts, suppliers=by_supplier(),
    )  # fmt: skip


def by_year() -> tuple[YearProgress, ...]:
    """Return every year of the programme, and any other that has an approved conversion."""
    programme = current_policy().programme
    counted = {row["year"]: row for row in _counted("year")}
    return tuple(_year(year, programme.targets.get(year), counted.get(year))
                 for year in sorted({*programme.years, *counted}))  # fmt: skip


def by_district() -> tuple[Progress, ...]:
    """Return the progress of every district that has a building."""
    return _grouped("district")


def by_supplier() -> tuple[Progress, ...]:
    """Return the progress of every heat supplier that has a building."""
    return _grouped("supplier__name")


def _grouped(column: str) -> tuple[Progress, ...]:
    stock = published_buildings().order_by().values_list(column).annotate(count=Count("pk"))
    counted = {row[f"building__{column}"]: row for row in _counted(f"building__{column}")}
    return tuple(
        Progress(
            name=name, buildings=count,
            approved_buildings=counted[name]["approved"] if name in counted else 0,
            in_use_buildings=counted[name]["used"] if name in counted else 0,
            in_use_flats=counted[name]["used_flats"] if name in counted else 0,
        )
        for name, count in sorted(stock)
    )  # fmt: skip


def _counted(column: str) -> list[dict]:
    return list(published_projects().order_by().values(column).annotate(
        approved=Count("pk"), approved_flats=Sum("building__flat_count", default=0),
        used=Count("pk", filter=_USED), used_flats=Sum("building__flat_count", filter=_USED, default=0),
    ))  # fmt: skip


def _year(year: int, target: object, row: dict | None) -> YearProgress:
    return YearProgress(
        year=year,
        target_buildings=getattr(target, "buildings", None), target_flats=getattr(target, "flats", None),
        approved_buildings=row["approved"] if row else 0, approved_flats=row["approved_flats"] if row else 0,
        in_use_buildings=row["used"] if row else 0, in_use_flats=row["used_flats"] if row else 0,
    )  # fmt: skip
