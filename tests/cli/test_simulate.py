"""``fenhu simulate``: the network file and the building file in their fixed formats."""

import json

import pytest

# One pipe, 1 kg/s, DN 75, U 5 W/m²K, water at 56.85 °C into 19.85 °C ambient: 47.7663 °C after 1 km
# (exponential cooling, heat.md "Verification": 330 K in, 293 K around -> 320.9163141 K).
PIPE = {
    "outdoor_c": 0.0,
    "nodes": [
        {"id": "in", "z_m": 0.0, "pressure_pa": 500000, "temperature_c": 56.85},
        {"id": "out", "z_m": 0.0, "inflow_kg_s": -1.0},
    ],
    "links": [
        {"id": "p", "kind": "pipe", "from": "in", "to": "out", "length_m": 1000, "inner_diameter_m": 0.075,
         "roughness_m": 1e-4, "zeta": 0.0, "u_w_m2k": 5.0, "ambient_c": 19.85},
    ],
    "water": {"density_kg_m3": 998.0, "viscosity_pa_s": 1e-3, "heat_capacity_j_kgk": 4182.0},
}  # fmt: skip

HOUSE = (
    'storeys = 6\nunits = 1\nflats_per_floor = 2\nflat_area_m2 = 75\nsystem_form = "vertical_single_series"\n'
)


def test_a_network_file_answers_in_the_fixed_words(fenhu, tmp_path):
    path = tmp_path / "net.json"
    path.write_text(json.dumps(PIPE))
    ran = fenhu("simulate", path, "--json")
    assert ran.code == 0
    answer = ran.json()
    assert answer["status"] == "converged"
    assert answer["links"]["p"]["outlet_c"] + 273.15 == pytest.approx(320.9163141, abs=1e-6)
    assert set(answer["residuals"]) == {"mass_kg_s", "momentum_pa", "energy_w", "room_w"}


def test_an_unknown_key_exits_2_and_names_the_key(fenhu, tmp_path):
    path = tmp_path / "net.json"
    path.write_text(json.dumps(PIPE | {"colour": "red"}))
    ran = fenhu("simulate", path, "--json")
    assert ran.code == 2
    assert ran.out == ""
    assert "colour" in ran.err


def test_a_building_is_simulated_before_and_after(fenhu, tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(HOUSE)
    ran = fenhu("simulate", path, "--convert", "household_double", "--json")
    assert ran.code == 0
    answer = ran.json()
    assert len(answer["before"]["flats"]) == len(answer["after"]["flats"]) == 12
    assert {"key", "value", "reason"} <= set(answer["assumed"][0])


def test_without_a_form_there_is_no_after(fenhu, tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(HOUSE)
    assert fenhu("simulate", path, "--json").json()["after"] is None


def test_measured_rooms_are_explained_in_words(fenhu, tmp_path):
    path = tmp_path / "house.toml"
    rooms = {
        "1-1-101": 13.0,
        "1-2-201": 14.5,
        "2-1-101": 18.9,
        "2-1-102": 19.0,
        "3-1-101": 18.2,
        "3-1-102": 16.9,
    }
    rows = "".join(f'[[measured]]\nflat = "{flat}"\nroom_c = {room_c}\n' for flat, room_c in rooms.items())
    path.write_text(HOUSE.replace("units = 1", "units = 3") + rows)
    ran = fenhu("simulate", path)
    assert ran.code == 0
    # Only the flats of the first column of unit 1 are colder than their neighbours.
    assert "Blocked: one of risers 1, 2, 3 in unit 1 carries" in ran.out


def test_a_misspelt_building_key_exits_2_and_names_it(fenhu, tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(HOUSE + "story_height = 3\n")
    ran = fenhu("simulate", path)
    assert ran.code == 2
    assert "story_height" in ran.err
