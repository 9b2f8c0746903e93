"""What issued papers say of projects: their flats with their works, bills, heat and days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count

from fenhu.money import bill_from
from fenhu.records import BillLine, Payer
from fenhu.web.access.scope import ScopedQuerySet
from fenhu.web.works.facts.project import deadline_of
from fenhu.web.works.models import BuildingOutcome, DesignVersion, FlatWork, Material, Project
from fenhu.web.works.stored import shares_from

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHeat:
    """The simulated room temperatures of a building's flats on the design day, ℃; empty where not studied."""

    before_c: Mapping[str, Decimal]
    after_c: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatedBill:
    """What a building's conversion costs by the current study, and who pays each line."""

    lines: tuple[BillLine, ...]
    line_shares: Mapping[str, Mapping[Payer, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledDesign:
    """A building's latest design that was submitted or approved: each pipe's material, size and length, m."""

    number: int
    sizes: tuple[tuple[str, int, float], ...]


def living_projects(grants: Iterable[Any]) -> ScopedQuerySet:
    """Return the projects within grants that were not withdrawn, with what papers say of them."""
    living = Project.objects.covered_by(grants).exclude(state="withdrawn")
    return living.select_related("building__supplier", "building__community", "building__owner", "contractor")


def flat_works(project: Project) -> ScopedQuerySet:
    """Return the flats of a project, in the order of stairwells and storeys."""
    works = FlatWork.objects.filter(project=project).select_related(
        "flat", "project__building__supplier", "project__building__community", "project__building__owner",
        "project__contractor",
    )  # fmt: skip
    return works.order_by("flat__unit", "flat__storey", "flat__room")


def flat_counts(projects: Sequence[Project]) -> dict[int, int]:
    """Return how many flats each project has."""
    rows = FlatWork.objects.filter(project__in=projects).order_by().values_list("project")
    return dict(rows.annotate(count=Count("pk")))


def project_deadline(project: Project) -> date:
    """Return the day by which a project's works are to be done."""
    return deadline_of(project)


def project_heat(project: Project) -> ProjectHeat:
    """Return the temperatures of a project's flats before and after, by the current study."""
    outcome = BuildingOutcome.objects.filter(building=project.building_id, study__current=True).first()
    before, after = (outcome.before or {}, outcome.after or {}) if outcome else ({}, {})
    return ProjectHeat(before_c=_temperatures(before), after_c=_temperatures(after))


def estimated_bill(project: Project) -> EstimatedBill | None:
    """Return the bill of a project's building by the current study; None where it was not studied."""
    outcome = BuildingOutcome.objects.filter(building=project.building_id, study__current=True).first()
    if outcome is None or not outcome.bill:
        return None
    shares = {line: shares_from(paid) for line, paid in outcome.line_shares.items()}
    return EstimatedBill(lines=bill_from(outcome.bill), line_shares=shares)


def settled_design(building: Any) -> SettledDesign | None:
    """Return a building's latest design that was submitted or approved; None where there is none."""
    settled = DesignVersion.objects.filter(building=building, state__in=("submitted", "approved"))
    version = settled.order_by("-number").first()
    if version is None:
        return None
    sizes = tuple((material, dn, length_m) for material, dn, length_m in version.outcome["sizes"].values())
    return SettledDesign(number=version.number, sizes=sizes)


def delivered(project: Project) -> tuple[Material, ...]:
    """Return the materials that were delivered for a project, with their certificates."""
    return tuple(project.materials.order_by("pk"))


def _temperatures(heat: Mapping[str, Sequence[float]]) -> dict[str, Decimal]:
    return {flat: Decimal(str(values[0])).quantize(HUNDREDTH) for flat, values in heat.items()}
