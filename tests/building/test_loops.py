"""What lies inside a flat behind risers in the stairwell: four loops, each heating in its own way."""

import pytest

from fenhu.building import Loop, convert, network_of, parse_building, simulate
from fenhu.errors import InputFault
from fenhu.heat import solve
from fenhu.heat.network import UA_W_K
from fenhu.records import SystemForm

HOUSE = {"storeys": 6, "units": 2, "flats_per_floor": 2, "flat_area_m2": 75.0, "supply_c": 70.0}


def house(loop, **changes):
    before = parse_building({**HOUSE, **changes}, "house")
    return convert(before, SystemForm.HOUSEHOLD_DOUBLE, loop)


@pytest.mark.parametrize("loop", Loop)
def test_every_loop_closes_its_balances_and_gives_the_rooms_what_they_lose(loop):
    building = house(loop)
    made = network_of(building)
    solution = solve(made.network)
    assert solution.residuals.mass_kg_s <= 1e-8
    assert solution.residuals.room_w <= 1e-3
    figures = made.network.figures
    lost_w = (figures.room_ua_w_k * (solution.room_c - building.outdoor_c)).sum()
    lost_w -= figures.room_gains_w.sum()
    assert lost_w < simulate(building).heat_w < 1.06 * lost_w


@pytest.mark.parametrize("loop", [Loop.DOUBLE_PIPE, Loop.RADIAL, Loop.FLOOR_COIL])
def test_parallel_loops_hold_every_flat_between_18_and_21_degrees(loop):
    found = simulate(house(loop))
    assert found.min_c >= 18.0
    assert found.max_c <= 21.0


def test_a_line_with_bypasses_needs_the_most_water():
    flows = {loop: simulate(house(loop)).mass_flow_kg_s for loop in Loop}
    assert max(flows, key=flows.get) is Loop.SINGLE_BYPASS


def test_floor_coils_still_heat_with_lukewarm_water():
    # 45 degree water is 25 K over the room: 25 / 0.19 = 131 W/m2, more than any flat loses.
    floor = simulate(house(Loop.FLOOR_COIL, supply_c=45.0))
    radiators = simulate(house(Loop.DOUBLE_PIPE, supply_c=45.0))
    assert floor.min_c > 18.0 > radiators.max_c


def test_floor_coils_take_the_radiators_place():
    made = network_of(house(Loop.FLOOR_COIL))
    assert not any(name.startswith("r") for name in made.network.link_ids)
    # 0.85 of 75 m2 at 0.2 m spacing are 319 m: three coils of at most 120 m in each of 24 flats.
    # Each gives 0.2 m / 0.19 m2K/W = 1.05 W/K by the metre, far more than any other pipe.
    assert (made.network.figures.link[:, UA_W_K] > 50.0).sum() == 24 * 3


def test_the_building_file_names_the_loop():
    building = parse_building({**HOUSE, "system_form": "household_double", "loop": "radial"}, "house")
    assert building.pipework.loop is Loop.RADIAL
    with pytest.raises(InputFault, match="loop"):
        parse_building({**HOUSE, "loop": "spiral"}, "house")
