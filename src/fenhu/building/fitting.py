"""The radiators of a building as constants of the integrated law, chosen as their time chose them."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu import tables
from fenhu.building.layout import Layout
from fenhu.building.spec import Building
from fenhu.heat import radiator_constant
from fenhu.records import SystemForm

Constants = tuple[tuple[float, ...], ...]


def exponent(kind: str) -> float:
    """Return n of the radiator law of a kind of the catalogue: the power of K = a·Δt^b plus one."""
    return float(tables.load("radiators")["radiator"][kind]["power"]) + 1.0


def section_w(kind: str, sections: int, excess_k: float) -> float:
    """Return the catalogue heat of a radiator at a mean excess temperature, Q = a·Δt^b·F·Δt.

    References
    ----------
    docs/sources.md#heping (radiator tables)
    """
    row = tables.load("radiators")["radiator"][kind]
    return float(row["coefficient"] * excess_k ** row["power"] * row["area_m2"] * sections * excess_k)


def constants(building: Building, plan: Layout) -> Constants:
    """Return, by flat, the constants K of its radiators.

    Single-pipe buildings had larger radiators the later the water reached them; they keep these after a
    conversion.
    """
    fitted = building.radiators
    design = tables.load("radiators")["design"]
    supply, back, room = design["supply_c"], design["return_c"], design["room_c"]
    n = exponent(fitted.kind)
    count = {flat: column.radiators for column in plan.columns for flat in column.flats.values()}
    flats = range(len(building.flats))
    if fitted.sections is not None:
        nominal = section_w(fitted.kind, fitted.sections, (supply + back) / 2.0 - room)
        each = radiator_constant(nominal, supply, back, room, n) * fitted.output_ratio
        return tuple((each,) * count[flat] for flat in flats)
    found: list[list[float]] = [[0.0] * count[flat] for flat in flats]
    network = tables.load("eras")["network"]
    inflow = network["bypass_inflow_ratio"] if fitted.chosen_for is SystemForm.VERTICAL_SINGLE_BYPASS else 1.0
    scale = fitted.oversize_ratio * fitted.output_ratio
    for chain in _chains(fitted.chosen_for, building, plan):
        loads = [plan.load_w[flat] / count[flat] for flat, _ in chain]
        fall = (supply - back) / sum(loads)
        entering = supply
        for (flat, place), load in zip(chain, loads, strict=True):
            leaving = max(entering - fall * load / inflow, network["coolest_return_c"])
            found[flat][place] = radiator_constant(load, entering, leaving, room, n) * scale
            entering -= fall * load
    return tuple(tuple(row) for row in found)


def _chains(form: SystemForm, building: Building, plan: Layout) -> Sequence[Sequence[tuple[int, int]]]:
    """Return the radiators (flat, place) that the water passes one after the other, at design."""
    if form in (SystemForm.VERTICAL_SINGLE_SERIES, SystemForm.VERTICAL_SINGLE_BYPASS):
        return [
            [(column.flats[storey], place) for storey in sorted(column.flats, reverse=True)]
            for column in plan.columns for place in range(column.radiators)
        ]  # fmt: skip
    if form is SystemForm.HORIZONTAL_SINGLE:
        return [
            [(column.flats[storey], place) for column in columns if storey in column.flats
             for place in range(column.radiators)]
            for columns in plan.by_unit().values()
            for storey in sorted({storey for column in columns for storey in column.flats})
        ]  # fmt: skip
    return [
        [(flat, place)] for column in plan.columns for flat in column.flats.values()
        for place in range(column.radiators)
    ]  # fmt: skip
