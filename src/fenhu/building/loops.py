"""The loops inside flats of a building with risers in the stairwell; ``LOOPS`` is their table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from fenhu import tables
from fenhu.building.layout import Column
from fenhu.building.parts import Takeoff, Works, surpluses
from fenhu.building.spec import Loop


def figures() -> Mapping[str, float]:
    """Return the lengths and resistances of a flat's loop."""
    found: Mapping[str, float] = tables.load("eras")["loop"]
    return found


def household_loop(works: Works, column: Column, flat: int, takeoff: Takeoff) -> None:
    """Lead the water from the riser into a flat, through its loop and back."""
    flow = works.design_flow_kg_s(works.plan.load_w[flat])
    z_m = works.height_m(works.building.flats[flat].storey)
    supply, back = works.node(z_m), works.node(z_m)
    laid = figures()
    most_open_m3_h = tables.load("eras")["network"]["household_kv_m3_h"]
    inlet = works.pipe(
        takeoff.supply, supply, laid["connection_m"], flow, zeta=laid["connection_zeta"],
        u_w_m2k=figures()["u_w_m2k"], room=flat, indoor=True,
        kv_m3_h=min(most_open_m3_h, works.balancing_kv_m3_h(flow, takeoff.surplus_pa)),
    )  # fmt: skip
    works.pipe(back, takeoff.back, laid["connection_m"], flow, zeta=laid["connection_zeta"], indoor=True)
    works.flow_links[flat].append(inlet)
    LOOPS[works.building.pipework.loop](works, flat, column.radiators, supply, back)


def double_pipe_run(
    works: Works, radiators: Sequence[tuple[int, int]], supply: int, back: int, flow: float, z_m: float
) -> list[int]:
    """Add radiators side by side between a supply and a return pipe that run along; return the radiators."""
    lengths_m = [_spacing_m(works, flat) for flat, _ in radiators]
    allowed_pa_m = works.branch_specific_loss_pa_m(sum(lengths_m))
    places: list[tuple[int, int]] = []
    required_pa, needed_pa = [], 0.0
    for n, ((flat, _), length_m) in enumerate(zip(radiators, lengths_m, strict=True)):
        carried = flow * (len(radiators) - n) / len(radiators)
        entering, leaving = works.node(z_m), works.node(z_m)
        for start, end in ((supply, entering), (leaving, back)):
            link = works.pipe(
                start, end, length_m, carried, zeta=figures()["run_zeta"],
                u_w_m2k=figures()["u_w_m2k"], room=flat,
                indoor=True, specific_loss_pa_m=allowed_pa_m,
            )  # fmt: skip
            needed_pa += works.lost_pa(link)
        places.append((entering, leaving))
        required_pa.append(needed_pa)
        supply, back = entering, leaving
    return [
        works.radiator(
            *ends,
            flat,
            place,
            zeta=figures()["branch_zeta"],
            kv_m3_h=works.radiator_kv_m3_h(flat, surplus_pa),
        )
        for (flat, place), ends, surplus_pa in zip(radiators, places, surpluses(required_pa), strict=True)
    ]


def radiator_with_bypass(
    works: Works, entering: int, leaving: int, flat: int, place: int, flow: float, *, indoor: bool = False
) -> int:
    """Add a radiator in the line and the pipe that leads past it; return the radiator."""
    kv_m3_h = math.inf
    if works.building.pipework.thermostats:
        kv_m3_h = tables.load("eras")["network"]["trv_single_kv_m3_h"]
    link = works.radiator(entering, leaving, flat, place, zeta=figures()["branch_zeta"], kv_m3_h=kv_m3_h)
    past_ratio = tables.load("eras")["network"]["bypass_sized_for_ratio"]
    works.pipe(
        entering,
        leaving,
        figures()["bypass_m"],
        past_ratio * flow,
        zeta=figures()["bypass_zeta"],
        indoor=indoor,
    )
    return link


def _double_pipe(works: Works, flat: int, radiators: int, supply: int, back: int) -> None:
    """户内双管: supply and return along the walls, every radiator between the two."""
    flow = works.design_flow_kg_s(works.plan.load_w[flat])
    places = [(flat, place) for place in range(radiators)]
    double_pipe_run(works, places, supply, back, flow, works.draft.height_m(supply))


def _single_with_bypass(works: Works, flat: int, radiators: int, supply: int, back: int) -> None:
    """户内单管跨越: one line past all radiators, a bypass at each."""
    flow, z_m = works.design_flow_kg_s(works.plan.load_w[flat]), works.draft.height_m(supply)
    at = works.node(z_m)
    works.flat_valve(supply, at, flow)
    for place in range(radiators):
        before, after = works.node(z_m), works.node(z_m)
        _line(works, at, before, flat, flow)
        radiator_with_bypass(works, before, after, flat, place, flow, indoor=True)
        at = after
    _line(works, at, back, flat, flow)


def _line(works: Works, start: int, end: int, flat: int, flow: float) -> None:
    works.pipe(
        start, end, _spacing_m(works, flat), flow, zeta=figures()["run_zeta"],
        u_w_m2k=figures()["u_w_m2k"], room=flat,
        indoor=True,
    )  # fmt: skip


def _radial(works: Works, flat: int, radiators: int, supply: int, back: int) -> None:
    """户内放射式: from a manifold at the entrance every radiator has its own pair of pipes."""
    flow = works.design_flow_kg_s(works.plan.load_w[flat]) / radiators
    z_m = works.draft.height_m(supply)
    length_m = figures()["manifold_width_ratio"] * math.sqrt(works.building.flats[flat].area_m2)
    kv_m3_h = works.radiator_kv_m3_h(flat, 0.0)
    for place in range(radiators):
        entering, leaving = works.node(z_m), works.node(z_m)
        for start, end in ((supply, entering), (leaving, back)):
            works.pipe(
                start, end, length_m, flow, zeta=figures()["pair_zeta"],
                u_w_m2k=figures()["u_w_m2k"], room=flat,
                indoor=True,
            )  # fmt: skip
        works.radiator(entering, leaving, flat, place, zeta=figures()["branch_zeta"], kv_m3_h=kv_m3_h)


def _floor_coil(works: Works, flat: int, radiators: int, supply: int, back: int) -> None:
    """地面盘管: parallel coils in the floor behind one valve; the flat's radiators are gone."""
    del radiators
    floor = tables.load("eras")["floor_coil"]
    flow = works.design_flow_kg_s(works.plan.load_w[flat])
    covered_m2 = floor["covered_ratio"] * works.building.flats[flat].area_m2
    length_m = covered_m2 / floor["spacing_m"]
    coils = math.ceil(length_m / floor["longest_m"])
    manifold = works.node(works.draft.height_m(supply))
    works.flat_valve(supply, manifold, flow, works.thermostat(flat))
    for _ in range(coils):
        works.floor_pipe(manifold, back, flat, length_m / coils, zeta=figures()["coil_zeta"])


def _spacing_m(works: Works, flat: int) -> float:
    """Return the length of pipe between a flat's radiators."""
    return figures()["run_m_per_m2"] * works.building.flats[flat].area_m2 / len(works.constants[flat])


LOOPS: Mapping[Loop, Callable[[Works, int, int, int, int], None]] = {
    Loop.DOUBLE_PIPE: _double_pipe,
    Loop.SINGLE_BYPASS: _single_with_bypass,
    Loop.RADIAL: _radial,
    Loop.FLOOR_COIL: _floor_coil,
}
