"""The system forms: each leads the water its own way through the same parts; ``FORMS`` is their table."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from fenhu import tables
from fenhu.building.layout import Column
from fenhu.building.loops import double_pipe_run, figures, household_loop, radiator_with_bypass
from fenhu.building.parts import Takeoff, Way, Works, laid, surpluses
from fenhu.records import SystemForm


def _flow_of(works: Works, column: Column) -> float:
    """Return the design flow of all flats of a column."""
    return works.design_flow_kg_s(sum(works.plan.load_w[flat] for flat in column.flats.values()))


def _stacks(works: Works) -> list[tuple[Column, int, float]]:
    """Return every stack of radiators: its column, its place in the flats, its design flow."""
    return [
        (column, place, _flow_of(works, column) / column.radiators)
        for column in works.plan.columns
        for place in range(column.radiators)
    ]


def _riser_u() -> float:
    return float(tables.load("eras")["network"]["riser_u_w_m2k"])


def vertical_single(works: Works, *, bypass: bool) -> None:
    """单管顺流 or 单管跨越: risers fed from the top, radiators one below the other."""
    stacks = _stacks(works)
    top_z_m = works.building.storeys * works.building.storey_height_m
    takeoffs = works.mains([flow for _, _, flow in stacks], works.spacing_m(len(stacks)), supply_z_m=top_z_m)
    for (column, place, flow), takeoff in zip(stacks, takeoffs, strict=True):
        at, zeta = takeoff.supply, laid()["riser_end_zeta"]
        length_m = works.building.storey_height_m
        for storey in range(works.building.storeys, 0, -1):
            z_m = works.height_m(storey)
            entering, leaving = works.node(z_m + laid()["single_height_m"]), works.node(z_m)
            flat = column.flats.get(storey, -1)
            _riser_pipe(works, at, entering, length_m, flow, zeta, flat)
            if flat < 0:
                works.pipe(entering, leaving, laid()["single_height_m"], flow)
            elif bypass:
                works.flow_links[flat].append(
                    radiator_with_bypass(works, entering, leaving, flat, place, flow)
                )
            else:
                works.flow_links[flat].append(
                    works.radiator(entering, leaving, flat, place, zeta=figures()["branch_zeta"])
                )
            at, zeta = leaving, 0.0
        foot = works.pipe(
            at, takeoff.back, laid()["foot_m"], flow, known_dn=works.building.pipework.riser_dn,
            zeta=laid()["riser_end_zeta"], kv_m3_h=works.balancing_kv_m3_h(flow, takeoff.surplus_pa),
        )  # fmt: skip
        works.ways.append(Way(foot, tuple(column.flats.values())))


def _riser_pipe(
    works: Works, start: int, end: int, length_m: float, flow: float, zeta: float, flat: int
) -> None:
    u_w_m2k = _riser_u() if flat >= 0 else 0.0
    known = works.building.pipework.riser_dn
    works.pipe(start, end, length_m, flow, known_dn=known, zeta=zeta, u_w_m2k=u_w_m2k, room=flat)


def vertical_double(works: Works) -> None:
    """垂直双管: a supply and a return riser for every stack, each radiator between the two."""
    stacks = _stacks(works)
    takeoffs = works.mains([flow for _, _, flow in stacks], works.spacing_m(len(stacks)))
    for (column, place, flow), takeoff in zip(stacks, takeoffs, strict=True):
        for storey, (entering, leaving, surplus_pa) in _riser_pair(
            works, takeoff, sorted(column.flats), flow, column, tuple(column.flats.values())
        ):
            flat = column.flats[storey]
            kv_m3_h = works.radiator_kv_m3_h(flat, surplus_pa)
            works.flow_links[flat].append(
                works.radiator(entering, leaving, flat, place, zeta=figures()["branch_zeta"], kv_m3_h=kv_m3_h)
            )


def _riser_pair(
    works: Works,
    takeoff: Takeoff,
    storeys: Sequence[int],
    flow: float,
    column: Column | None,
    fed: tuple[int, ...],
) -> list[tuple[int, Takeoff]]:
    """Add supply and return risers from below, warming the column's flats; return each storey's take-off.

    ``fed`` are the flats that hang on these risers alone.
    """
    supply, back, below_m, needed_pa = takeoff.supply, takeoff.back, laid()["trench_m"], 0.0
    places: list[tuple[int, int]] = []
    required_pa: list[float] = []
    for n, storey in enumerate(storeys):
        z_m = works.height_m(storey)
        entering, leaving = works.node(z_m + laid()["double_height_m"]), works.node(z_m)
        carried = flow * (len(storeys) - n) / len(storeys)
        kv_m3_h = works.balancing_kv_m3_h(flow, takeoff.surplus_pa) if n == 0 else math.inf
        for start, end, valve in ((supply, entering, kv_m3_h), (leaving, back, math.inf)):
            link = works.pipe(
                start, end, z_m - below_m, carried, known_dn=works.building.pipework.riser_dn,
                zeta=laid()["riser_end_zeta" if n == 0 else "riser_zeta"],
                u_w_m2k=_riser_u() if column else laid()["insulated_u_w_m2k"],
                room=column.flats[storey] if column else -1, kv_m3_h=valve,
            )  # fmt: skip
            needed_pa += works.lost_pa(link)
            if start == takeoff.supply and fed:
                works.ways.append(Way(link, fed))
        needed_pa -= works.gravity_pa_m() * (z_m - below_m)
        places.append((entering, leaving))
        required_pa.append(needed_pa)
        supply, back, below_m = entering, leaving, z_m
    found = [Takeoff(*place, surplus) for place, surplus in zip(places, surpluses(required_pa), strict=True)]
    return list(zip(storeys, found, strict=True))


def _unit_risers(works: Works) -> Iterable[tuple[tuple[Column, ...], int, Takeoff]]:
    """Add mains and a riser pair in every unit; yield its columns, storey and the storey's take-off."""
    units = works.plan.by_unit()
    flows = {unit: sum(_flow_of(works, column) for column in columns) for unit, columns in units.items()}
    takeoffs = works.mains(list(flows.values()), works.spacing_m(len(units)))
    for (unit, columns), takeoff in zip(units.items(), takeoffs, strict=True):
        storeys = sorted({storey for column in columns for storey in column.flats})
        fed = tuple(flat for column in columns for flat in column.flats.values())
        for storey, found in _riser_pair(works, takeoff, storeys, flows[unit], None, fed):
            yield columns, storey, found


def household_double(works: Works) -> None:
    """共用立管分户双管: risers in the stairwell, in every flat its own loop."""
    for columns, storey, takeoff in _unit_risers(works):
        for column in columns:
            if storey in column.flats:
                household_loop(works, column, column.flats[storey], takeoff)


def horizontal_single(works: Works) -> None:
    """水平单管: on every storey of a unit all radiators in one line."""
    for columns, storey, takeoff in _unit_risers(works):
        flats = [column for column in columns if storey in column.flats]
        flow = works.design_flow_kg_s(sum(works.plan.load_w[column.flats[storey]] for column in flats))
        z_m, at = works.height_m(storey), takeoff.supply
        for column in flats:
            flat = column.flats[storey]
            length_m = figures()["run_m_per_m2"] * works.building.flats[flat].area_m2 / column.radiators
            for place in range(column.radiators):
                before, after = works.node(z_m), works.node(z_m)
                works.pipe(
                    at, before, length_m, flow, zeta=figures()["run_zeta"], u_w_m2k=_riser_u(), room=flat
                )
                link = works.radiator(before, after, flat, place, zeta=laid()["line_radiator_zeta"])
                if place == 0:
                    works.flow_links[flat].append(link)
                at = after
        works.pipe(
            at, takeoff.back, laid()["line_back_m"], flow, zeta=laid()["riser_end_zeta"],
            kv_m3_h=works.balancing_kv_m3_h(flow, takeoff.surplus_pa),
        )  # fmt: skip


def unit_double(works: Works) -> None:
    """单元式双管: risers in every unit, on every storey one double-pipe branch through its flats."""
    for columns, storey, takeoff in _unit_risers(works):
        _storey_branch(works, columns, storey, takeoff)


def horizontal_double(works: Works) -> None:
    """水平双管: one pair of risers, on every storey a double-pipe branch through the whole building."""
    flow = works.design_flow_kg_s(sum(works.plan.load_w))
    [inlet] = works.mains([flow], laid()["inlet_m"])
    storeys = sorted({storey for column in works.plan.columns for storey in column.flats})
    for storey, takeoff in _riser_pair(works, inlet, storeys, flow, None, ()):
        link = _storey_branch(works, works.plan.columns, storey, takeoff)
        fed = tuple(column.flats[storey] for column in works.plan.columns if storey in column.flats)
        works.ways.append(Way(link, fed))


def _storey_branch(works: Works, columns: Sequence[Column], storey: int, takeoff: Takeoff) -> int:
    """Add a branch through the flats of a storey; return the pipe that leads into it."""
    radiators = [
        (column.flats[storey], place) for column in columns if storey in column.flats
        for place in range(column.radiators)
    ]  # fmt: skip
    flow = works.design_flow_kg_s(sum(works.plan.load_w[flat] for flat, place in radiators if place == 0))
    z_m = works.height_m(storey)
    supply, back = works.node(z_m), works.node(z_m)
    kv_m3_h = works.balancing_kv_m3_h(flow, takeoff.surplus_pa)
    first = works.pipe(
        takeoff.supply, supply, laid()["branch_m"], flow, zeta=laid()["branch_zeta"], kv_m3_h=kv_m3_h
    )
    works.pipe(back, takeoff.back, laid()["branch_m"], flow, zeta=laid()["branch_zeta"])
    made = double_pipe_run(works, radiators, supply, back, flow, z_m)
    for (flat, _), link in zip(radiators, made, strict=True):
        works.flow_links[flat].append(link)
    return first


FORMS: Mapping[SystemForm, Callable[[Works], None]] = {
    SystemForm.VERTICAL_SINGLE_SERIES: lambda works: vertical_single(works, bypass=False),
    SystemForm.VERTICAL_SINGLE_BYPASS: lambda works: vertical_single(works, bypass=True),
    SystemForm.HORIZONTAL_SINGLE: horizontal_single,
    SystemForm.HORIZONTAL_DOUBLE: horizontal_double,
    SystemForm.UNIT_DOUBLE: unit_double,
    SystemForm.VERTICAL_DOUBLE: vertical_double,
    SystemForm.HOUSEHOLD_DOUBLE: household_double,
}
