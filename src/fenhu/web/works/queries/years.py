"""The plan of one year: its buildings, their figures against the target, and who pays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web.access.gates import has_role
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.rules import current_policy
from fenhu.web.works.models import BuildingOutcome
from fenhu.web.works.queries.buildings import BuildingRow, rows_of, with_outcome
from fenhu.web.works.stored import shares_from


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """The planned buildings of one supplier or district; ``key`` narrows the list of buildings to them."""

    name: str
    key: str
    buildings: int
    flats: int
    heated_area_m2: float
    cost_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """The plan of one year; targets are None where the policy sets none, or the reader sees only a part."""

    year: int
    years: tuple[int, ...]
    target_buildings: int | None
    target_flats: int | None
    buildings: int
    flats: int
    heated_area_m2: float
    cost_fen: int
    shares: Mapping[Payer, int]
    suppliers: tuple[GroupFigures, ...]
    districts: tuple[GroupFigures, ...]
    rows: tuple[BuildingRow, ...]


def year_view(user: Any, year: int) -> YearView:
    """Return the buildings planned for ``year`` that ``user`` may see, most urgent first."""
    programme = current_policy().programme
    target = programme.targets.get(year) if has_role(user, Role.CITY_BUREAU) else None
    planned = with_outcome(visible_buildings(user)).filter(outcome__planned_year=year)
    rows = tuple(rows_of(planned.order_by("-outcome__priority", "code")))
    suppliers = dict(planned.order_by().values_list("supplier__name", "supplier_id").distinct())
    return YearView(
        year=year,
        years=programme.years,
        target_buildings=target.buildings if target else None,
        target_flats=target.flats if target else None,
        buildings=len(rows),
        flats=sum(row.flats for row in rows),
        heated_area_m2=sum(row.heated_area_m2 for row in rows),
        cost_fen=sum(row.cost_fen or 0 for row in rows),
        shares=_shares(user, year),
        suppliers=_grouped(rows, "supplier", suppliers),
        districts=_grouped(rows, "district", {}),
        rows=rows,
    )


def year_figures(user: Any, year: int) -> YearView:
    """Return the plan of one year for ``user`` without its buildings."""
    return replace(year_view(user, year), rows=())


def years_shares(user: Any) -> dict[int, dict[Payer, int]]:
    """Return who pays how much in each year of the programme, for the buildings ``user`` may see."""
    totals: dict[int, Counter[str]] = {year: Counter() for year in current_policy().programme.years}
    outcomes = BuildingOutcome.objects.visible_to(user).filter(study__current=True, planned_year__in=totals)
    for year, shares in outcomes.values_list("planned_year", "shares"):
        assert year is not None  # the filter leaves only years of the programme
        totals[year].update(shares)
    return {year: shares_from(total) for year, total in totals.items()}


def _shares(user: Any, year: int) -> dict[Payer, int]:
    total: Counter[str] = Counter()
    outcomes = BuildingOutcome.objects.visible_to(user).filter(study__current=True, planned_year=year)
    for shares in outcomes.values_list("shares", flat=True):
        total.update(shares)
    return shares_from(total)


def _grouped(
    rows: Iterable[BuildingRow], column: str, keys: Mapping[str, int]
) -> tuple[GroupFigures, ...]:  # fmt: skip
    groups: dict[str, list[BuildingRow]] = {}
    for row in rows:
        groups.setdefault(getattr(row, column), []).append(row)
    return tuple(
        GroupFigures(
            name=name, key=str(keys.get(name, name)), buildings=len(members),
            flats=sum(row.flats for row in members),
            heated_area_m2=sum(row.heated_area_m2 for row in members),
            cost_fen=sum(row.cost_fen or 0 for row in members),
        )
        for name, members in sorted(groups.items())
    )  # fmt: skip
