"""Building files: what is needed, what is assumed by name, what is refused."""

import re

import pytest

from fenhu.building import parse_building, read_building, simulate_json
from fenhu.errors import InputFault, UnreadableFile
from fenhu.records import SystemForm

LEAST = {"storeys": 6, "units": 3, "flats_per_floor": 2, "flat_area_m2": 80.0}


def test_four_values_are_enough_and_the_rest_is_assumed_by_name():
    building = parse_building(dict(LEAST), "x")
    assert len(building.flats) == 36
    assumed = {one.key for one in building.assumed}
    assert {"storey_height_m", "year_built", "system_form", "inlet_kpa", "supply_c", "outdoor_c"} <= assumed


def test_given_values_are_not_assumed():
    building = parse_building({**LEAST, "inlet_kpa": 9.0, "supply_c": 66.0, "year_built": 1992}, "x")
    assumed = {one.key for one in building.assumed}
    assert not {"inlet_kpa", "supply_c", "year_built"} & assumed
    assert (building.inlet_pa, building.supply_c) == (9000.0, 66.0)


def test_file_is_read_and_answered_in_the_fixed_words(tmp_path):
    file = tmp_path / "house.toml"
    file.write_text(
        'storeys = 3\nunits = 1\nyear_built = 1985\nsystem_form = "vertical_single_series"\nsupply_c = 70.0\n'
        + "".join(
            f'[[flat]]\nid = "{storey}0{k}"\nunit = 1\nstorey = {storey}\narea_m2 = 70.0\n'
            for storey in (1, 2, 3) for k in (1, 2)
        )
        + '[[measured]]\nflat = "101"\nroom_c = 16.5\n',
        encoding="utf-8",
    )  # fmt: skip
    building = read_building(file)
    found = simulate_json(building, SystemForm.HOUSEHOLD_DOUBLE)
    assert set(found) == {"status", "assumed", "before", "after"}
    assert set(found["before"]) == {"flats", "residuals"}
    assert set(found["after"]["flats"]["101"]) == {"temperature_c", "mass_flow_kg_s"}
    assert found["before"]["residuals"]["mass_kg_s"] <= 1e-8
    assert building.measured_c == {"101": 16.5}
    assert simulate_json(building)["after"] is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"colour": 1}, "colour"),
        ({"storeys": 0}, "storeys"),
        ({"storeys": "six"}, "storeys"),
        ({"storeys": None}, "storeys"),
        ({"flat_area_m2": None}, "flat_area_m2"),
        ({"flat_area_m2": -3.0}, "flat_area_m2"),
        ({"system_form": "diagonal"}, "system_form"),
        ({"mains": "zigzag"}, "mains"),
        ({"riser_dn": 17}, "riser_dn"),
        ({"radiator": "gold"}, "radiator"),
        ({"supply_c": 400.0}, "supply_c"),
        ({"corrosion": 4}, "corrosion"),
        ({"measured": [{"flat": "9-9-901", "room_c": 18.0}]}, "9-9-901"),
        ({"flat": [{"id": "a", "unit": 9, "storey": 1, "area_m2": 60.0}]}, "unit"),
        ({"flat": [{"id": "a", "unit": 1, "storey": 1, "area": 60.0}]}, "area"),
    ],
)
def test_fault_names_the_key(change, named):
    data = {key: value for key, value in {**LEAST, **change}.items() if value is not None}
    with pytest.raises(InputFault) as caught:
        parse_building(data, "x")
    assert named in caught.value.message.in_language("en")


def test_what_is_assumed_is_told_in_chinese_with_its_source():
    for year in (1985, 1995, 2005):
        for one in parse_building({**LEAST, "year_built": year}, "x").assumed:
            assert not re.search("[a-z]{4,} [a-z]", one.reason.in_language("zh-hans")), one.key


def test_a_fault_names_the_file_as_it_was_given(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text("storeys = 3\ncolour = 1\n")
    with pytest.raises(InputFault) as caught:
        read_building(path)
    assert caught.value.message.in_language("en").startswith(f"{path}: unknown key")


def test_file_that_is_no_toml_is_unreadable(tmp_path):
    (tmp_path / "x.toml").write_text("storeys = = 3")
    for name in ("x.toml", "absent.toml"):
        with pytest.raises(UnreadableFile, match=name):
            read_building(tmp_path / name)
