"""Every building and every group's progress as rows of open data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from fenhu.web.portal.queries.buildings import projects_at, state_of
from fenhu.web.portal.queries.front import by_district, by_supplier, by_year
from fenhu.web.registry.queries import published_buildings

CHUNK = 500
# Four decimals of a degree are about ten metres: the house, not the door.
COORDINATE_DECIMALS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow:
    """One building of the register as open data; coordinates in degrees, rounded."""

    code: str
    estate: str
    name: str
    address: str
    district: str
    supplier: str
    authority: str
    year_built: int
    storeys: int
    units: int
    flats: int
    heated_area_m2: float
    longitude: float | None
    latitude: float | None
    state: str
    step: str
    plan_year: int | None
    accepted_on: date | None
    in_use_on: date | None
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRow:
    """Progress of one year, district or heat supplier; what a group has no figure for is None."""

    group: str
    name: str
    buildings: int | None
    target_buildings: int | None
    target_flats: int | None
    approved_buildings: int
    approved_flats: int | None
    in_use_buildings: int
    in_use_flats: int


def stock_rows() -> Iterator[StockRow]:
    """Yield every building, holding a few hundred at a time."""
    buildings = published_buildings().select_related("supplier").order_by("code").iterator(chunk_size=CHUNK)
    while chunk := list(islice(buildings, CHUNK)):
        projects = projects_at([one.pk for one in chunk])
        yield from (_row(one, projects.get(one.pk)) for one in chunk)


def progress_rows() -> Iterator[ProgressRow]:
    """Yield the progress by year, then by district, then by heat supplier."""
    for year in by_year():
        yield ProgressRow(
            group="year", name=str(year.year), buildings=None, target_buildings=year.target_buildings,
            target_flats=year.target_flats, approved_buildings=year.approved_buildings,
            approved_flats=year.approved_flats, in_use_buildings=year.in_use_buildings,
            in_use_flats=year.in_use_flats,
        )  # fmt: skip
    for group, rows in (("district", by_district()), ("supplier", by_supplier())):
        for row in rows:
            yield ProgressRow(
                group=group, name=row.name, buildings=row.buildings, target_buildings=None,
                target_flats=None, approved_buildings=row.approved_buildings, approved_flats=None,
                in_use_buildings=row.in_use_buildings, in_use_flats=row.in_use_flats,
            )  # fmt: skip


def _row(building: Any, project: Any | None) -> StockRow:
    return StockRow(
        code=building.code, estate=building.estate, name=building.name, address=building.address,
        district=building.district, supplier=building.supplier.name, authority=building.authority,
        year_built=building.year_built, storeys=building.storeys, units=building.units,
        flats=building.flat_count, heated_area_m2=building.heated_area_m2,
        longitude=_rounded(building.longitude), latitude=_rounded(building.latitude),
        state=state_of(project), step=project.state if project else "",
        plan_year=project.year if project else None, accepted_on=project.accepted_on if project else None,
        in_use_on=project.in_use_on if project else None, synthetic=building.synthetic,
    )  # fmt: skip


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, COORDINATE_DECIMALS)
