"""A substation and the buildings behind it, as measured loads or reduced to curves."""

from dataclasses import replace

import pytest

from fenhu import building
from fenhu.errors import InputFault, OutOfRange
from fenhu.records import SystemForm
from fenhu.stock import District, MeasuredLoad, Trench, reduce_building, solve_district

HOUSE = {"storeys": 5, "units": 2, "flats_per_floor": 2, "flat_area_m2": 75.0, "supply_c": 70.0}
METER = MeasuredLoad(heat_w=80_000.0, flow_kg_s=1.0, drop_pa=20_000.0)


def a_house(name, form=None, **changes):
    house = building.describe(name, **{**HOUSE, **changes})
    return building.convert(house, form) if form else house


def a_trench(start, end, **changes):
    return replace(Trench(start=start, end=end, length_m=60.0, inner_diameter_m=0.1, u_w_m2k=2.0), **changes)


def a_district(buildings, trenches, **changes):
    known = {"substation": "station", "supply_c": 72.0, "head": [(0.0, 30_000.0)], "ground_c": 2.0,
             "roughness_m": 2e-4}  # fmt: skip
    return District(buildings=buildings, trenches=trenches, **{**known, **changes})


@pytest.fixture(scope="module")
def mixed():
    """A single-pipe house, a converted one and a metered one along a street; each with its full model."""
    houses = {"old": a_house("old"), "new": a_house("new", SystemForm.HOUSEHOLD_DOUBLE)}
    curves = {code: reduce_building(house) for code, house in houses.items()}
    district = a_district(
        {"old": ("first", curves["old"]), "new": ("second", curves["new"]), "metered": ("third", METER)},
        [a_trench("station", "first"), a_trench("first", "second"), a_trench("second", "third")],
    )
    return houses, solve_district(district)


@pytest.mark.parametrize("code", ["old", "new"])
def test_the_full_model_at_the_arriving_water_gives_what_its_curves_gave(mixed, code):
    houses, state = mixed
    arrival = state.arrivals[code]
    # The house's own valves stay preset for its own inlet pressure; only what drives the water differs.
    at_the_edge = reduce_building(
        replace(houses[code], supply_c=arrival.supply_c),
        drives=[arrival.drop_pa / houses[code].inlet_pa], supplies_k=[0.0],
    )  # fmt: skip
    assert at_the_edge.flow_kg_s[0, 0] == pytest.approx(arrival.flow_kg_s, rel=0.01)
    assert at_the_edge.heat_w[0, 0] == pytest.approx(arrival.heat_w, rel=0.01)
    cooled_k = at_the_edge.heat_w[0, 0] / (at_the_edge.flow_kg_s[0, 0] * 4187.0)
    assert arrival.supply_c - cooled_k == pytest.approx(arrival.return_c, abs=0.3)


def test_heat_and_water_of_the_district_add_up(mixed):
    _, state = mixed
    assert state.flow_kg_s == pytest.approx(sum(one.flow_kg_s for one in state.arrivals.values()), abs=1e-6)
    # Between 72 °C and the return water's heat capacity is about 4185 J/kgK.
    assert state.heat_w == pytest.approx(state.flow_kg_s * 4185.0 * (72.0 - state.return_c), rel=2e-3)
    assert 0.0 < state.lost_w < 0.1 * state.heat_w
    assert state.unbalanced_w < 1.0


def test_farther_buildings_get_less_pressure_and_cooler_water(mixed):
    _, state = mixed
    along = [state.arrivals[code] for code in ("old", "new", "metered")]
    assert [one.drop_pa for one in along] == sorted((one.drop_pa for one in along), reverse=True)
    assert [one.supply_c for one in along] == sorted((one.supply_c for one in along), reverse=True)


def test_a_metered_building_takes_its_measured_heat_and_loses_by_its_measured_flow():
    state = solve_district(a_district({"metered": ("station", METER)}, []))
    arrival = state.arrivals["metered"]
    assert arrival.heat_w == pytest.approx(80_000.0)
    # 30 kPa instead of 20: the flow grows by the root of 1.5. Water is 2 % lighter than Kv's 1000 kg/m³.
    assert arrival.flow_kg_s == pytest.approx(1.0 * 1.5**0.5, rel=0.02)


def test_buildings_at_one_place_share_its_pressure():
    state = solve_district(
        a_district({"a": ("corner", METER), "b": ("corner", METER)}, [a_trench("station", "corner")])
    )
    first, second = state.arrivals.values()
    assert first == second


def test_more_head_brings_every_building_more_water():
    def flows(head_pa):
        street = [a_trench("station", "first"), a_trench("first", "second")]
        found = solve_district(
            a_district({"a": ("first", METER), "b": ("second", METER)}, street, head=[(0.0, head_pa)])
        )
        return [one.flow_kg_s for one in found.arrivals.values()]

    assert all(more > less for more, less in zip(flows(40_000.0), flows(20_000.0), strict=True))


def test_a_place_nothing_leads_to_is_named():
    with pytest.raises(InputFault, match="nowhere"):
        solve_district(a_district({"a": ("nowhere", METER)}, [a_trench("station", "first")]))
    with pytest.raises(InputFault, match="island"):
        solve_district(a_district({"a": ("station", METER)}, [a_trench("island", "beach")]))


def test_water_colder_than_the_curves_reach_is_refused_with_the_building():
    curve = reduce_building(a_house("old"), supplies_k=[-5.0, 5.0])
    with pytest.raises(OutOfRange, match="old"):
        solve_district(a_district({"old": ("station", curve)}, [], supply_c=50.0))
