"""Where flats stand and what each loses: columns, storeys, outdoor loss, walls, radiators per flat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fenhu import tables
from fenhu.building.spec import Building, Flat, Surface
from fenhu.building.surfaces import flat_surfaces


@dataclass(frozen=True, slots=True)
class Column:
    """The flats above each other at one place of one unit, by storey, and the radiators each of them has."""

    unit: int
    position: int
    flats: Mapping[int, int]
    radiators: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A building's geometry by flat number: loss, design load, columns, and the walls between flats."""

    ua_w_k: tuple[float, ...]
    load_w: tuple[float, ...]
    columns: tuple[Column, ...]
    walls: tuple[tuple[int, int, float], ...]

    def by_unit(self) -> dict[int, tuple[Column, ...]]:
        """Return the columns of every unit, in the order of their positions."""
        grouped: dict[int, list[Column]] = {}
        for column in self.columns:
            grouped.setdefault(column.unit, []).append(column)
        return {unit: tuple(columns) for unit, columns in sorted(grouped.items())}


def layout(building: Building) -> Layout:
    """Return the layout of a building: who loses how much, who touches whom."""
    places, on_floor = places_of(building)
    shares = [
        _loss_share(building, flat, on_floor[flat.unit, flat.storey], places) for flat in building.flats
    ]
    area_m2 = sum(flat.area_m2 for flat in building.flats)
    design_k = tables.load("eras")["network"]["indoor_design_c"] - building.shell.outdoor_design_c
    scale = building.shell.heat_load_w_m2 * area_m2 / design_k / sum(shares)
    ua = tuple(share * scale for share in shares)
    return Layout(
        ua,
        tuple(value * design_k for value in ua),
        _columns(building),
        tuple(_walls(building, places, on_floor)),
    )


def spacing_m(building: Building, takeoffs: int) -> float:
    """Return the length of main between take-offs spread evenly along a building."""
    ground = [flat.area_m2 for flat in building.flats if flat.storey == 1]
    floor_m2 = sum(ground) or sum(flat.area_m2 for flat in building.flats) / building.storeys
    return max(floor_m2 / building.shell.depth_m / takeoffs, 0.5)


def surfaces_of(
    building: Building, flat: Flat, neighbours: int, places: Mapping[tuple[int, int, int], int]
) -> tuple[Surface, ...]:
    """Return a flat's surfaces to the outdoors; ``places`` are those where flats stand."""
    above, below = (flat.unit, flat.storey + 1, flat.position), (flat.unit, flat.storey - 1, flat.position)
    return tuple(
        flat_surfaces(building, flat, neighbours, top=above not in places, bottom=below not in places)
    )


def places_of(building: Building) -> tuple[dict[tuple[int, int, int], int], dict[tuple[int, int], int]]:
    """Return the flats by unit, storey and position, and how many there are on each storey of a unit."""
    places = {(flat.unit, flat.storey, flat.position): n for n, flat in enumerate(building.flats)}
    on_floor: dict[tuple[int, int], int] = {}
    for flat in building.flats:
        on_floor[flat.unit, flat.storey] = on_floor.get((flat.unit, flat.storey), 0) + 1
    return places, on_floor


def _loss_share(
    building: Building, flat: Flat, neighbours: int, places: Mapping[tuple[int, int, int], int]
) -> float:
    """Return a flat's loss in W/K by its own surfaces, before scaling to the building's load."""
    surfaces = surfaces_of(building, flat, neighbours, places)
    loss = sum(surface.area_m2 * surface.u_w_m2k for surface in surfaces)
    air_heat_wh_m3k = float(tables.load("eras")["network"]["air_heat_wh_m3k"])
    volume_m3 = flat.area_m2 * building.storey_height_m
    return loss + air_heat_wh_m3k * building.shell.air_changes_1_h * volume_m3


def _columns(building: Building) -> tuple[Column, ...]:
    grouped: dict[tuple[int, int], dict[int, int]] = {}
    for n, flat in enumerate(building.flats):
        grouped.setdefault((flat.unit, flat.position), {})[flat.storey] = n
    fitted = building.radiators
    columns = []
    for (unit, position), flats in sorted(grouped.items()):
        mean_m2 = sum(building.flats[n].area_m2 for n in flats.values()) / len(flats)
        count = min(max(round(mean_m2 / fitted.room_area_m2), fitted.fewest), fitted.most)
        columns.append(Column(unit, position, flats, count))
    return tuple(columns)


def _walls(
    building: Building, places: Mapping[tuple[int, int, int], int], on_floor: Mapping[tuple[int, int], int]
) -> Iterator[tuple[int, int, float]]:
    shell, flats = building.shell, building.flats
    partition_w_k = shell.partition_u_w_m2k * shell.depth_m * building.storey_height_m
    for n, flat in enumerate(flats):
        above = places.get((flat.unit, flat.storey + 1, flat.position))
        if above is not None:
            yield n, above, shell.floor_u_w_m2k * min(flat.area_m2, flats[above].area_m2)
        beside = places.get((flat.unit, flat.storey, flat.position + 1))
        if beside is None and flat.position == on_floor[flat.unit, flat.storey] - 1:
            beside = places.get((flat.unit + 1, flat.storey, 0))
        if beside is not None:
            yield n, beside, partition_w_k
