"""A building of the register as a building for heat."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu import tables
from fenhu.building.assume import Assumptions, pipework, radiators, shell
from fenhu.building.reading import inlet
from fenhu.building.spec import Building, Flat
from fenhu.errors import InputFault
from fenhu.records import BuildingRecord, FlatRecord
from fenhu.wording import text


def from_record(record: BuildingRecord, flats: Sequence[FlatRecord], outdoor_c: float) -> Building:
    """Return the building of a register row, with everything the register does not say assumed.

    Parameters
    ----------
    record : the building's row.
    flats : its flats' rows; if there are none, 户数 equal flats are assumed.
    outdoor_c : outdoor temperature to simulate; it is also taken as the design temperature.

    Raises
    ------
    InputFault
        If the flats do not fit the building's units and storeys.
    """
    assumptions = Assumptions()
    pipes, output_ratio = pipework(assumptions, record.system_form, None, record.corrosion)
    inlet_kpa, supply_c = inlet(assumptions, record.inlet_kpa, record.supply_c)
    height_m = tables.load("eras")["dwelling"]["storey_height_m"]
    assumptions.note("storey_height_m", height_m, text("usual for dwellings"))
    placed = _placed(record, flats) if flats else _even(assumptions, record)
    return Building(
        code=record.code, storeys=record.storeys, storey_height_m=height_m, units=record.units, flats=placed,
        shell=shell(assumptions, record.year_built, None, outdoor_c),
        radiators=radiators(assumptions, record.year_built, record.system_form, None, None, output_ratio),
        pipework=pipes, inlet_pa=inlet_kpa * 1000.0, supply_c=supply_c, outdoor_c=outdoor_c,
        measured_c={flat.flat_id: flat.measured_c for flat in flats if flat.measured_c is not None},
        assumed=assumptions.made(),
    )  # fmt: skip


def _placed(record: BuildingRecord, flats: Sequence[FlatRecord]) -> tuple[Flat, ...]:
    taken: dict[tuple[int, int], int] = {}
    placed: list[Flat] = []
    for flat in sorted(flats, key=lambda one: (one.unit, one.storey, one.room)):
        if not (1 <= flat.unit <= record.units and 1 <= flat.storey <= record.storeys) or flat.area_m2 <= 0.0:
            raise InputFault(
                text(
                    "Building {code}: flat {flat} does not fit {units} units of {storeys} storeys.",
                    code=record.code,
                    flat=flat.flat_id,
                    units=record.units,
                    storeys=record.storeys,
                )
            )
        position = taken.get((flat.unit, flat.storey), 0)
        taken[flat.unit, flat.storey] = position + 1
        placed.append(
            Flat(id=flat.flat_id, unit=flat.unit, storey=flat.storey, position=position, area_m2=flat.area_m2)
        )
    return tuple(placed)


def _even(assumptions: Assumptions, record: BuildingRecord) -> tuple[Flat, ...]:
    per_floor = max(1, round(record.flats / (record.units * record.storeys)))
    area_m2 = record.heated_area_m2 / (record.units * record.storeys * per_floor)
    assumptions.note(
        "flats_per_floor",
        per_floor,
        text("no flats are listed: equal flats on every storey, by number and area"),
    )
    return tuple(
        Flat(id=f"{unit}-{storey}-{storey}{position + 1:02d}", unit=unit, storey=storey, position=position,
             area_m2=area_m2)
        for unit in range(1, record.units + 1) for storey in range(1, record.storeys + 1)
        for position in range(per_floor)
    )  # fmt: skip
