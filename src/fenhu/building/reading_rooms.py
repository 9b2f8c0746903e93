"""Reading surveyed rooms and their surfaces from a building file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fenhu import tables
from fenhu.building.assume import Assumptions
from fenhu.building.spec import Flat, Room, Shell, Surface
from fenhu.building.surfaces import DIRECTIONS
from fenhu.errors import InputFault
from fenhu.heat import Item
from fenhu.wording import text

KINDS = ("bedroom", "living", "kitchen", "bath", "other")
_DOORS = ("one", "two_with_lobby", "three", "public_entrance")
_U_OF = {
    "wall": "wall_u_w_m2k", "window": "window_u_w_m2k", "door": "window_u_w_m2k", "roof": "roof_u_w_m2k",
    "floor": "ground_u_w_m2k", "partition": "partition_u_w_m2k",
}  # fmt: skip
_ROOM_KEYS = (
    "flat", "id", "kind", "area_m2", "height_m", "air_changes_1_h", "radiators", "surface",
)  # fmt: skip
_SURFACE_KEYS = ("kind", "area_m2", "u_w_m2k", "facing", "difference_k", "door")
# Rooms are measured between walls, flats over them; more than this beyond the flat is a mistake.
_MOST_OVER_RATIO = 1.05
# Heated areas are measured over the walls; rooms that cover less than this were not all surveyed.
_LEAST_COVERED_RATIO = 0.6


def rooms(
    top: Item, flats: Sequence[Flat], shell: Shell, storey_height_m: float, assumptions: Assumptions
) -> tuple[Room, ...]:
    """Return the rooms of ``[[room]]`` with their surfaces.

    Raises
    ------
    InputFault
        Naming the key: unknown flat, a room named twice, rooms larger than their flat.
    """
    known = {flat.id: flat for flat in flats}
    found: list[Room] = []
    for item in top.items("room", name=None):
        item.only(_ROOM_KEYS)
        room = _room(item, tuple(known), shell, storey_height_m, assumptions)
        if any(other.flat == room.flat and other.id == room.id for other in found):
            raise InputFault(
                text("{where}: flat {flat} has two rooms {room}; name each once.",
                     where=item.where, flat=room.flat, room=room.id), code="room-twice",
            )  # fmt: skip
        found.append(room)
    _refuse_larger_than_flat(top, found, known)
    _refuse_half_surveyed(top, found, known)
    return tuple(found)


def _room(
    item: Item, known: tuple[str, ...], shell: Shell, storey_height_m: float, assumptions: Assumptions
) -> Room:
    return Room(
        flat=item.word("flat", known), id=item.word("id"), kind=item.word("kind", KINDS),
        area_m2=item.number("area_m2", above=0.5, at_most=500.0),
        height_m=item.number("height_m", storey_height_m, above=1.5, at_most=20.0),
        air_changes_1_h=item.number("air_changes_1_h", shell.air_changes_1_h, at_least=0.0, at_most=10.0),
        surfaces=tuple(_surface(one, shell, assumptions) for one in item.items("surface", name=None)),
        radiators=item.whole("radiators", at_least=1, at_most=10) if item.has("radiators") else 1,
    )  # fmt: skip


def _surface(item: Item, shell: Shell, assumptions: Assumptions) -> Surface:
    item.only(_SURFACE_KEYS)
    kind = item.word("kind", tuple(_U_OF))
    inner = kind == "partition"
    key = _U_OF[kind]
    if not item.has("u_w_m2k"):
        reason = text("usual of its year; not given for {where}", where=item.where)
        assumptions.note(f"u_w_m2k of {kind}", getattr(shell, key), reason)
    return Surface(
        kind=kind, area_m2=item.number("area_m2", above=0.0, at_most=500.0),
        u_w_m2k=item.number("u_w_m2k", getattr(shell, key), above=0.0, at_most=20.0),
        facing=item.word("facing", DIRECTIONS) if item.has("facing") else "",
        difference_k=item.number("difference_k", at_least=0.0, at_most=60.0) if inner else None,
        door=item.word("door", _DOORS) if item.has("door") else "",
    )  # fmt: skip


def _refuse_larger_than_flat(top: Item, found: Sequence[Room], known: Mapping[str, Flat]) -> None:
    for name, flat in known.items():
        area_m2 = sum(room.area_m2 for room in found if room.flat == name)
        if area_m2 > _MOST_OVER_RATIO * flat.area_m2:
            raise InputFault(
                text("{where}: the rooms of flat {flat} are {rooms} m² together, the flat {area} m². Correct "
                     "area_m2 of the rooms or of the flat.",
                     where=top.where, flat=name, rooms=round(area_m2, 1), area=round(flat.area_m2, 1)),
                code="rooms-larger-than-flat",
            )  # fmt: skip


def _refuse_half_surveyed(top: Item, found: Sequence[Room], known: Mapping[str, Flat]) -> None:
    for name in {room.flat for room in found}:
        area_m2 = sum(room.area_m2 for room in found if room.flat == name)
        if area_m2 < _LEAST_COVERED_RATIO * known[name].area_m2:
            raise InputFault(
                text("{where}: the rooms of flat {flat} cover {rooms} of {area} m². List all its rooms, or "
                     "none.",
                     where=top.where, flat=name, rooms=round(area_m2, 1), area=round(known[name].area_m2, 1)),
                code="rooms-missing",
            )  # fmt: skip


def front(top: Item, assumptions: Assumptions) -> str:
    """Return where the stairwells' side faces, assumed north if nobody says."""
    if top.has("front"):
        return top.word("front", DIRECTIONS)
    assumptions.note(
        "front", "N", text("most slab blocks stand east to west with the stairwells to the north")
    )
    return str(tables.load("eras")["dwelling"]["front"])
