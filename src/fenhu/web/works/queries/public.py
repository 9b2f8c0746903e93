"""What anybody may know without signing in: an explicit projection, nothing personal, nothing undecided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from fenhu.web import clock
from fenhu.web.registry.queries import published_buildings
from fenhu.web.rules import current_policy
from fenhu.web.works.models import AnnualPlanItem, Project

MOST = 50
LEAST_LETTERS = 2
DECIDED = ("approved", "closed")
IN_USE, PLANNED, OPEN = "in_use", "planned", "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBuilding:
    """One building as published: who answers for it, and its year where a plan is approved."""

    estate: str
    name: str
    address: str
    district: str
    authority: str
    supplier: str
    state: str
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicYear:
    """One year's target and what is approved and in use."""

    year: int
    target_buildings: int | None
    approved_buildings: int
    approved_flats: int
    in_use_buildings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFront:
    """What the first page says to anybody; ``more`` tells that not everything found is shown."""

    year: int
    in_use_buildings: int
    in_use_flats: int
    years: tuple[PublicYear, ...]
    words: str
    too_short: bool
    found: tuple[PublicBuilding, ...]
    more: bool


def public_front(words: str) -> PublicFront:
    """Return the published progress, and the buildings whose street or estate matches every word."""
    asked = words.lower().split()
    too_short = bool(asked) and len("".join(asked)) < LEAST_LETTERS
    found = _found(asked) if asked and not too_short else ()
    used = Project.objects.filter(state=IN_USE).aggregate(
        buildings=Count("pk"), flats=Sum("building__flat_count")
    )
    return PublicFront(
        year=clock.today().year,
        in_use_buildings=used["buildings"],
        in_use_flats=used["flats"] or 0,
        years=_years(),
        words=words,
        too_short=too_short,
        found=found[:MOST],
        more=len(found) > MOST,
    )


def _found(asked: list[str]) -> tuple[PublicBuilding, ...]:
    buildings = published_buildings().select_related("supplier")
    for word in asked:
        matching = Q(address__icontains=word) | Q(estate__icontains=word) | Q(name__icontains=word)
        buildings = buildings.filter(matching)
    found = list(buildings.order_by("estate", "code")[: MOST + 1])
    ids = [building.pk for building in found]
    years = dict(
        AnnualPlanItem.objects.filter(building__in=ids, plan__state__in=DECIDED)
        .order_by("plan__year")
        .values_list("building_id", "plan__year")
    )
    used = set(Project.objects.filter(building__in=ids, state=IN_USE).values_list("building_id", flat=True))
    return tuple(_public(building, years.get(building.pk), building.pk in used) for building in found)


def _public(building: Any, year: int | None, in_use: bool) -> PublicBuilding:
    return PublicBuilding(
        estate=building.estate, name=building.name, address=building.address, district=building.district,
        authority=building.authority, supplier=building.supplier.name,
        state=IN_USE if in_use else PLANNED if year else OPEN, year=year,
    )  # fmt: skip


def _years() -> tuple[PublicYear, ...]:
    programme = current_policy().programme
    items = AnnualPlanItem.objects.filter(plan__state__in=DECIDED).values("plan__year")
    approved = {
        row["plan__year"]: row
        for row in items.annotate(buildings=Count("pk"), flats=Sum("building__flat_count"))
    }
    used = dict(
        Project.objects.filter(state=IN_USE)
        .values_list("year")
        .annotate(buildings=Count("pk"))
        .values_list("year", "buildings")
    )
    return tuple(
        PublicYear(
            year=year,
            target_buildings=programme.targets[year].buildings if year in programme.targets else None,
            approved_buildings=approved[year]["buildings"] if year in approved else 0,
            approved_flats=approved[year]["flats"] if year in approved else 0,
            in_use_buildings=used.get(year, 0),
        )
        for year in programme.years
    )
