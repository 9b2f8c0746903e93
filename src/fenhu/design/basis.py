"""What a design starts from: the building, its loads, the water, and the weathers it must balance in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fenhu import tables
from fenhu.building import Building, Loop
from fenhu.building.fitting import exponent
from fenhu.building.layout import Layout, layout
from fenhu.design.changes import Changes
from fenhu.design.values import HeatLoads, RoomLoad, Weather
from fenhu.errors import InputFault
from fenhu.heat import HeatingCurve, density_kg_m3
from fenhu.records import SystemForm
from fenhu.wording import text

_G_M_S2 = 9.80665


@dataclass(frozen=True, slots=True, kw_only=True)
class RadiatorPlace:
    """A place for a radiator: its flat (by number and id), its room, and what it has to give."""

    id: str
    number: int
    flat: str
    room: str
    load_w: float
    allowance_w: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The building with its loads and the design's water temperatures; places are listed by flat."""

    building: Building
    form: SystemForm
    loop: Loop
    plan: Layout
    loads: HeatLoads
    places: tuple[tuple[RadiatorPlace, ...], ...]
    supply_c: float
    return_c: float
    room_c: float
    weathers: tuple[Weather, ...]

    def flow_kg_s(self, load_w: float) -> float:
        """Return the flow that brings a load at the design's temperature fall, G = 0.86·Q/(tg − th)."""
        capacity = tables.load("pipes")["sizing"]["reference_heat_capacity_j_kgk"]
        return float(load_w / (capacity * (self.supply_c - self.return_c)))

    def flat_load_w(self, number: int) -> float:
        """Return a flat's load without the allowance for neighbours."""
        return sum(place.load_w for place in self.places[number])

    def flat_allowance_w(self, number: int) -> float:
        """Return what absent neighbours take from a flat."""
        return sum(place.allowance_w for place in self.places[number])

    @property
    def design_weather(self) -> Weather:
        """Return the weather of the design day."""
        return self.weathers[0]


def basis_of(building: Building, form: SystemForm, loads: HeatLoads, changes: Changes) -> Basis:
    """Return what the design of a building in a form starts from.

    Raises
    ------
    InputFault
        If the water would come back no warmer than the rooms.
    """
    water, plan = tables.load("design")["water"], layout(building)
    supply_c = building.supply_c if changes.supply_c is None else changes.supply_c
    fall_k = water["fall_k"] if changes.fall_k is None else changes.fall_k
    if fall_k <= 0.0 or supply_c - fall_k <= water["room_c"]:
        raise InputFault(
            text("Supply of {supply} °C with a fall of {fall} K: the water must come back warmer than the "
                 "rooms at {room} °C. Give a warmer supply or a smaller fall.",
                 supply=supply_c, fall=fall_k, room=water["room_c"]),
            code="water-too-cool",
        )  # fmt: skip
    return_c = supply_c - fall_k
    return Basis(
        building=building, form=form, loop=changes.loop or building.pipework.loop, plan=plan, loads=loads,
        places=tuple(_places(building, plan, loads)), supply_c=supply_c, return_c=return_c,
        room_c=water["room_c"], weathers=_weathers(building, supply_c, return_c),
    )  # fmt: skip


def _places(building: Building, plan: Layout, loads: HeatLoads) -> list[tuple[RadiatorPlace, ...]]:
    by_flat: dict[str, list[RoomLoad]] = {}
    for room in loads.rooms:
        by_flat.setdefault(room.flat, []).append(room)
    of = {(room.flat, room.id): room.radiators for room in building.rooms}
    count = {n: column.radiators for column in plan.columns for n in column.flats.values()}
    found = []
    for number, flat in enumerate(building.flats):
        rooms = by_flat[flat.id]
        if not rooms[0].room:
            rooms = [_part(rooms[0], count[number])] * count[number]
        else:
            rooms = [
                _part(room, of[room.flat, room.room])
                for room in rooms
                for _ in range(of[room.flat, room.room])
            ]
        found.append(
            tuple(
                RadiatorPlace(
                    id=f"{flat.id}/{place}", number=number, flat=flat.id, room=room.room,
                    load_w=room.load_w, allowance_w=room.allowance_w,
                )
                for place, room in enumerate(rooms, start=1)
            )
        )  # fmt: skip
    return found


def _part(room: RoomLoad, parts: int) -> RoomLoad:
    return replace(room, load_w=room.load_w / parts, allowance_w=room.allowance_w / parts)


def _weathers(building: Building, supply_c: float, return_c: float) -> tuple[Weather, ...]:
    outdoor_c = building.shell.outdoor_design_c
    mild_c = tables.load("design")["mild"]["outdoor_c"]
    room_c = tables.load("design")["water"]["room_c"]
    curve = HeatingCurve(
        design_supply_c=supply_c, design_return_c=return_c, design_outdoor_c=outdoor_c, room_c=room_c,
        exponent=exponent(building.radiators.kind),
    )  # fmt: skip
    mild_supply_c = float(curve.supply_c(mild_c))
    mild_fall_k = (supply_c - return_c) * (room_c - mild_c) / (room_c - outdoor_c)
    return (
        _weather("design", outdoor_c, supply_c, return_c),
        _weather("mild", mild_c, mild_supply_c, mild_supply_c - mild_fall_k),
    )


def _weather(name: str, outdoor_c: float, supply_c: float, return_c: float) -> Weather:
    """Return a weather with its gravity head, g·(ρ of the return − ρ of the supply)."""
    heavier_kg_m3 = density_kg_m3(return_c) - density_kg_m3(supply_c)
    return Weather(
        name=name, outdoor_c=outdoor_c, supply_c=supply_c, return_c=return_c,
        gravity_pa_m=_G_M_S2 * heavier_kg_m3,
    )  # fmt: skip


def has_coils(basis: Basis) -> bool:
    """Return whether flats are heated by coils in the floor and have no radiators."""
    return basis.form is SystemForm.HOUSEHOLD_DOUBLE and basis.loop is Loop.FLOOR_COIL
