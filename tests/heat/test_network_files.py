"""Network files: what solves, and how every fault is named."""

import copy
import math

import pytest

from fenhu.errors import FenhuError, InputFault, SolverFault
from fenhu.heat import answer, parse_network, solve
from fenhu.wording import speaking

CONSTANT = {"density_kg_m3": 1000.0, "viscosity_pa_s": 1e-3, "heat_capacity_j_kgk": 4200.0}
RISER = {
    "outdoor_c": -15.7,
    "nodes": [
        {"id": "s", "pressure_pa": 300000, "temperature_c": 75.0},
        {"id": "a", "z_m": 2.8},
        {"id": "b", "z_m": 2.8},
        {"id": "r", "pressure_pa": 295000},
    ],
    "links": [
        {"id": "p1", "kind": "pipe", "from": "s", "to": "a", "length_m": 10, "inner_diameter_m": 0.02125,
         "roughness_m": 2e-4, "zeta": 1.5, "u_w_m2k": 5.0, "ambient_c": 10.0, "room": None},
        {"id": "v1", "kind": "valve", "from": "b", "to": "r", "kv_m3_h": 0.8,
         "trv": {"room": "101", "setpoint_c": 20, "band_k": 2.0}},
        {"id": "r1", "kind": "radiator", "from": "a", "to": "b", "room": "101", "nominal_w": 3500,
         "nominal_supply_c": 75, "nominal_return_c": 50, "nominal_room_c": 18, "exponent": 1.3,
         "kv_m3_h": 2.5},
    ],
    "rooms": [{"id": "101", "ua_outdoor_w_k": 45.0, "gains_w": 100.0},
              {"id": "102", "ua_outdoor_w_k": 45.0}],
    "walls": [{"a": "101", "b": "102", "ua_w_k": 12.0}],
    "water": {"model": "iapws"},
}  # fmt: skip


def solved(data):
    network = parse_network(data)
    return answer(network, solve(network))


def plain(nodes, links, **more):
    return {"nodes": nodes, "links": links, "water": CONSTANT, **more}


def pipe(name, start, end, **more):
    return {
        "id": name,
        "kind": "pipe",
        "from": start,
        "to": end,
        "length_m": 10.0,
        "inner_diameter_m": 0.02,
        **more,
    }


def test_answer_has_every_promised_key_and_closes_its_balances():
    found = solved(RISER)
    assert set(found) == {"status", "iterations", "nodes", "links", "rooms", "residuals"}
    assert found["status"] == "converged"
    assert set(found["links"]["p1"]) == {
        "mass_flow_kg_s", "velocity_m_s", "pressure_drop_pa", "inlet_c", "outlet_c", "heat_w",
    }  # fmt: skip
    assert found["residuals"]["mass_kg_s"] <= 1e-8
    assert found["residuals"]["room_w"] <= 1e-3


def test_room_with_thermostat_stays_within_its_band_and_its_heat_balances():
    found = solved(RISER)
    room, neighbour = (found["rooms"][name]["temperature_c"] for name in ("101", "102"))
    assert 19.0 < room < 21.0
    heat = found["links"]["r1"]["heat_w"]
    assert heat + 100.0 == pytest.approx(45.0 * (room + 15.7) + 12.0 * (room - neighbour), abs=2e-3)
    assert found["links"]["r1"]["heat_w"] > 0.0 > found["links"]["p1"]["heat_w"]


def test_signs_and_velocity_follow_the_file():
    found = solved(plain(
        [{"id": "a", "pressure_pa": 1e5, "temperature_c": 20.0}, {"id": "b", "inflow_kg_s": -0.1}],
        [pipe("p", "b", "a")],
    ))["links"]["p"]  # fmt: skip
    assert found["mass_flow_kg_s"] == pytest.approx(-0.1)
    assert found["velocity_m_s"] == pytest.approx(-0.1 / (1000.0 * math.pi * 0.01**2))
    assert found["pressure_drop_pa"] < 0.0


def test_laminar_pipe_meets_hagen_poiseuille():
    # Δp = 128·µ·L·ṁ/(π·ρ·d⁴) = 128·1e-3·10·0.005/(π·1000·1.6e-7) = 12.732 Pa
    found = solved(plain(
        [{"id": "a", "pressure_pa": 1e5, "temperature_c": 20.0}, {"id": "b", "inflow_kg_s": -0.005}],
        [pipe("p", "a", "b")],
    ))  # fmt: skip
    assert found["links"]["p"]["pressure_drop_pa"] == pytest.approx(12.7324, abs=1e-3)


def test_bridge_of_equal_arms_carries_nothing_and_solves():
    nodes = [{"id": "a", "pressure_pa": 1.1e5, "temperature_c": 60.0}, {"id": "b"}, {"id": "c"},
             {"id": "d", "pressure_pa": 1e5}]  # fmt: skip
    links = [pipe("ab", "a", "b"), pipe("ac", "a", "c"), pipe("bd", "b", "d"), pipe("cd", "c", "d"),
             pipe("bridge", "b", "c")]  # fmt: skip
    found = solved(plain(nodes, links))
    assert abs(found["links"]["bridge"]["mass_flow_kg_s"]) < 1e-8
    assert found["nodes"]["b"]["temperature_c"] == pytest.approx(60.0)


def test_parallel_links_share_and_dead_ends_rest():
    nodes = [{"id": "a", "pressure_pa": 1.1e5, "temperature_c": 60.0}, {"id": "b"}, {"id": "end"},
             {"id": "d", "pressure_pa": 1e5}]  # fmt: skip
    links = [pipe("one", "a", "b"), pipe("two", "a", "b"), pipe("on", "b", "d"), pipe("dead", "b", "end")]
    found = solved(plain(nodes, links))["links"]
    assert found["one"]["mass_flow_kg_s"] == pytest.approx(found["two"]["mass_flow_kg_s"])
    assert found["on"]["mass_flow_kg_s"] == pytest.approx(2.0 * found["one"]["mass_flow_kg_s"])
    assert abs(found["dead"]["mass_flow_kg_s"]) < 1e-10


def test_two_components_solve_side_by_side():
    nodes = [{"id": name, **more} for name, more in (
        ("a", {"pressure_pa": 1.1e5, "temperature_c": 60.0}), ("b", {"pressure_pa": 1e5}),
        ("x", {"pressure_pa": 3e5, "temperature_c": 40.0}), ("y", {"inflow_kg_s": -0.02}))]  # fmt: skip
    found = solved(plain(nodes, [pipe("p", "a", "b"), pipe("q", "x", "y")]))
    assert found["links"]["q"]["mass_flow_kg_s"] == pytest.approx(0.02)
    assert found["nodes"]["y"]["temperature_c"] == pytest.approx(40.0)


def test_check_valve_shuts_against_reverse_flow_and_opens_forward():
    nodes = [{"id": "a", "pressure_pa": 1.2e5, "temperature_c": 50.0}, {"id": "b", "pressure_pa": 1e5,
             "temperature_c": 50.0}]  # fmt: skip
    valve = {"id": "v", "kind": "valve", "from": "b", "to": "a", "kv_m3_h": 3.6, "check": True}
    assert abs(solved(plain(nodes, [valve]))["links"]["v"]["mass_flow_kg_s"]) < 1e-6
    # Kv 3.6 m³/h loses 1 bar at 1 kg/s of water of 1000 kg/m³: 0.2 bar drive √0.2 kg/s.
    forward = solved(plain(nodes, [{**valve, "from": "a", "to": "b"}]))["links"]["v"]["mass_flow_kg_s"]
    assert forward == pytest.approx(math.sqrt(0.2), rel=1e-4)


def test_pump_curve_works_where_it_meets_the_pipe():
    nodes = [
        {"id": "a", "pressure_pa": 1e5, "temperature_c": 50.0},
        {"id": "b"},
        {"id": "c", "pressure_pa": 1e5},
    ]
    valve = {"id": "v", "kind": "valve", "from": "b", "to": "c", "kv_m3_h": 3.6}
    pump = {"id": "u", "kind": "pump", "from": "a", "to": "b", "curve": [[0, 30000], [3.6, 10000]]}
    found = solved(plain(nodes, [pump, valve]))["links"]["u"]
    flow = found["mass_flow_kg_s"]
    assert -found["pressure_drop_pa"] == pytest.approx(30000.0 - 20000.0 * flow, rel=1e-4)
    assert 1e5 * flow**2 == pytest.approx(30000.0 - 20000.0 * flow, rel=1e-4)


def test_water_without_any_temperature_flows_but_has_none():
    nodes = [{"id": "a", "pressure_pa": 1.1e5}, {"id": "b", "pressure_pa": 1e5}]
    found = solved(plain(nodes, [pipe("p", "a", "b")]))
    assert found["links"]["p"]["mass_flow_kg_s"] > 0.0
    assert found["nodes"]["a"]["temperature_c"] is None


def changed(change):
    data = copy.deepcopy(RISER)
    change(data)
    return data


FAULTS = {
    "unknown key on top": (lambda d: d.update(colour=1), "colour"),
    "unknown key in a link": (lambda d: d["links"][0].update(lenght_m=3), "lenght_m"),
    "unknown key in a thermostat": (lambda d: d["links"][1]["trv"].update(leak=0), "leak"),
    "dangling node": (lambda d: d["links"][0].update(to="zz"), "zz"),
    "dangling room": (lambda d: d["links"][2].update(room="999"), "999"),
    "dangling wall": (lambda d: d["walls"][0].update(a="999"), "999"),
    "node twice": (lambda d: d["nodes"].append({"id": "a"}), "'a'"),
    "negative length": (lambda d: d["links"][0].update(length_m=-1), "length_m"),
    "zero diameter": (lambda d: d["links"][0].update(inner_diameter_m=0), "inner_diameter_m"),
    "not finite": (lambda d: d["links"][0].update(length_m=math.inf), "length_m"),
    "a text for a number": (lambda d: d["links"][0].update(length_m="10"), "length_m"),
    "true for a number": (lambda d: d["links"][0].update(length_m=True), "length_m"),
    "missing kind": (lambda d: d["links"][0].pop("kind"), "kind"),
    "unknown kind": (lambda d: d["links"][0].update(kind="tube"), "tube"),
    "pressure and inflow": (lambda d: d["nodes"][0].update(inflow_kg_s=1.0), "inflow_kg_s"),
    "inflow without temperature": (lambda d: d["nodes"][1].update(inflow_kg_s=1.0), "temperature_c"),
    "part without a pressure": (lambda d: d["nodes"].append({"id": "alone"}), "alone"),
    "link to itself": (lambda d: d["links"][0].update(to="s"), "p1"),
    "wall to itself": (lambda d: d["walls"][0].update(b="101"), "walls"),
    "radiator upside down": (lambda d: d["links"][2].update(nominal_return_c=80), "r1"),
    "no outdoor temperature": (lambda d: d.pop("outdoor_c"), "outdoor_c"),
    "water that is none": (lambda d: d.update(water={"model": "beer"}), "beer"),
    "no nodes": (lambda d: d.update(nodes=[]), "nodes"),
    "links that are no list": (lambda d: d.update(links={}), "links"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_fault_names_what_is_wrong(case):
    change, named = FAULTS[case]
    with pytest.raises(InputFault) as caught, speaking("en"):
        parse_network(changed(change))
    assert named in caught.value.message.in_language("en")


def test_water_entering_without_temperature_is_refused_when_it_happens():
    data = changed(lambda d: d["nodes"][3].update(pressure_pa=400000))
    with pytest.raises(InputFault, match="temperature_c"):
        solved(data)


def test_heat_without_flow_is_no_answer():
    nodes = [{"id": "a", "pressure_pa": 1e5, "temperature_c": 50.0}, {"id": "b"}]
    heat = {"id": "h", "kind": "heat", "from": "a", "to": "b", "heat_w": 1000.0}
    with pytest.raises(SolverFault):
        solved({"nodes": nodes, "links": [heat]})


def test_circling_water_without_source_has_no_temperature():
    nodes = [{"id": "a", "pressure_pa": 1e5, "temperature_c": 50.0}, {"id": "b"}]
    links = [{"id": "u", "kind": "pump", "from": "a", "to": "b", "head_pa": 1000.0}, pipe("p", "b", "a")]
    with pytest.raises(FenhuError):
        solved({"nodes": nodes, "links": links})
