"""What must hold between buildings and flats, and what is assumed where it does not quite."""

from __future__ import annotations

import dataclasses
from collections import defaultdict

from fenhu.records import BuildingRecord, FlatRecord
from fenhu.register.faults import Findings
from fenhu.register.keys import check_unique
from fenhu.register.order import check_order
from fenhu.register.purses import check_clusters, check_money
from fenhu.register.rows import Rows
from fenhu.wording import Text, text

AREA_TOLERANCE_RATIO = 0.05


def check_rules(sheets: dict[str, Rows], findings: Findings) -> None:
    """Check every rule between rows and sheets; records that rest on an assumption are replaced in place."""
    buildings, flats = sheets["buildings"], sheets["flats"]
    check_unique(buildings, lambda b: (b.code,), "code", "duplicate-code", findings)
    check_unique(flats, lambda f: (f.building, f.unit, f.storey, f.room), "room", "duplicate-flat", findings)
    _check_pipes(buildings, findings)
    _check_temperatures(buildings, findings)
    _check_places(buildings, flats, findings)
    _check_totals(buildings, flats, findings)
    check_clusters(buildings, sheets["clusters"], findings)
    check_money(buildings, sheets["budgets"], sheets["crews"], findings)
    check_order(buildings, sheets["order"], findings)


def _check_pipes(buildings: Rows, findings: Findings) -> None:
    for index, (number, building) in enumerate(buildings.numbered()):
        if not pipes_are_older(building):
            continue
        message = text(
            "The pipes are of {pipe_year}, the building only of {year_built}; the pipes were taken to be "
            "as old as the building",
            pipe_year=building.pipe_year,
            year_built=building.year_built,
        )
        buildings.note(findings, "pipe-older", number, "pipe_year", message)
        buildings.records[index] = dataclasses.replace(building, pipe_year=building.year_built)


def pipes_are_older(building: BuildingRecord) -> bool:
    """Return whether a building's pipes are said to be older than the building."""
    return building.pipe_year is not None and building.pipe_year < building.year_built


def _check_temperatures(buildings: Rows, findings: Findings) -> None:
    for number, building in buildings.numbered():
        message = lowest_above_mean(building)
        if message is not None:
            buildings.note(findings, "min-above-mean", number, "min_room_c", message)


def lowest_above_mean(building: BuildingRecord) -> Text | None:
    """Return what is wrong where a building's coldest room is said to be warmer than its rooms are."""
    lowest, mean = building.min_room_c, building.mean_room_c
    if lowest is None or mean is None or lowest <= mean:
        return None
    return text(
        "The lowest room temperature {lowest} °C is above the mean of {mean} °C; correct one of them",
        lowest=lowest,
        mean=mean,
    )


def _check_places(buildings: Rows, flats: Rows, findings: Findings) -> None:
    """Check that every flat's building is known and has such a unit and storey."""
    by_code = {building.code: building for building in buildings.records}
    mentioned = buildings.mentioned("code")
    for number, flat in flats.numbered():
        building = by_code.get(flat.building)
        if building is None:
            if flat.building not in mentioned:
                message = text(
                    "No building has the code {code}; correct it, or add the building to sheet {sheet}",
                    code=flat.building,
                    sheet=buildings.name,
                )
                flats.note(findings, "unknown-building", number, "building", message)
            continue
        if flat.unit > building.units:
            message = _outside(flat.unit, building.units, building)
            flats.note(findings, "unit-outside", number, "unit", message)
        if flat.storey > building.storeys:
            message = _outside(flat.storey, building.storeys, building)
            flats.note(findings, "storey-outside", number, "storey", message)


def _outside(found: int, limit: int, building: BuildingRecord) -> Text:
    return text(
        "{found} is more than the {limit} that building {code} has; correct the flat or the building",
        found=found,
        limit=limit,
        code=building.code,
    )


def _check_totals(buildings: Rows, flats: Rows, findings: Findings) -> None:
    """Compare what a building states with its flats; its figures stay unless more flats are listed."""
    mentioned = flats.mentioned("building")
    listed: defaultdict[str, list[FlatRecord]] = defaultdict(list)
    for flat in flats.records:
        listed[flat.building].append(flat)
    for index, (number, building) in enumerate(buildings.numbered()):
        own = listed[building.code]
        if len(own) != mentioned[building.code]:
            continue  # flats with faults of their own are reported already
        if len(own) != building.flats:
            code, message = _count_disagrees(building, len(own), flats.name)
            buildings.note(findings, code, number, "flats", message)
            buildings.records[index] = dataclasses.replace(building, flats=max(building.flats, len(own)))
        elif (area_message := _area_disagrees(building, own)) is not None:
            buildings.note(findings, "area-disagrees", number, "heated_area_m2", area_message)


def _count_disagrees(building: BuildingRecord, listed: int, sheet: str) -> tuple[str, Text]:
    if listed == 0:
        return "no-flats", text(
            "Sheet {sheet} lists no flat of building {code}; its {count} flats were taken to be alike",
            sheet=sheet,
            code=building.code,
            count=building.flats,
        )
    if listed < building.flats:
        return "flats-disagree", text(
            "The building states {stated} flats, {listed} are listed; the others were taken to be like them",
            stated=building.flats,
            listed=listed,
        )
    return "flats-disagree", text(
        "The building states {stated} flats, {listed} are listed; the listed ones were counted",
        stated=building.flats,
        listed=listed,
    )


def _area_disagrees(building: BuildingRecord, flats: list[FlatRecord]) -> Text | None:
    area_m2 = sum(flat.area_m2 for flat in flats)
    if abs(area_m2 - building.heated_area_m2) <= AREA_TOLERANCE_RATIO * building.heated_area_m2:
        return None
    return text(
        "The building states {stated} m², its flats add up to {found} m²; money and targets use the stated "
        "area, heat uses the flats'",
        stated=f"{building.heated_area_m2:.2f}",
        found=f"{area_m2:.2f}",
    )
