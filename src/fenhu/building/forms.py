"""The system forms: each leads the water its own way through the same parts; ``FORMS`` is their table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from fenhu import tables
from fenhu.building.layout import Column
from fenhu.building.parts import INDOOR_PLASTIC_U_W_M2K, INSULATED_U_W_M2K, Works
from fenhu.records import SystemForm

# What the water passes at a radiator besides the body: two offset bends and two tees or a double tee.
_BRANCH_ZETA = 9.0
_RISER_END_ZETA = 6.0


def _stacks(works: Works) -> list[tuple[Column, int, float]]:
    """Return every stack of radiators: its column, its place in the flats, its design flow."""
    return [
        (column, place,
         works.design_flow_kg_s(sum(works.plan.load_w[flat] for flat in column.flats.values()) / column.radiators))
        for column in works.plan.columns for place in range(column.radiators)
    ]  # fmt: skip


def _riser_u() -> float:
    return float(tables.load("eras")["network"]["riser_u_w_m2k"])


def vertical_single(works: Works, *, bypass: bool) -> None:
    """单管顺流 or 单管跨越: risers fed from the top, radiators one below the other."""
    stacks = _stacks(works)
    top_z_m = works.building.storeys * works.building.storey_height_m
    takeoffs = works.mains([flow for _, _, flow in stacks], works.spacing_m(len(stacks)), supply_z_m=top_z_m)
    for (column, place, flow), (supply, back) in zip(stacks, takeoffs, strict=True):
        at, zeta = supply, _RISER_END_ZETA
        length_m = works.building.storey_height_m
        for storey in range(works.building.storeys, 0, -1):
            z_m = works.height_m(storey)
            entering, leaving = works.node(z_m + 0.3), works.node(z_m)
            flat = column.flats.get(storey, -1)
            _riser_pipe(works, at, entering, length_m, flow, zeta, flat)
            if flat < 0:
                works.pipe(entering, leaving, 0.3, flow)
            elif bypass:
                _with_bypass(works, entering, leaving, flat, place, flow)
            else:
                works.flow_links[flat].append(
                    works.radiator(entering, leaving, flat, place, zeta=_BRANCH_ZETA)
                )
            at, zeta = leaving, 0.0
        works.pipe(at, back, 1.5, flow, known_dn=works.building.pipework.riser_dn,
                   zeta=_RISER_END_ZETA)  # fmt: skip


def _riser_pipe(
    works: Works, start: int, end: int, length_m: float, flow: float, zeta: float, flat: int
) -> None:
    u_w_m2k = _riser_u() if flat >= 0 else 0.0
    known = works.building.pipework.riser_dn
    works.pipe(start, end, length_m, flow, known_dn=known, zeta=zeta, u_w_m2k=u_w_m2k, room=flat)


def _with_bypass(works: Works, entering: int, leaving: int, flat: int, place: int, flow: float) -> None:
    kv = tables.load("eras")["network"]["trv_single_kv_m3_h"] if works.building.pipework.thermostats else 0.0
    works.flow_links[flat].append(
        works.radiator(entering, leaving, flat, place, zeta=_BRANCH_ZETA, kv_m3_h=kv)
    )
    works.pipe(entering, leaving, 0.3, 0.6 * flow, zeta=3.0)


def vertical_double(works: Works) -> None:
    """垂直双管: a supply and a return riser for every stack, each radiator between the two."""
    stacks = _stacks(works)
    takeoffs = works.mains([flow for _, _, flow in stacks], works.spacing_m(len(stacks)))
    for (column, place, flow), (supply, back) in zip(stacks, takeoffs, strict=True):
        storeys = sorted(column.flats)
        for storey, entering, leaving in _riser_pair(works, supply, back, storeys, flow, column):
            flat = column.flats[storey]
            works.flow_links[flat].append(
                works.radiator(entering, leaving, flat, place, zeta=_BRANCH_ZETA, kv_m3_h=works.preset_kv_m3_h(flat, place))
            )


def _riser_pair(
    works: Works, supply: int, back: int, storeys: Sequence[int], flow: float, column: Column | None
) -> Iterable[tuple[int, int, int]]:
    """Add supply and return risers from below and yield each storey's nodes; heat goes to the column's flats."""
    below_m, remaining = -1.0, len(storeys)
    for n, storey in enumerate(storeys):
        z_m = works.height_m(storey)
        entering, leaving = works.node(z_m + 0.5), works.node(z_m)
        carried = flow * remaining / len(storeys)
        flat = column.flats[storey] if column else -1
        u_w_m2k = _riser_u() if column else INSULATED_U_W_M2K
        zeta = _RISER_END_ZETA if n == 0 else 1.0
        for start, end in ((supply, entering), (leaving, back)):
            works.pipe(
                start, end, z_m - below_m, carried, known_dn=works.building.pipework.riser_dn,
                zeta=zeta, u_w_m2k=u_w_m2k, room=flat,
            )  # fmt: skip
        yield storey, entering, leaving
        supply, back, below_m = entering, leaving, z_m
        remaining -= 1


def _unit_risers(works: Works) -> Iterable[tuple[tuple[Column, ...], int, int, int]]:
    """Add mains and a riser pair in every unit; yield its columns, storey, supply and return node."""
    units = works.plan.by_unit()
    loads = {
        unit: works.design_flow_kg_s(sum(works.plan.load_w[flat] for column in columns for flat in column.flats.values()))
        for unit, columns in units.items()
    }  # fmt: skip
    takeoffs = works.mains(list(loads.values()), works.spacing_m(len(units)))
    for (unit, columns), (supply, back) in zip(units.items(), takeoffs, strict=True):
        storeys = sorted({storey for column in columns for storey in column.flats})
        for storey, entering, leaving in _riser_pair(works, supply, back, storeys, loads[unit], None):
            yield columns, storey, entering, leaving


def household_double(works: Works) -> None:
    """共用立管分户双管: risers in the stairwell, in every flat its own double-pipe loop."""
    for columns, storey, entering, leaving in _unit_risers(works):
        for column in columns:
            if storey in column.flats:
                _household_loop(works, column, column.flats[storey], entering, leaving)


def _household_loop(works: Works, column: Column, flat: int, entering: int, leaving: int) -> None:
    network = tables.load("eras")["network"]
    flow = works.design_flow_kg_s(works.plan.load_w[flat])
    z_m = works.height_m(works.building.flats[flat].storey)
    supply, back = works.node(z_m), works.node(z_m)
    inlet = works.pipe(
        entering, supply, 4.0, flow, zeta=4.0, kv_m3_h=network["household_kv_m3_h"],
        u_w_m2k=INDOOR_PLASTIC_U_W_M2K, room=flat, indoor=True,
    )  # fmt: skip
    works.pipe(back, leaving, 4.0, flow, zeta=4.0, indoor=True)
    works.flow_links[flat].append(inlet)
    _double_pipe_run(works, [(flat, place) for place in range(column.radiators)], supply, back, flow, z_m)


def _double_pipe_run(
    works: Works, radiators: Sequence[tuple[int, int]], supply: int, back: int, flow: float, z_m: float
) -> list[int]:
    """Add radiators side by side between a supply and a return pipe that run along; return the radiators."""
    made: list[int] = []
    for n, (flat, place) in enumerate(radiators):
        length_m = 0.25 * works.building.flats[flat].area_m2 / len(works.constants[flat])
        carried = flow * (len(radiators) - n) / len(radiators)
        entering, leaving = works.node(z_m), works.node(z_m)
        for start, end in ((supply, entering), (leaving, back)):
            works.pipe(
                start, end, length_m, carried, zeta=2.0, u_w_m2k=INDOOR_PLASTIC_U_W_M2K, room=flat, indoor=True,
                specific_loss_pa_m=works.mains_specific_loss_pa_m,
            )  # fmt: skip
        made.append(
            works.radiator(entering, leaving, flat, place, zeta=_BRANCH_ZETA, kv_m3_h=works.preset_kv_m3_h(flat, place))
        )
        supply, back = entering, leaving
    return made


def horizontal_single(works: Works) -> None:
    """水平单管: on every storey of a unit all radiators in one line."""
    for columns, storey, entering, leaving in _unit_risers(works):
        flats = [column for column in columns if storey in column.flats]
        flow = works.design_flow_kg_s(sum(works.plan.load_w[column.flats[storey]] for column in flats))
        z_m, at = works.height_m(storey), entering
        for column in flats:
            flat = column.flats[storey]
            length_m = 0.25 * works.building.flats[flat].area_m2 / column.radiators
            for place in range(column.radiators):
                before, after = works.node(z_m), works.node(z_m)
                works.pipe(at, before, length_m, flow, zeta=2.0, u_w_m2k=_riser_u(), room=flat)
                link = works.radiator(before, after, flat, place, zeta=4.0)
                if place == 0:
                    works.flow_links[flat].append(link)
                at = after
        works.pipe(at, leaving, 5.0, flow, zeta=_RISER_END_ZETA)


def unit_double(works: Works) -> None:
    """单元式双管: risers in every unit, on every storey one double-pipe branch through its flats."""
    for columns, storey, entering, leaving in _unit_risers(works):
        _storey_branch(works, columns, storey, entering, leaving)


def horizontal_double(works: Works) -> None:
    """水平双管: one pair of risers, on every storey a double-pipe branch through the whole building."""
    flow = works.design_flow_kg_s(sum(works.plan.load_w))
    [(supply, back)] = works.mains([flow], 5.0)
    storeys = sorted({storey for column in works.plan.columns for storey in column.flats})
    for storey, entering, leaving in _riser_pair(works, supply, back, storeys, flow, None):
        _storey_branch(works, works.plan.columns, storey, entering, leaving)


def _storey_branch(works: Works, columns: Sequence[Column], storey: int, entering: int, leaving: int) -> None:
    radiators = [
        (column.flats[storey], place) for column in columns if storey in column.flats
        for place in range(column.radiators)
    ]  # fmt: skip
    flow = works.design_flow_kg_s(sum(works.plan.load_w[flat] for flat, place in radiators if place == 0))
    z_m = works.height_m(storey)
    supply, back = works.node(z_m), works.node(z_m)
    works.pipe(entering, supply, 2.0, flow, zeta=4.0)
    works.pipe(back, leaving, 2.0, flow, zeta=4.0)
    made = _double_pipe_run(works, radiators, supply, back, flow, z_m)
    for (flat, _), link in zip(radiators, made, strict=True):
        works.flow_links[flat].append(link)


FORMS: Mapping[SystemForm, Callable[[Works], None]] = {
    SystemForm.VERTICAL_SINGLE_SERIES: lambda works: vertical_single(works, bypass=False),
    SystemForm.VERTICAL_SINGLE_BYPASS: lambda works: vertical_single(works, bypass=True),
    SystemForm.HORIZONTAL_SINGLE: horizontal_single,
    SystemForm.HORIZONTAL_DOUBLE: horizontal_double,
    SystemForm.UNIT_DOUBLE: unit_double,
    SystemForm.VERTICAL_DOUBLE: vertical_double,
    SystemForm.HOUSEHOLD_DOUBLE: household_double,
}
