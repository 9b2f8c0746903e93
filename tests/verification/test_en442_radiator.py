"""The EN 442 law integrated along the body: closed forms and a published chain of five elements."""

import pytest
from tests.verification.cases import Source, verified

from fenhu import tables
from fenhu.building.fitting import section_w
from fenhu.heat import Draft, constant_water, radiator_constant, solve

CLOSED_FORM = Source(
    "EN 442 radiators, closed form",
    "θ_out^−(n−1) = θ_in^−(n−1) + (n−1)·K/(ṁ·c_p) worked out by hand with c_p 4187 J/kgK. "
    "[Sources](../sources.md#en442).",
)
MODELICA = Source(
    "EN 442 radiator of five elements",
    "Published for the radiator of the Modelica Buildings library (BSD licence; numbers typed): 500 W, "
    "40/30/20 °C, n 1.24. An element there is one temperature; here water circles through each of five "
    "bodies until it is mixed.",
)
CATALOGUE = Source(
    "Radiator law against the catalogue's arithmetic mean",
    "K = a·Δt^b with Δt on the arithmetic mean sizes a radiator (贺平《供热工程》); the integrated law "
    "simulates it. They meet at 95/70/18, where the catalogue measures and the body's constant is set; "
    "at 75/50/18 the arithmetic mean reads 1.5 % more. [Sources](../sources.md#heping).",
)
STEEL = Source(
    "Steel radiator 74×60, wrong in print",
    "Q = 5.8259·Δt^1.2829 W for ten columns; the page that gives the law prints 814.6 W at 50 K and "
    "708.4 W at 42 K beside it, which do not follow. The values here do.",
)
WATER = constant_water(1000.0, 1.0e-3, 4187.0)
FIXED_ROOM_W_K = 1.0e12
KELVIN = 273.15


def heat_at(mass_flow_kg_s, entering_c, constant, exponent, room_c):
    draft = Draft(room_c, WATER)
    start = draft.add_node("in", inflow_kg_s=mass_flow_kg_s, entering_c=entering_c)
    end = draft.add_node("out", pressure_pa=1e5)
    room = draft.add_room("room", FIXED_ROOM_W_K)
    draft.add_radiator("r", start, end, room, constant, exponent)
    return solve(draft.network())


# 75/65/20, n 1.3, 1000 W (heat.md, closed form).
@pytest.mark.parametrize(
    ("flow_ratio", "heat_ratio"),
    [(1.0, 1.0), (0.5, 0.88799), (0.25, 0.71832), (0.1, 0.43997), (0.05, 0.25633), (0.02, 0.10900)],
)
def test_radiator_output_at_part_flow_matches_the_closed_form(flow_ratio, heat_ratio):
    constant = radiator_constant(1000.0, 75.0, 65.0, 20.0, 1.3)
    nominal_kg_s = 1000.0 / (4187.0 * 10.0)
    found = heat_at(nominal_kg_s * flow_ratio, 75.0, constant, 1.3, 20.0).heat_w[0] / 1000.0
    what = f"1000 W 75/65/20, n 1.3: share of the heat at {flow_ratio:g} of the flow"
    verified(CLOSED_FORM, what, heat_ratio, found, 6e-6)


def test_room_with_flow_but_an_arithmetic_mean_law_would_leave_below_room_temperature():
    # At 2 % flow the arithmetic-mean law gives -9.5 °C; the integrated law never falls below the room.
    constant = radiator_constant(1000.0, 75.0, 65.0, 20.0, 1.3)
    assert 20.0 < heat_at(1000.0 / 41870.0 * 0.02, 75.0, constant, 1.3, 20.0).outlet_c[0] < 21.0


def element_constant(count):
    """Return K of one of ``count`` mixed elements that cool 20 K of excess to 10 K at n 1.24."""

    def last_excess_k(constant):
        excess_k = 20.0
        for _ in range(count):
            low, high = 0.0, excess_k
            while high - low > 1e-12:
                middle = 0.5 * (low + high)
                given_w = constant * middle**1.24
                low, high = (middle, high) if 50.0 * (excess_k - middle) > given_w else (low, middle)
            excess_k = low
        return excess_k

    low, high = 0.0, 100.0
    while high - low > 1e-10:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if last_excess_k(middle) > 10.0 else (low, middle)
    return low


def test_chain_of_five_mixed_elements_meets_its_published_temperatures():
    # 500 W over 10 K: 50 W/K of water. A pump drives thirty thousand times that flow round each element.
    constant, flow_kg_s = element_constant(5), 50.0 / 4187.0
    draft = Draft(20.0, WATER)
    room = draft.add_room("room", FIXED_ROOM_W_K)
    at = draft.add_node("in", inflow_kg_s=flow_kg_s, entering_c=40.0)
    for k in range(5):
        before, after = draft.add_node(f"before{k}"), draft.add_node(f"after{k}")
        draft.add_valve(f"way{k}", at, before, 10.0)
        draft.add_radiator(f"r{k}", before, after, room, constant, 1.24, kv_m3_h=1300.0)
        draft.add_pump(f"u{k}", after, before, [(0.0, 1e5)])
        at = after
    draft.add_valve("out", at, draft.add_node("out", pressure_pa=1e5), 10.0)
    solution = solve(draft.network())
    bodies = [k for k, name in enumerate(draft.link_ids) if name.startswith("r")]
    assert solution.mass_flow_kg_s[bodies].min() > 3e4 * flow_kg_s
    published_k = [310.410, 308.114, 306.180, 304.543, 303.150]
    for k, (link, expected_k) in enumerate(zip(bodies, published_k, strict=True)):
        got_k = solution.outlet_c[link] + KELVIN
        verified(MODELICA, f"element {k + 1} of 5 mixed ones", expected_k, got_k, 1e-3, "K")


def test_continuous_body_agrees_with_the_chain_at_its_end():
    constant = radiator_constant(500.0, 40.0, 30.0, 20.0, 1.24)
    found = heat_at(500.0 / (4187.0 * 10.0), 40.0, constant, 1.24, 20.0)
    verified(MODELICA, "leaving the continuous body", 303.150, found.outlet_c[0] + KELVIN, 1e-3, "K")


def test_series_riser_of_six_constant_heats_matches_hand_arithmetic():
    # 6 × 1500 W taken from 0.1 kg/s of 75 °C water: every step is 1500/418.7 = 3.58252 K.
    draft = Draft(0.0, WATER)
    at = draft.add_node("n0", inflow_kg_s=0.1, entering_c=75.0)
    for k in range(6):
        following = draft.add_node(f"n{k + 1}", **({"pressure_pa": 1e5} if k == 5 else {}))
        draft.add_heat(f"h{k}", at, following, -1500.0)
        at = following
    solution = solve(draft.network())
    for k, leaving_c in enumerate(solution.outlet_c):
        what = f"series riser 6 × 1500 W, 0.1 kg/s of 75 °C: after load {k + 1}"
        verified(CLOSED_FORM, what, round(75.0 - 3.5825173 * (k + 1), 4), leaving_c, 1e-4, "°C")


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
    for k, (leaving_c, expected_c) in enumerate(zip(solve(draft.network()).outlet_c, expected, strict=True)):
        what = f"the same riser with bodies 75/50/18, n 1.3, rooms 18 °C: after body {k + 1}"
        verified(CLOSED_FORM, what, expected_c, leaving_c, 6e-5, "°C")


# The body's constant is set where the catalogue measures, 95/70/18; the flow is what takes 25 K with it.
@pytest.mark.parametrize("kind", sorted(tables.load("radiators")["radiator"]))
def test_simulated_radiator_gives_its_catalogue_heat_at_nominal_flow(kind):
    row = tables.load("radiators")["radiator"][kind]
    for supply_c, return_c, within_ratio in ((95.0, 70.0, 0.005), (75.0, 50.0, 0.016)):
        heat_w = section_w(kind, 10, (supply_c + return_c) / 2.0 - 18.0)
        constant = radiator_constant(section_w(kind, 10, 64.5), 95.0, 70.0, 18.0, row["power"] + 1.0)
        found = heat_at(heat_w / (4187.0 * 25.0), supply_c, constant, row["power"] + 1.0, 18.0)
        what = f"{row['name']}, 10 sections, at {supply_c:.0f}/{return_c:.0f}/18"
        verified(CATALOGUE, what, heat_w, found.heat_w[0], within_ratio * heat_w, "W")


# At a flow so large that the water keeps its temperature, Q = K·Δt^n.
@pytest.mark.parametrize(("excess_k", "heat_w"), [(64.5, 1221.4), (50.0, 881.0), (42.0, 704.4)])
def test_steel_radiator_follows_its_exponent_not_the_misprint(excess_k, heat_w):
    found = heat_at(1.0e4, 18.0 + excess_k, 5.8259, 1.2829, 18.0)
    verified(STEEL, f"ten columns at {excess_k:g} K", heat_w, found.heat_w[0], 0.1, "W")
