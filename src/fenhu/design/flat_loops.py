"""The loops inside flats that hang on shared risers; ``LOOPS`` is their table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import ceil, sqrt

from fenhu import tables
from fenhu.building import Loop
from fenhu.design.basis import RadiatorPlace
from fenhu.design.catalogue import size_of, valve_loss_pa
from fenhu.design.choices import pipe_loss_pa
from fenhu.design.flat_devices import fixed_kv_m3_h, in_series, open_lock_kv_m3_h, zone_kv_m3_h, zone_node
from fenhu.design.laying import Laying
from fenhu.design.lines import flat_line
from fenhu.design.tree import Choice, End, Joint, Pipe
from fenhu.design.values import Role, Side

_SIDES = ((Side.SUPPLY, "s"), (Side.RETURN, "r"))


def flat_loop(works: Laying, riser: str, number: int, start: str, end: str) -> Joint:
    """Return what a flat has between two nodes of its riser: its connection with valves, and its loop."""
    basis, flat = works.basis, works.basis.building.flats[number]
    flow = basis.flow_kg_s(basis.flat_load_w(number))
    inside = {"s": f"{flat.id}.s", "r": f"{flat.id}.r"}
    works.heights_m |= dict.fromkeys(inside.values(), works.height_m(flat.storey))
    joint = Joint(
        pipes=_pair(works, number, riser, "connection", Role.CONNECTION, f"{flat.id}.c",
                    {"s": (start, inside["s"]), "r": (inside["r"], end)},
                    tables.load("eras")["loop"]["connection_m"], flow),
        fixed_kv_m3_h=fixed_kv_m3_h(flow), flat=flat.id,
    )  # fmt: skip
    if basis.loop is Loop.FLOOR_COIL:
        joint.fixed_kv_m3_h = in_series(joint.fixed_kv_m3_h, zone_kv_m3_h())
    joint.fixed_pa = valve_loss_pa(in_series(joint.fixed_kv_m3_h, open_lock_kv_m3_h()), flow)
    places = basis.places[number]
    joint.behind.extend(LOOPS[basis.loop](works, riser, number, places, inside["s"], inside["r"]))
    return joint


def _pair(
    works: Laying, number: int, riser: str, fittings: str, role: Role, name: str,
    ends: Mapping[str, tuple[str, str]], length_m: float, flow: float,
) -> tuple[Pipe, ...]:  # fmt: skip
    return tuple(
        works.indoor(
            fittings, number, id=f"{name}{mark}", role=role, side=side, start=ends[mark][0],
            end=ends[mark][1],
            length_m=length_m, flow_kg_s=flow, riser=riser,
        )
        for side, mark in _SIDES
    )  # fmt: skip


def _double_pipe(
    works: Laying, riser: str, number: int, places: Sequence[RadiatorPlace], start: str, end: str
) -> list[Joint | End]:
    """户内双管: supply and return along the walls, every radiator between the two."""
    basis, flat = works.basis, works.basis.building.flats[number]
    length_m = tables.load("eras")["loop"]["run_m_per_m2"] * flat.area_m2 / len(places)
    first: list[Joint | End] = []
    hangs = first
    for n, place in enumerate(places):
        here = {"s": f"{place.id}.0s", "r": f"{place.id}.0r"}
        works.heights_m |= dict.fromkeys(here.values(), works.height_m(flat.storey))
        carried = sum(basis.flow_kg_s(one.load_w) for one in places[n:])
        joint = Joint(
            pipes=_pair(works, number, riser, "run" if n + 1 < len(places) else "run_last", Role.RUN,
                        f"{place.id}.w", {"s": (start, here["s"]), "r": (here["r"], end)}, length_m, carried)
        )  # fmt: skip
        joint.behind.append(works.radiator(place, riser, here["s"], here["r"], basis.flow_kg_s(place.load_w)))
        hangs.append(joint)
        hangs, start, end = joint.behind, here["s"], here["r"]
    return first


def _single_bypass(
    works: Laying, riser: str, number: int, places: Sequence[RadiatorPlace], start: str, end: str
) -> list[Joint | End]:
    """户内单管跨越: one line past all radiators, a bypass at each."""
    return [flat_line(works, riser, number, places, start, end)]


def _radial(
    works: Laying, riser: str, number: int, places: Sequence[RadiatorPlace], start: str, end: str
) -> list[Joint | End]:
    """户内放射式: from a manifold at the entrance every radiator has its own pair of pipes."""
    basis, flat = works.basis, works.basis.building.flats[number]
    length_m = tables.load("eras")["loop"]["manifold_width_ratio"] * sqrt(flat.area_m2)
    found: list[Joint | End] = []
    for place in places:
        here = {"s": f"{place.id}.0s", "r": f"{place.id}.0r"}
        works.heights_m |= dict.fromkeys(here.values(), works.height_m(flat.storey))
        flow = basis.flow_kg_s(place.load_w)
        joint = Joint(
            pipes=_pair(works, number, riser, "pair", Role.RUN, f"{place.id}.w",
                        {"s": (start, here["s"]), "r": (here["r"], end)}, length_m, flow)
        )  # fmt: skip
        joint.behind.append(works.radiator(place, riser, here["s"], here["r"], flow))
        found.append(joint)
    return found


def _floor_coil(
    works: Laying, riser: str, number: int, places: Sequence[RadiatorPlace], start: str, end: str
) -> list[Joint | End]:
    """地面盘管: parallel coils in the floor from a manifold; the flat's radiators are gone."""
    del places
    basis, flat, floor = works.basis, works.basis.building.flats[number], tables.load("eras")["floor_coil"]
    length_m = floor["covered_ratio"] * flat.area_m2 / floor["spacing_m"]
    manifold = zone_node(flat.id)
    works.heights_m[manifold] = works.height_m(flat.storey)
    coils = ceil(length_m / floor["longest_m"])
    flow = basis.flow_kg_s(basis.flat_load_w(number)) / coils
    size = size_of(floor["material"], floor["dn"])
    found: list[Joint | End] = []
    for n in range(1, coils + 1):
        made = works.indoor(
            "coil", number, id=f"{flat.id}/coil{n}", role=Role.COIL, side=Side.SUPPLY, start=manifold,
            end=end, length_m=length_m / coils, flow_kg_s=flow, riser=riser,
        )  # fmt: skip
        pipe = replace(made, material=floor["material"], least_dn=floor["dn"])
        found.append(
            End(id=pipe.id, pipes=(pipe,), flow_kg_s=flow, flat=flat.id,
                choices=(Choice(sizes=(size,), need_pa=pipe_loss_pa(pipe, size)),))
        )  # fmt: skip
    return found


LOOPS: Mapping[Loop, Callable[[Laying, str, int, Sequence[RadiatorPlace], str, str], list[Joint | End]]] = {
    Loop.DOUBLE_PIPE: _double_pipe,
    Loop.SINGLE_BYPASS: _single_bypass,
    Loop.RADIAL: _radial,
    Loop.FLOOR_COIL: _floor_coil,
}
