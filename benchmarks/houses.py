"""The houses the benchmarks solve: slab blocks after their conversion, four radiators in every flat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fenhu.building import Building, convert, network_of, parse_building
from fenhu.heat import Network
from fenhu.records import SystemForm

RADIATORS_PER_FLAT = 4
BLOCK = {"storeys": 6, "flats_per_floor": 2, "flat_area_m2": 80.0, "year_built": 1985, "inlet_kpa": 20.0,
         "supply_c": 75.0}  # fmt: skip
FORMS = (SystemForm.VERTICAL_DOUBLE, SystemForm.UNIT_DOUBLE, SystemForm.HOUSEHOLD_DOUBLE)


def block(units: int, form: SystemForm, *, thermostats: bool, storeys: int = 6) -> Building:
    """Return a converted block of two flats a storey in every unit, with or without thermostats."""
    before = parse_building({**BLOCK, "units": units, "storeys": storeys}, "block")
    radiators = replace(before.radiators, fewest=RADIATORS_PER_FLAT, most=RADIATORS_PER_FLAT)
    after = convert(replace(before, radiators=radiators), form)
    return replace(after, pipework=replace(after.pipework, thermostats=thermostats))


def old_block(form: SystemForm, inlet_kpa: float) -> Building:
    """Return a worn block of 36 flats as it was built in a form, without thermostats."""
    given = {**BLOCK, "units": 3, "system_form": form.value, "inlet_kpa": inlet_kpa, "corrosion": 2}
    return parse_building(given, "old block")


def city(count: int, *, thermostats: bool) -> list[Network]:
    """Return blocks of 48 flats that share one plan; losses, gains and supply differ from block to block."""
    rng = np.random.default_rng(2010)
    made = network_of(block(4, SystemForm.HOUSEHOLD_DOUBLE, thermostats=thermostats)).network
    return [_varied(made, rng) for _ in range(count)]


def _varied(network: Network, rng: np.random.Generator) -> Network:
    """Return the network with every room's loss and gains, and the water's temperature, drawn afresh."""
    figures = network.figures
    rooms = len(figures.room_ua_w_k)
    varied = figures._replace(
        room_ua_w_k=figures.room_ua_w_k * rng.uniform(0.8, 1.2, rooms),
        room_gains_w=figures.room_gains_w * rng.uniform(0.5, 1.5, rooms),
        entering_c=figures.entering_c + rng.uniform(-8.0, 8.0),
    )
    return replace(network, figures=varied)


def different(count: int) -> list[Building]:
    """Return blocks of different storeys, units and forms, each with a network and plan of its own."""
    rng = np.random.default_rng(34)
    sizes = zip(rng.integers(2, 7, count), rng.integers(4, 8, count), strict=True)
    return [
        block(int(units), FORMS[k % len(FORMS)], thermostats=bool(k % 2), storeys=int(storeys))
        for k, (units, storeys) in enumerate(sizes)
    ]


def pairs(count: int) -> list[tuple[Building, Building]]:
    """Return worn blocks of different sizes, supplies and inlets, each before and after its conversion."""
    rng = np.random.default_rng(33)
    found = []
    for k in range(count):
        given = {
            **BLOCK, "units": int(rng.integers(2, 6)), "storeys": int(rng.integers(4, 8)), "corrosion": 2,
            "supply_c": float(rng.uniform(60, 75)), "inlet_kpa": float(rng.uniform(8, 25)),
            "system_form": SystemForm.VERTICAL_SINGLE_SERIES.value,
        }  # fmt: skip
        before = parse_building(given, f"block {k}")
        found.append((before, convert(before, SystemForm.HOUSEHOLD_DOUBLE)))
    return found
