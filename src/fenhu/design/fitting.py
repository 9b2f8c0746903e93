"""Radiators of a design: what stands there, what is needed, and what shall be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from fenhu import tables
from fenhu.building.fitting import constants, exponent, section_w
from fenhu.design.basis import Basis, RadiatorPlace
from fenhu.design.catalogue import Size
from fenhu.design.changes import Changes
from fenhu.design.lines import inflow_ratio
from fenhu.design.presetting import trv_id
from fenhu.design.radiators import chosen_radiator
from fenhu.design.tree import Hung, Pipe
from fenhu.design.values import Action, RadiatorDesign
from fenhu.errors import Infeasible
from fenhu.heat import radiator_constant
from fenhu.wording import text


@dataclass(frozen=True, slots=True)
class Through:
    """The water through a radiator at design: how much, how warm before and after."""

    flow_kg_s: float
    supply_c: float
    return_c: float


def water_through(hung: Hung, basis: Basis, pipes: Mapping[str, Pipe], sizes: Mapping[str, Size]) -> Through:
    """Return the design water of a radiator; in a line it is cooler the more radiators stand before it.

    Raises
    ------
    Infeasible
        If the bypass leaves a radiator too little water for its load.
    """
    if not hung.line:
        return Through(hung.flow_kg_s, basis.supply_c, basis.return_c)
    per_k = hung.flow_kg_s * tables.load("pipes")["sizing"]["reference_heat_capacity_j_kgk"]
    names = (*hung.pipes, hung.bypass)
    ratio = inflow_ratio([pipes[name] for name in names], [sizes[name] for name in names])
    supply_c = basis.supply_c - hung.before_w / per_k
    leaving_c = supply_c - hung.place.load_w / (ratio * per_k)
    if leaving_c <= basis.room_c:
        raise Infeasible(
            text(
                "Radiator {id} gets {percent} % of its line's water, which would leave it at {leaving} °C. "
                "Give the line a smaller fall, or design double pipes.",
                id=hung.place.id, percent=round(100.0 * ratio), leaving=round(leaving_c, 1),
            ),
            reasons=(),
        )  # fmt: skip
    return Through(ratio * hung.flow_kg_s, supply_c, leaving_c)


@dataclass(frozen=True, slots=True)
class Standing:
    """The radiators that stand in a building: their kind, sections by flat and place, and output left."""

    kind: str
    sections: tuple[tuple[int, ...], ...]
    output_ratio: float

    def at(self, number: int, place: int) -> int:
        """Return the sections at a place of a flat, 0 where none stands."""
        row = self.sections[number]
        return row[place] if place < len(row) else 0


def standing_radiators(basis: Basis) -> Standing:
    """Return what stands in a building, in whole sections of its kind."""
    building, fitted = basis.building, basis.building.radiators
    design = tables.load("radiators")["design"]
    of_one = radiator_constant(
        section_w(fitted.kind, 1, 0.5 * (design["supply_c"] + design["return_c"]) - design["room_c"]),
        design["supply_c"], design["return_c"], design["room_c"], exponent(fitted.kind),
    ) * fitted.output_ratio  # fmt: skip
    return Standing(
        fitted.kind,
        tuple(
            tuple(max(ceil(constant / of_one - 0.05), 1) for constant in row)
            for row in constants(building, basis.plan)
        ),
        fitted.output_ratio,
    )


def radiator_design(
    hung: Hung, place: int, basis: Basis, water: Through, standing: Standing, changes: Changes
) -> RadiatorDesign:
    """Return what shall stand at a place: the old radiator, the old with more sections, or another.

    References
    ----------
    docs/sources.md#heping (A4: F = Q·β1·β2·β3/(K·Δt)); GB 50736-2012 5.3.8 (sections)
    """
    load_w = hung.place.load_w + hung.place.allowance_w
    mean_c = 0.5 * (water.supply_c + water.return_c)
    before = standing.at(hung.place.number, place)
    pinned = changes.radiators.get(hung.place.id)
    kind, sections, action = (
        _pinned(pinned, standing.kind, before) if pinned is not None
        else _chosen(standing, before, hung.place, mean_c, basis.room_c)
    )  # fmt: skip
    worn = standing.output_ratio if action in (Action.KEEP, Action.EXTEND) else 1.0
    return RadiatorDesign(
        id=hung.place.id, flat=hung.place.flat, room=hung.place.room, unit=hung.unit, riser=hung.riser,
        storey=hung.storey, load_w=load_w, allowance_w=hung.place.allowance_w, kind=kind,
        kind_before=standing.kind if before else "",
        sections_before=before, sections=sections, action=action, connection="same_side_top_in",
        flow_kg_s=water.flow_kg_s, supply_c=water.supply_c, return_c=water.return_c,
        output_w=worn * output_w(kind, sections, mean_c - basis.room_c), trv=trv_id(hung.place.id),
        pinned=pinned is not None,
    )  # fmt: skip


def output_w(kind: str, sections: int, excess_k: float) -> float:
    """Return what a radiator gives by the catalogue, with β1 for its number of sections."""
    bands = tables.load("radiators")["by_sections"]
    ratio = next(band["ratio"] for band in bands if sections <= band["until"])
    return section_w(kind, sections, excess_k) / float(ratio)


def most_sections(kind: str) -> int:
    """Return how many sections one radiator of a kind may have."""
    return int(tables.load("radiators")["radiator"][kind]["most_sections"])


def _pinned(pinned: tuple[str, int], kind_before: str, before: int) -> tuple[str, int, Action]:
    kind, sections = pinned
    if before == 0:
        return kind, sections, Action.NEW
    if kind != kind_before or sections < before:
        return kind, sections, Action.REPLACE
    return kind, sections, Action.KEEP if sections == before else Action.EXTEND


def _chosen(
    standing: Standing, before: int, place: RadiatorPlace, mean_c: float, room_c: float
) -> tuple[str, int, Action]:
    worn = standing.output_ratio
    if before and chosen_radiator(standing.kind, place.load_w / worn, mean_c, room_c).sections <= before:
        return standing.kind, before, Action.KEEP
    load_w, excess_k = place.load_w + place.allowance_w, mean_c - room_c
    needed = _enough(standing.kind, load_w / worn, excess_k)
    if before and needed <= most_sections(standing.kind):
        return standing.kind, needed, Action.EXTEND
    kind = str(tables.load("design")["radiator"]["new_kind"])
    return kind, _enough(kind, load_w, excess_k), Action.REPLACE if before else Action.NEW


def _enough(kind: str, load_w: float, excess_k: float) -> int:
    """Return the sections of the catalogue method, and more where they cross into the next band of β1."""
    table = tables.load("radiators")
    area_m2 = table["radiator"][kind]["area_m2"]
    dropped_w = table["rounding"]["dropped_area_m2"] / area_m2 * section_w(kind, 1, excess_k)
    sections = chosen_radiator(kind, load_w, excess_k, 0.0).sections
    while output_w(kind, sections, excess_k) < load_w - dropped_w:
        sections += 1
    return sections
