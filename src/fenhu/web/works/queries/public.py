"""What anybody may know without signing in: an explicit projection, nothing personal, nothing undecided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from fenhu.programme import PROJECT, ROLE_NAMES, Role
from fenhu.web import clock
from fenhu.web.registry.queries import published_buildings
from fenhu.web.rules import current_policy
from fenhu.web.works.models import Project
from fenhu.wording import Text

MOST = 50
LEAST_LETTERS = 2
IN_USE, PLANNED, OPEN = "in_use", "planned", "open"
USED = ("in_use", "rewarded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who leads the works for a party, published before they begin (clause 三（三）)."""

    party: Text
    organisation: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBuilding:
    """One building as published: who answers for it, and once a plan is approved its year, step and leads."""

    estate: str
    name: str
    address: str
    district: str
    authority: str
    supplier: str
    state: str
    year: int | None
    step: Text | None
    leads: tuple[Lead, ...]


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
    used = Project.objects.filter(state__in=USED).aggregate(
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
    living = Project.objects.exclude(state="withdrawn").select_related("contractor")
    projects = {one.building_id: one for one in living.filter(building__in=[one.pk for one in found])}
    return tuple(_public(building, projects.get(building.pk)) for building in found)


def _public(building: Any, project: Project | None) -> PublicBuilding:
    used = project is not None and project.state in USED
    return PublicBuilding(
        estate=building.estate, name=building.name, address=building.address, district=building.district,
        authority=building.authority, supplier=building.supplier.name,
        state=IN_USE if used else PLANNED if project else OPEN,
        year=project.year if project else None, step=PROJECT.states[project.state] if project else None,
        leads=leads_of(project, building.supplier.name) if project else (),
    )  # fmt: skip


def leads_of(project: Project, supplier: str) -> tuple[Lead, ...]:
    """Return the leads of a project's works as they are published; none before."""
    if project.published_on is None:
        return ()
    contractor = project.contractor.name if project.contractor else ""
    return (
        Lead(party=ROLE_NAMES[Role.HEAT_SUPPLIER], organisation=supplier, name=project.supplier_lead,
             phone=project.supplier_phone),
        Lead(party=ROLE_NAMES[Role.CONTRACTOR], organisation=contractor, name=project.contractor_lead,
             phone=project.contractor_phone),
    )  # fmt: skip


def _years() -> tuple[PublicYear, ...]:
    programme = current_policy().programme
    living = Project.objects.exclude(state="withdrawn").values("year")
    approved = {
        row["year"]: row for row in living.annotate(
            buildings=Count("pk"), converted=Sum("building__flat_count"),
            used=Count("pk", filter=Q(state__in=USED)),
        )
    }  # fmt: skip
    return tuple(
        PublicYear(
            year=year,
            target_buildings=programme.targets[year].buildings if year in programme.targets else None,
            approved_buildings=approved[year]["buildings"] if year in approved else 0,
            approved_flats=approved[year]["converted"] if year in approved else 0,
            in_use_buildings=approved[year]["used"] if year in approved else 0,
        )
        for year in programme.years
    )
