"""Rooms: published heat losses, a thermostat by hand, storeys of a single-pipe riser."""

import pytest
from tests.verification.cases import Source, verified

from fenhu.heat import Draft, constant_water, radiator_constant, solve

FACADE = Source(
    "Heat loss of one façade",
    "Beijing, 16/−9 °C: south wall 11.58 m², K 1.239, orientation −20 %: 286.95 W; south window 6.6 m², "
    "K 3.0, −20 %: 396.0 W. Given these as gains, a room behind that façade must settle at 16 °C; at 16 "
    "°C it loses just these.",
)
THERMOSTAT = Source(
    "One room with a thermostatic valve, by hand",
    "Set to 20 °C, proportional band 2 K, Kv 0.6 m³/h, 10 kPa, water of 75 °C, 1000 kg/m³, 4187 J/kgK; "
    "body 1500 W 75/50/18, n 1.3. At a room of 20.2 °C the valve stands at 0.5 − 0.2/2 = 0.4: 0.24·√0.1 "
    "m³/h = 0.0210819 kg/s; the body's closed form gives the heat, and UA is what 35.9 K carry away of "
    "it.",
)
STOREYS = Source(
    "Storeys of a single-pipe riser against its flow",
    "Model case: six storeys of 1,500 W at 18/−15.7 °C, 95 °C, radiators sized exactly at 95/70, n 1.3, "
    "worked out with the arithmetic mean; ours is the integrated law. In a series riser both read alike; "
    "between two pipes the water cools far in each body, and the arithmetic mean reads 0.5 K too warm at "
    "60 % of the flow, 0.7 K at half.",
)
WATER = constant_water(1000.0, 4e-4, 4187.0)


@pytest.mark.parametrize(
    ("part", "ua_w_k", "loss_w"), [("wall", 11.58 * 1.239 * 0.8, 286.95), ("window", 6.6 * 3.0 * 0.8, 396.0)]
)
def test_room_behind_the_facade_loses_the_published_heat(part, ua_w_k, loss_w):
    draft = Draft(-9.0, WATER)
    start = draft.add_node("in", inflow_kg_s=1e4, entering_c=16.0)
    room = draft.add_room("room", ua_w_k)
    draft.add_radiator("r", start, draft.add_node("out", pressure_pa=1e5), room, 1e9, 1.3)
    solution = solve(draft.network())
    verified(FACADE, f"south {part}", loss_w, solution.heat_w[0], 0.01, "W")


def test_room_with_the_published_losses_as_gains_settles_at_16_degrees():
    draft = Draft(-9.0, WATER)
    start = draft.add_node("in", inflow_kg_s=0.1, entering_c=16.0)
    draft.add_valve("v", start, draft.add_node("out", pressure_pa=1e5), 1.0)
    draft.add_room("room", 11.58 * 1.239 * 0.8 + 6.6 * 3.0 * 0.8, 286.95 + 396.0)
    verified(FACADE, "room with 682.95 W of gains", 16.0, solve(draft.network()).room_c[0], 0.001, "°C")


def test_room_with_a_thermostat_settles_where_hand_arithmetic_says():
    flow_kg_s = 0.24 * 0.1**0.5 / 3.6
    assert flow_kg_s == pytest.approx(0.0210819, abs=1e-7)
    constant = radiator_constant(1500.0, 75.0, 50.0, 18.0, 1.3)
    leaving_k = (54.8**-0.3 + 0.3 * constant / (flow_kg_s * 4187.0)) ** (-1.0 / 0.3)
    heat_w = flow_kg_s * 4187.0 * (54.8 - leaving_k)
    draft = Draft(-15.7, WATER)
    supply = draft.add_node("supply", pressure_pa=1.1e5, entering_c=75.0)
    between, back = draft.add_node("between"), draft.add_node("return", pressure_pa=1.0e5)
    room = draft.add_room("room", heat_w / 35.9)
    draft.add_valve("v", supply, between, 0.6, trv=(room, 20.0, 2.0))
    draft.add_radiator("r", between, back, room, constant, 1.3)
    solution = solve(draft.network())
    verified(THERMOSTAT, "room", 20.2, solution.room_c[0], 1e-4, "°C")
    verified(THERMOSTAT, "flow", 0.0210819, solution.mass_flow_kg_s[0], 1e-6, "kg/s")
    verified(THERMOSTAT, "heat", round(heat_w, 3), solution.heat_w[1], 0.05, "W")


def riser_rooms_c(supply_c, return_c, flow_ratio, *, series):
    """Return the rooms from the sixth storey down, and the leaving water, at a share of the design flow."""
    draft = Draft(-15.7, WATER)
    fall_k = supply_c - return_c
    riser_kg_s = 6 * 1500.0 / (4187.0 * fall_k)
    at = draft.add_node("in", inflow_kg_s=riser_kg_s * flow_ratio, entering_c=supply_c)
    leaves = []
    for k in range(6):
        entering_c = supply_c - fall_k * k / 6 if series else supply_c
        leaving_c = entering_c - fall_k / 6 if series else return_c
        constant = radiator_constant(1500.0, entering_c, leaving_c, 18.0, 1.3)
        after = draft.add_node(f"n{k}", **({"pressure_pa": 1e5} if k == 5 or not series else {}))
        start = at
        if not series:
            start = draft.add_node(f"s{k}", inflow_kg_s=riser_kg_s * flow_ratio / 6, entering_c=supply_c)
        leaves.append(
            draft.add_radiator(f"r{k}", start, after, draft.add_room(f"q{k}", 1500.0 / 33.7), constant, 1.3)
        )
        at = after if series else at
    if not series:
        draft.add_valve("unused", at, after, 1.0)
    solution = solve(draft.network())
    return solution.room_c, solution.outlet_c[leaves[-1]]


SERIES_95 = [
    (1.5, (18.25, 18.78, 19.33, 19.90, 20.50, 21.13), 77.52),
    (1.0, (18.0, 18.0, 18.0, 18.0, 18.0, 18.0), 70.00),
    (0.8, (17.81, 17.43, 17.04, 16.65, 16.25, 15.85), 64.82),
    (0.6, (17.51, 16.51, 15.52, 14.54, 13.57, 12.61), 56.99),
    (0.5, (17.27, 15.79, 14.36, 12.97, 11.61, 10.29), 51.36),
]


@pytest.mark.parametrize(("flow_ratio", "rooms_c", "leaving_c"), SERIES_95)
def test_storeys_of_a_series_riser_follow_its_flow(flow_ratio, rooms_c, leaving_c):
    found_c, left_c = riser_rooms_c(95.0, 70.0, flow_ratio, series=True)
    for k, (expected_c, got_c) in enumerate(zip(rooms_c, found_c, strict=True)):
        verified(STOREYS, f"flow × {flow_ratio:g}, storey {6 - k}", expected_c, got_c, 0.03, "°C")
    verified(STOREYS, f"flow × {flow_ratio:g}, leaving water", leaving_c, left_c, 0.1, "°C")


def test_storeys_of_a_series_riser_at_75_and_50_degrees():
    found_c, _ = riser_rooms_c(75.0, 50.0, 0.6, series=True)
    verified(STOREYS, "75/50, flow × 0.6, storey 6", 17.41, found_c[0], 0.03, "°C")
    verified(STOREYS, "75/50, flow × 0.6, storey 1", 11.56, found_c[5], 0.03, "°C")


@pytest.mark.parametrize(
    ("flow_ratio", "room_c", "within_k"),
    [(1.5, 19.54, 0.2), (1.0, 18.00, 0.001), (0.8, 16.94, 0.2), (0.6, 15.32, 0.5), (0.5, 14.14, 0.75)],
)
def test_storeys_between_two_pipes_stay_alike(flow_ratio, room_c, within_k):
    found_c, _ = riser_rooms_c(95.0, 70.0, flow_ratio, series=False)
    assert found_c.max() - found_c.min() < 1e-6
    verified(STOREYS, f"between two pipes, flow × {flow_ratio:g}", room_c, found_c[0], within_k, "°C")
