"""The first page: where the programme stands, what waits for the reader, and what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, Count, Q, Sum

from fenhu.programme import ANNUAL_PLAN, Role
from fenhu.web import clock
from fenhu.web.access.gates import has_role
from fenhu.web.access.scope import ScopedQuerySet
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.rules import current_policy, programme_year
from fenhu.web.works.facts.project import APPROVED_PLANS
from fenhu.web.works.models import AnnualPlan, Study
from fenhu.web.works.queries.buildings import BuildingFilter, found_buildings, with_outcome
from fenhu.web.works.queries.layers import LAYERS
from fenhu.web.works.queries.plans import PlanRow, annual_plans

WAITS_FOR: Mapping[Role, tuple[str, ...]] = {
    Role.CITY_BUREAU: ("filed", "amended"),
    Role.HEAT_SUPPLIER: ("draft", "returned"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """One year of the programme: target, what the study plans, what stands on approved plans.

    Targets are the whole city's: None where the policy sets none, or the reader sees only a part.
    """

    year: int
    target_buildings: int | None
    target_flats: int | None
    planned_buildings: int
    planned_flats: int
    approved_buildings: int
    approved_flats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStanding:
    """The buildings of one district or heat supplier: planned in any year, by the end of this one, in use.

    ``key`` narrows the list of buildings to them.
    """

    name: str
    key: str
    buildings: int
    flats: int
    cold_flats: int
    planned_buildings: int
    due_buildings: int
    in_use_buildings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Where the programme stands among the buildings the reader may see."""

    today: date
    year: int
    buildings: int
    flats: int
    heated_area_m2: float
    mean_c: float | None
    cold_flats: int
    cold_flats_after: int
    priority_buildings: int
    unplanned_buildings: int
    years: tuple[YearFigures, ...]
    in_use_buildings: int
    in_use_flats: int
    districts: tuple[GroupStanding, ...]
    suppliers: tuple[GroupStanding, ...]
    filing_deadline: date
    completion_deadline: date
    not_filed: tuple[str, ...]
    waiting: tuple[PlanRow, ...]
    studied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """How far the filing of one year's plans is; ``not_filed`` is the bureau's to know."""

    year: int
    due: date
    due_clause: str
    overdue: bool
    plans: int
    filed: int
    late: int
    approved: int
    waiting: int
    not_filed: tuple[str, ...]


def filing(user: Any, year: int) -> Filing:
    """Return how far the filing of the plans of ``year`` is, among those ``user`` may see."""
    calendar, rows = current_policy().calendar, annual_plans(user, year=year)
    waits = waited_for(user)
    return Filing(
        year=year, due=calendar.filing_deadline(year), due_clause=calendar.filing.clause,
        overdue=clock.today() > calendar.filing_deadline(year), plans=len(rows),
        filed=sum(row.state != ANNUAL_PLAN.initial for row in rows), late=sum(row.late for row in rows),
        approved=sum(row.state in ("approved", "closed") for row in rows),
        waiting=sum(row.state in waits for row in rows), not_filed=_not_filed(user, year),
    )  # fmt: skip


def overview(user: Any) -> Overview:
    """Return the first page's figures for ``user``."""
    today, calendar = clock.today(), current_policy().calendar
    year = programme_year(today)
    seen = found_buildings(user, BuildingFilter())
    used = LAYERS["state"].kind("used")
    assert used is not None
    stock = seen.aggregate(
        used=Count("pk", filter=used.where), used_flats=Sum("flat_count", filter=used.where, default=0),
        buildings=Count("pk"), flats=Sum("flat_count"), area=Sum("heated_area_m2"),
        mean=Avg("outcome__before_mean_c"), cold=Sum("outcome__before_below_18"),
        cold_after=Sum("outcome__after_below_18"),
        urgent=Count("pk", filter=Q(outcome__priority_class=True)),
        unplanned=Count("pk", filter=Q(outcome__planned_year__isnull=True)),
    )  # fmt: skip
    return Overview(
        today=today,
        year=year,
        buildings=stock["buildings"],
        flats=stock["flats"] or 0,
        heated_area_m2=stock["area"] or 0.0,
        mean_c=stock["mean"],
        cold_flats=stock["cold"] or 0,
        cold_flats_after=stock["cold_after"] or 0,
        priority_buildings=stock["urgent"],
        unplanned_buildings=stock["unplanned"],
        years=_years(user),
        in_use_buildings=stock["used"],
        in_use_flats=stock["used_flats"],
        districts=_standings(seen, year, used.where, "district", "district"),
        suppliers=_standings(seen, year, used.where, "supplier__name", "supplier_id"),
        filing_deadline=calendar.filing_deadline(year),
        completion_deadline=calendar.completion_deadline(year),
        not_filed=_not_filed(user, year),
        waiting=_waiting(user),
        studied_at=Study.objects.filter(current=True).values_list("created_at", flat=True).first(),
    )


def _years(user: Any) -> tuple[YearFigures, ...]:
    programme = current_policy().programme
    targets = programme.targets if has_role(user, Role.CITY_BUREAU) else {}
    planned = _by(with_outcome(visible_buildings(user)), "outcome__planned_year")
    approved_items = Q(plan_items__plan__state__in=APPROVED_PLANS)
    approved = _by(visible_buildings(user).filter(approved_items), "plan_items__plan__year")
    return tuple(
        YearFigures(
            year=year,
            target_buildings=targets[year].buildings if year in targets else None,
            target_flats=targets[year].flats if year in targets else None,
            planned_buildings=planned.get(year, (0, 0))[0], planned_flats=planned.get(year, (0, 0))[1],
            approved_buildings=approved.get(year, (0, 0))[0], approved_flats=approved.get(year, (0, 0))[1],
        )
        for year in programme.years
    )  # fmt: skip


def _by(buildings: Any, column: str) -> dict[Any, tuple[int, int]]:
    counted = buildings.order_by().values(column).annotate(buildings=Count("pk"), flats=Sum("flat_count"))
    return {row[column]: (row["buildings"], row["flats"] or 0) for row in counted}


def _standings(seen: ScopedQuerySet, year: int, used: Q, name: str, key: str) -> tuple[GroupStanding, ...]:
    counted = seen.order_by().values(name, key).annotate(
        buildings=Count("pk"), flats=Sum("flat_count"), cold=Sum("outcome__before_below_18"),
        planned=Count("pk", filter=Q(outcome__planned_year__isnull=False)),
        due=Count("pk", filter=Q(outcome__planned_year__lte=year)), used=Count("pk", filter=used),
    )  # fmt: skip
    return tuple(
        GroupStanding(
            name=row[name], key=str(row[key]), buildings=row["buildings"], flats=row["flats"] or 0,
            cold_flats=row["cold"] or 0, planned_buildings=row["planned"], due_buildings=row["due"],
            in_use_buildings=row["used"],
        )
        for row in counted.order_by(name)
    )  # fmt: skip


def _not_filed(user: Any, year: int) -> tuple[str, ...]:
    """Return the suppliers with buildings planned for ``year`` and no filed plan; the bureau's to watch."""
    if not has_role(user, Role.CITY_BUREAU):
        return ()
    filed = AnnualPlan.objects.filter(year=year).exclude(state=ANNUAL_PLAN.initial)
    planned = with_outcome(visible_buildings(user)).filter(outcome__planned_year=year)
    missing = planned.exclude(supplier__in=filed.values("supplier")).order_by("supplier__name")
    return tuple(missing.values_list("supplier__name", flat=True).distinct())


def waited_for(user: Any) -> frozenset[str]:
    """Return the states in which a plan waits for ``user``."""
    return frozenset(state for role, states in WAITS_FOR.items() if has_role(user, role) for state in states)


def _waiting(user: Any) -> tuple[PlanRow, ...]:
    states = waited_for(user)
    return annual_plans(user, states=states) if states else ()
