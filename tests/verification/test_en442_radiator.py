"""The EN 442 law integrated along the body: closed form and a published five-element chain."""

import pytest

from fenhu.heat import Draft, constant_water, radiator_constant, solve

WATER = constant_water(1000.0, 1.0e-3, 4187.0)
FIXED_ROOM_W_K = 1.0e12


def heat_at(mass_flow_kg_s, entering_c, constant, exponent, room_c):
    draft = Draft(room_c, WATER)
    start = draft.add_node("in", inflow_kg_s=mass_flow_kg_s, entering_c=entering_c)
    end = draft.add_node("out", pressure_pa=1e5)
    room = draft.add_room("room", FIXED_ROOM_W_K)
    draft.add_radiator("r", start, end, room, constant, exponent)
    return solve(draft.network())


# θ_out = [θ_in^-0.3 + 0.3·K/(ṁc)]^(-1/0.3) by hand: 75/65/20, n 1.3, 1000 W (heat.md, closed form).
@pytest.mark.parametrize(
    ("flow_ratio", "heat_ratio"),
    [(1.0, 1.0), (0.5, 0.88799), (0.25, 0.71832), (0.1, 0.43997), (0.05, 0.25633), (0.02, 0.10900)],
)
def test_radiator_output_at_part_flow_matches_the_closed_form(flow_ratio, heat_ratio):
    constant = radiator_constant(1000.0, 75.0, 65.0, 20.0, 1.3)
    nominal_kg_s = 1000.0 / (4187.0 * 10.0)
    solution = heat_at(nominal_kg_s * flow_ratio, 75.0, constant, 1.3, 20.0)
    assert solution.heat_w[0] / 1000.0 == pytest.approx(heat_ratio, abs=6e-6)


def test_room_with_flow_but_an_arithmetic_mean_law_would_leave_below_room_temperature():
    # At 2 % flow the arithmetic-mean law gives -9.5 °C; the integrated law never falls below the room.
    constant = radiator_constant(1000.0, 75.0, 65.0, 20.0, 1.3)
    assert 20.0 < heat_at(1000.0 / 41870.0 * 0.02, 75.0, constant, 1.3, 20.0).outlet_c[0] < 21.0


def test_modelica_chain_of_five_elements_meets_its_published_temperatures():
    # 500 W, 40/30/20 °C, n 1.24, five elements in series, each of one fifth: published 310.410, 308.114,
    # 306.180, 304.543, 303.150 K. An element there is mixed; θ follows K·θ^n = ṁc·(θ_before - θ) with K so
    # that the last one leaves at 30 °C. Ours is the continuous body: only its ends must agree.
    constant = radiator_constant(500.0, 40.0, 30.0, 20.0, 1.24)
    solution = heat_at(500.0 / (4187.0 * 10.0), 40.0, constant, 1.24, 20.0)
    assert solution.outlet_c[0] + 273.15 == pytest.approx(303.150, abs=1e-3)


def test_series_riser_of_six_constant_heats_matches_hand_arithmetic():
    # 6 × 1500 W taken from 0.1 kg/s of 75 °C water: every step is 1500/418.7 = 3.58252 K.
    draft = Draft(0.0, WATER)
    at = draft.add_node("n0", inflow_kg_s=0.1, entering_c=75.0)
    for k in range(6):
        following = draft.add_node(f"n{k + 1}", **({"pressure_pa": 1e5} if k == 5 else {}))
        draft.add_heat(f"h{k}", at, following, -1500.0)
        at = following
    solution = solve(draft.network())
    assert solution.outlet_c == pytest.approx([75.0 - 3.5825173 * (k + 1) for k in range(6)], abs=1e-5)
    assert solution.outlet_c[[0, 5]] == pytest.approx([71.4175, 53.5049], abs=1e-4)


def test_series_riser_of_six_radiators_matches_its_closed_form():
    # 75/50/18 bodies of 1500 W, n 1.3, rooms held at 18 °C, 0.1 kg/s (heat.md).
    draft = Draft(18.0, WATER)
    constant = radiator_constant(1500.0, 75.0, 50.0, 18.0, 1.3)
    at = draft.add_node("n0", inflow_kg_s=0.1, entering_c=75.0)
    for k in range(6):
        following = draft.add_node(f"n{k + 1}", **({"pressure_pa": 1e5} if k == 5 else {}))
        draft.add_radiator(f"r{k}", at, following, draft.add_room(f"q{k}", FIXED_ROOM_W_K), constant, 1.3)
        at = following
    expected = [70.1397, 65.8047, 61.9268, 58.4481, 55.3191, 52.4977]
    assert solve(draft.network()).outlet_c == pytest.approx(expected, abs=6e-5)
