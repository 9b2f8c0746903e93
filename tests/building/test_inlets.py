"""What drives the water: a pressure difference, a fixed flow, or the building's own pump."""

from dataclasses import replace

import pytest

from fenhu import building
from fenhu.errors import InputFault

KNOWN = {"storeys": 4, "units": 2, "flats_per_floor": 2, "flat_area_m2": 75.0}
# 2.4 m³/h of water of about 980 kg/m³ are 0.65 kg/s.
CURVE = [[0.0, 30_000.0], [4.0, 24_000.0], [8.0, 6_000.0]]


def test_a_fixed_flow_enters_whatever_it_needs():
    house = building.describe(**KNOWN, inlet_kg_s=0.8)
    state = building.solve(house)
    assert state.summary().mass_flow_kg_s == pytest.approx(0.8, abs=1e-7)


def test_the_pressure_a_fixed_flow_needs_drives_that_flow():
    fixed = building.solve(building.describe(**KNOWN, inlet_kg_s=0.8))
    nodes = dict(zip(fixed.made.network.node_ids, fixed.solution.pressure_pa, strict=True))
    driven = replace(fixed.building, inlet_kg_s=None, inlet_pa=nodes["supply"] - nodes["return"])
    # The old building keeps its pipes: only what drives the water differs.
    assert building.simulate(driven).mass_flow_kg_s == pytest.approx(0.8, rel=1e-6)


def test_a_pump_works_on_its_curve():
    state = building.solve(building.describe(**KNOWN, pump_curve=CURVE))
    made, solution = state.made.network, state.solution
    pump = made.link_ids.index("pump")
    head_pa = -solution.pressure_drop_pa[pump]
    # Density of water at 70 °C: 977.8 kg/m³ (IAPWS-97).
    volume_m3_h = solution.mass_flow_kg_s[pump] * 3600.0 / 977.8
    low, high = (CURVE[0], CURVE[1]) if volume_m3_h < 4.0 else (CURVE[1], CURVE[2])
    slope = (high[1] - low[1]) / (high[0] - low[0])
    assert head_pa == pytest.approx(low[1] + slope * (volume_m3_h - low[0]), rel=1e-3)


def test_a_larger_pump_brings_more_water():
    flows = [
        building.simulate(
            building.describe(**KNOWN, pump_curve=[[flow, share * head] for flow, head in CURVE])
        ).mass_flow_kg_s
        for share in (0.5, 1.0, 2.0)
    ]
    assert flows == sorted(flows)
    assert flows[0] < flows[2]


@pytest.mark.parametrize("wrong", [
    {"inlet_kg_s": 0.0}, {"inlet_kg_s": -1.0}, {"inlet_kg_s": 0.5, "pump_curve": CURVE},
    {"pump_curve": [[0.0, 1.0]]}, {"pump_curve": [[0.0, 1000.0], [2.0, 2000.0]]}, {"pump_curve": "strong"},
])  # fmt: skip
def test_an_impossible_drive_is_refused_by_its_key(wrong):
    with pytest.raises(InputFault, match=next(iter(wrong))):
        building.describe(**KNOWN, **wrong)


def test_at_a_weak_inlet_gravity_turns_the_flow_in_some_radiators_around():
    house = building.describe(
        storeys=6, units=4, flats_per_floor=2, flat_area_m2=75, system_form="vertical_double", inlet_kpa=0.5
    )
    state = building.solve(house)
    made = state.made.network
    radiators = [k for k, name in enumerate(made.link_ids) if name.startswith("r")]
    assert (state.solution.mass_flow_kg_s[radiators] < -1e-4).any()
    # What turned around is fed from the return: colder water, and colder rooms than where it did not.
    turned = state.solution.mass_flow_kg_s[radiators] < 0.0
    inlet_c = state.solution.inlet_c[radiators]
    assert inlet_c[turned].max() < inlet_c[~turned].max()
    assert state.solution.residuals.room_w < 1e-3
    assert abs(state.balance().error_w) < 1.0
