"""The heat loads of a building's rooms and flats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fenhu import tables
from fenhu.building import Building, Flat, Room, Surface
from fenhu.building.layout import layout, places_of, surfaces_of
from fenhu.design.load.formulas import (
    corrected_loss_w,
    door_ratio,
    height_ratio,
    infiltration_w,
    orientation_ratio,
)
from fenhu.design.values import HeatLoads, RoomLoad, SurfaceLoss


def heat_loads(building: Building) -> HeatLoads:
    """Return the design load of every room that was surveyed, and of every other flat as a whole.

    A surveyed room is worked out absolutely, surface by surface. Of other flats only the place in a slab
    block is known: their surfaces share out the building's area load, so that their sum meets it.

    References
    ----------
    GB 50736-2012 5.2.1 to 5.2.10 (docs/sources.md#gb50736); tables/loads.toml
    """
    surveyed = {room.flat for room in building.rooms}
    rooms = [_surveyed(building, room) for room in building.rooms]
    flats = _flat_loads(building, [flat for flat in building.flats if flat.id not in surveyed])
    index_w = building.shell.heat_load_w_m2 * sum(one.area_m2 for one in flats)
    scaled_by = index_w / sum(one.load_w for one in flats) if flats else 1.0
    scaled = [_scaled(one, scaled_by) for one in flats]
    allowances_w = _neighbours_w(building)
    return HeatLoads(
        rooms=tuple(_with_allowance([*rooms, *scaled], allowances_w)), by_room=bool(rooms),
        scaled_by=scaled_by, index_w_m2=building.shell.heat_load_w_m2,
    )  # fmt: skip


def _room_c() -> float:
    return float(tables.load("design")["water"]["room_c"])


def _flat_loads(building: Building, flats: Iterable[Flat]) -> list[RoomLoad]:
    places, on_floor = places_of(building)
    return [
        _load(
            building, surfaces_of(building, flat, on_floor[flat.unit, flat.storey], places), flat=flat.id,
            room="", kind="", area_m2=flat.area_m2, height_m=building.storey_height_m,
            air_changes_1_h=building.shell.air_changes_1_h,
        )
        for flat in flats
    ]  # fmt: skip


def _surveyed(building: Building, room: Room) -> RoomLoad:
    return _load(
        building, room.surfaces, flat=room.flat, room=room.id, kind=room.kind, area_m2=room.area_m2,
        height_m=room.height_m, air_changes_1_h=room.air_changes_1_h,
    )  # fmt: skip


def _load(
    building: Building, surfaces: Sequence[Surface], *, flat: str, room: str, kind: str, area_m2: float,
    height_m: float, air_changes_1_h: float,
) -> RoomLoad:  # fmt: skip
    outdoor_c, more = building.shell.outdoor_design_c, height_ratio(height_m)
    outer = [_loss(one, building) for one in surfaces if one.difference_k is None]
    outer_w = (1.0 + more) * sum(one.loss_w for one in outer)
    air_w = infiltration_w(area_m2 * height_m, air_changes_1_h, _room_c(), outdoor_c)
    inner = [_loss(one, building) for one in surfaces if one.difference_k is not None]
    counted = [one for one in inner if _counts(one, outer_w + air_w)]
    return RoomLoad(
        flat=flat, room=room, kind=kind, area_m2=area_m2, surfaces=(*outer, *counted), infiltration_w=air_w,
        load_w=outer_w + air_w + sum(one.loss_w for one in counted), allowance_w=0.0,
    )  # fmt: skip


def _loss(surface: Surface, building: Building) -> SurfaceLoss:
    if surface.difference_k is not None:
        difference_k, ratio = surface.difference_k, 0.0
    else:
        difference_k = _room_c() - building.shell.outdoor_design_c
        ratio = orientation_ratio(surface.facing) + door_ratio(surface.door, building.storeys)
    return SurfaceLoss(
        kind=surface.kind, orientation=surface.facing, area_m2=surface.area_m2, u_w_m2k=surface.u_w_m2k,
        difference_k=difference_k, correction_ratio=ratio,
        loss_w=corrected_loss_w(surface.u_w_m2k, surface.area_m2, difference_k, ratio),
    )  # fmt: skip


def _counts(partition: SurfaceLoss, load_w: float) -> bool:
    """Return whether the heat through a partition is counted (GB 50736-2012 5.2.5)."""
    row = tables.load("loads")["partition"]
    return bool(partition.difference_k >= row["from_k"] or partition.loss_w > row["from_ratio"] * load_w)


def _scaled(load: RoomLoad, ratio: float) -> RoomLoad:
    surfaces = tuple(replace(one, loss_w=ratio * one.loss_w) for one in load.surfaces)
    return replace(
        load, surfaces=surfaces, infiltration_w=ratio * load.infiltration_w, load_w=ratio * load.load_w
    )


def _neighbours_w(building: Building) -> Mapping[str, float]:
    """Return what absent neighbours take from each flat, before the cap."""
    row = tables.load("loads")["neighbour"]
    found = dict.fromkeys((flat.id for flat in building.flats), 0.0)
    for a, b, ua_w_k in layout(building).walls:
        for number in (a, b):
            found[building.flats[number].id] += row["share_ratio"] * row["difference_k"] * ua_w_k
    return found


def _with_allowance(rooms: Sequence[RoomLoad], allowances_w: Mapping[str, float]) -> Iterable[RoomLoad]:
    """Yield the rooms with their part of their flat's allowance, by area, and never above the cap."""
    most_ratio = tables.load("loads")["neighbour"]["most_ratio"]
    area_m2: dict[str, float] = {}
    for room in rooms:
        area_m2[room.flat] = area_m2.get(room.flat, 0.0) + room.area_m2
    for room in rooms:
        part_w = allowances_w[room.flat] * room.area_m2 / area_m2[room.flat]
        yield replace(room, allowance_w=min(part_w, most_ratio * room.load_w))
