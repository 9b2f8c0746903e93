"""Gravity heads and gravity circulation, by formula, by published numbers, and one that is wrong in print."""

import math

import pytest
from tests.verification.cases import Source, verified

from fenhu.heat import Draft, constant_water, radiator_constant, solve

HEADS = Source(
    "Gravity heads",
    "Height times difference of density times g. Densities of the exercises: 961.92 at 95 °C, 977.81 at "
    "70 °C, 983.248 at 60 °C (贺平《供热工程》; Kell). The exam of 2013 is met; the two-storey exercise "
    "prints 799.62 Pa because it takes 971.81 for 977.81: the right value stands here. "
    "[Sources](../sources.md#heping).",
)
LOOPS = Source(
    "Circulation without a pump",
    "A laminar loop has a closed form; the loop of DN 50 is the result of a public solver (BSD licence; "
    "numbers typed), which tells 95 °C, 10 m, DN 50, 30 kW. Its 21 m of pipe with 1 mm of roughness are "
    "reconstructed.",
)
STANDARD_G, SCHOOL_G = 9.80665, 9.8


def heads_pa(columns):
    """Return the pressure at the foot of columns of standing water, each a list of (height, temperature)."""
    draft, feet = Draft(0.0), []
    for name, layers in enumerate(columns):
        z_m, feet_of = 0.0, []
        for k, (height_m, temperature_c) in enumerate(layers):
            foot = draft.add_node(f"{name}-{k}-foot", z_m, inflow_kg_s=1e-3, entering_c=temperature_c)
            head = draft.add_node(f"{name}-{k}-head", z_m + height_m, pressure_pa=1e5)
            draft.add_pipe(f"{name}-{k}", foot, head, height_m, 0.5, 2e-4)
            feet_of.append(foot)
        feet.append(feet_of)
    pressure = solve(draft.network()).pressure_pa
    return [sum(pressure[foot] - 1e5 for foot in of_column) for of_column in feet]


def drive_pa(hot, cold):
    """Return how much more a cold column weighs than a hot one."""
    hot_pa, cold_pa = heads_pa([hot, cold])
    return cold_pa - hot_pa


# (977.77 - 961.90)·9.80665 = 155.6 and, at 75/50, (988.04 - 974.84)·9.80665 = 129.4 Pa/m (Kell's densities).
@pytest.mark.parametrize(("hot_c", "cold_c", "expected_pa_m"), [(95.0, 70.0, 155.6), (75.0, 50.0, 129.4)])
def test_gravity_head_per_metre(hot_c, cold_c, expected_pa_m):
    found = drive_pa([(10.0, hot_c)], [(10.0, cold_c)]) / 10.0
    verified(HEADS, f"{hot_c:.0f}/{cold_c:.0f} °C, per metre", expected_pa_m, found, 0.15, "Pa/m")


def test_gravity_head_of_a_storey_at_75_and_50_degrees():
    # facts A3: 362 Pa for a storey of 2.8 m, 1,811 Pa between the top and bottom of six (five storeys apart).
    verified(HEADS, "75/50 °C, a storey of 2.8 m", 362.0, drive_pa([(2.8, 75.0)], [(2.8, 50.0)]), 1.0, "Pa")
    verified(
        HEADS, "75/50 °C, five storeys of 2.8 m", 1811.0, drive_pa([(14.0, 75.0)], [(14.0, 50.0)]), 2.0, "Pa"
    )


def test_gravity_head_of_the_licensing_exam():
    # 3.8 m, 95/70: 3.8·(977.81 - 961.92) = 60.38 kg/m².
    found = drive_pa([(3.8, 95.0)], [(3.8, 70.0)]) / STANDARD_G
    verified(HEADS, "exam 2013-3-1: 3.8 m, 95/70 °C", 60.38, found, 0.1, "kg/m²")


def test_two_storey_single_pipe_head_is_not_the_printed_one():
    # The lower radiator, of 1,600 W of 3,000 W, stands 6 m above the boiler, the upper one 9 m; between them
    # the water has 70 + 25·1600/3000 = 83.33 °C:
    # (977.81 - 969.338)·9.8·6 + (969.338 - 961.92)·9.8·9 = 1,152.4 Pa.
    # At 83.33 °C water really has 969.7 kg/m³: 1 %.
    hot, cold = [(9.0, 95.0)], [(6.0, 70.0), (3.0, 83.3333)]
    found = drive_pa(hot, cold) * SCHOOL_G / STANDARD_G
    verified(HEADS, "two-storey single pipe, 6 m and 9 m (printed: 799.62)", 1152.4, found, 11.5, "Pa")


# Example 4-1: 9.81·h·(977.81 - 961.92) + 350 Pa for radiators 3, 6 and 9 m above the boiler.
@pytest.mark.parametrize(
    ("loop", "height_m", "expected_pa"), [("I1", 3, 817.6), ("I2", 6, 1285.3), ("I3", 9, 1752.9)]
)
def test_head_of_the_loops_of_example_4_1(loop, height_m, expected_pa):
    found = drive_pa([(float(height_m), 95.0)], [(float(height_m), 70.0)]) * 9.81 / STANDARD_G + 350.0
    verified(HEADS, f"example 4-1, loop {loop}, {height_m} m", expected_pa, found, 0.001 * expected_pa, "Pa")


def test_pumpless_loop_of_ten_metres_meets_its_published_flow():
    draft = Draft(20.0)
    foot = draft.add_node("foot", 0.0, pressure_pa=3e5, entering_c=95.0)
    head, far = draft.add_node("head", 10.0), draft.add_node("far", 10.0)
    back = draft.add_node("back", 0.0, pressure_pa=3e5)
    draft.add_pipe("up", foot, head, 10.5, 0.05, 1e-3)
    draft.add_heat("load", head, far, -30e3)
    draft.add_pipe("down", far, back, 10.5, 0.05, 1e-3)
    solution = solve(draft.network())
    verified(LOOPS, "DN 50, 10 m, 30 kW, 95 °C: flow", 0.5507, solution.mass_flow_kg_s[0], 1e-4, "kg/s")
    verified(LOOPS, "DN 50, 10 m, 30 kW, 95 °C: return", 82.04, solution.outlet_c[2], 0.01, "°C")
    verified(
        LOOPS, "the same loop in pandapipes 0.16: flow", 0.5504, solution.mass_flow_kg_s[0], 6e-4, "kg/s"
    )
    verified(LOOPS, "the same loop in pandapipes 0.16: return", 82.035, solution.outlet_c[2], 0.01, "°C")


def test_laminar_thermosyphon_matches_its_closed_form():
    # ṁ = √(πρ²D⁴βgHQ/(128µLc_p)): heat enters at the foot of the hot leg, leaves at the head; both
    # legs of 10 m and two level ones of 10 m, D 10 mm. By hand: √(0.147943/6864.9) = 0.0046423 kg/s.
    rho, beta, mu, capacity, heat, height, length, bore = (
        980.0, 5.0e-4, 3.2e-4, 4190.0, 100.0, 10.0, 40.0, 0.010,
    )  # fmt: skip
    expected = math.sqrt(
        math.pi * rho**2 * bore**4 * beta * STANDARD_G * height * heat / (128 * mu * length * capacity)
    )
    assert expected == pytest.approx(0.0046423, rel=1e-4)
    draft = Draft(20.0, constant_water(rho, mu, capacity, beta, 50.0))
    foot = draft.add_node("foot", pressure_pa=2e5)
    warm, top = draft.add_node("warm"), draft.add_node("top", height)
    cool, far = draft.add_node("cool", height), draft.add_node("far", height)
    low = draft.add_node("low", 0.0)
    draft.add_heat("heater", foot, warm, heat)
    draft.add_pipe("up", warm, top, 10.0, bore, 0.0)
    draft.add_pipe("over", top, far, 10.0, bore, 0.0)
    room = draft.add_room("room", 1e9)
    draft.add_radiator("cooler", far, cool, room, radiator_constant(100.0, 52.0, 48.0, 20.0, 1.3), 1.3)
    draft.add_pipe("down", cool, low, 10.0, bore, 0.0)
    draft.add_pipe("back", low, foot, 10.0, bore, 0.0)
    solution = solve(draft.network())
    assert 4 * solution.mass_flow_kg_s[0] / (math.pi * bore * mu) < 2000.0
    # The floor of links without length, 1e-3 Pa·s/kg, is two parts in ten billion of the loop's resistance.
    verified(
        LOOPS, "laminar, D 10 mm, L 40 m, H 10 m, 100 W", round(expected, 10), solution.mass_flow_kg_s[0],
        1e-5 * expected, "kg/s",
    )  # fmt: skip
