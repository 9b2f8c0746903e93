"""``fenhu season REGISTER``: a season of every building, with the same bytes on every engine."""

import json
import shutil
from dataclasses import replace

import pytest

from fenhu.building import from_record, season_json, winter_for
from fenhu.engines import SERIAL
from fenhu.policy import load
from fenhu.records import SystemForm
from fenhu.register import read_register, synthetic_city, write_register
from fenhu.study import outdoor_design_c, season_register
from fenhu.wording import speaking

BUILDINGS = 20


@pytest.fixture
def register(small_city):
    return read_register(small_city).register


def without_flats(state):
    return {key: value for key, value in state.items() if key != "flats"}


def test_a_row_says_what_a_season_of_the_building_alone_says(fenhu, small_city, register):
    answer = fenhu(
        "season", small_city, "--convert", "household_double", "--engine", "serial", "--json"
    ).json()
    assert [one["code"] for one in answer["buildings"]] == [one.code for one in register.buildings]
    record, rules = register.buildings[0], load("fuxin-2010")
    house = from_record(record, register.flats_by_building()[record.code], outdoor_design_c(rules))
    winter = winter_for(house, rules.climate.station, rules.calendar.season_of)
    with speaking("en"):
        alone = season_json(house, winter, SystemForm.HOUSEHOLD_DOUBLE)
    row = answer["buildings"][0]
    assert answer["season"] == alone["season"]
    assert (row["status"], row["fault"], row["assumed"]) == ("converged", None, alone["assumed"])
    for state in ("before", "after"):
        assert row[state] == without_flats(alone[state])


def test_without_a_form_there_is_only_the_season_before(fenhu, small_city):
    answer = fenhu("season", small_city, "--json").json()
    assert {one["after"] for one in answer["buildings"]} == {None}


def test_a_conversion_to_no_form_in_particular_is_to_the_one_the_policy_builds(fenhu, small_city):
    answer = fenhu("season", small_city, "--json", "--convert").json()
    target_of = load("fuxin-2010").form.target_of
    for one in answer["buildings"]:
        before, after = (SystemForm(one[state]["system_form"]) for state in ("before", "after"))
        assert after is target_of(before)


def test_the_table_has_a_row_a_building_and_the_sums_stand_on_stderr(fenhu, small_city):
    answer = fenhu("season", small_city, "--convert", "household_double", "--json").json()
    ran = fenhu("season", small_city, "--convert", "household_double")
    assert ran.code == 0
    header, *rows = ran.out.splitlines()
    assert "degree hours below 18 ℃" in header
    assert [row.split()[0] for row in rows] == [one["code"] for one in answer["buildings"]]
    first = answer["buildings"][0]
    heat = " → ".join(f"{first[state]['totals']['heat_gj']:.1f}" for state in ("before", "after"))
    assert heat in rows[0]
    for state, words in (("before", "As they are"), ("after", "After the conversion")):
        heat_gj = sum(one[state]["totals"]["heat_gj"] for one in answer["buildings"])
        assert f"{words}, {BUILDINGS} buildings use {heat_gj:,.0f} GJ of heat" in ran.err


def test_hours_are_asked_for_as_for_one_building(fenhu, small_city):
    answer = fenhu("season", small_city, "--hourly", "--json").json()
    assert answer["season"]["step_h"] == 1.0


def test_out_keeps_what_the_object_says(fenhu, small_city, tmp_path):
    ran = fenhu("season", small_city, "--json", "--out", tmp_path / "new")
    assert json.loads((tmp_path / "new" / "season.json").read_text(encoding="utf-8")) == ran.json()
    assert "season.json" in ran.err


def test_a_building_without_a_season_is_a_row_that_says_why(fenhu, tmp_path):
    city = synthetic_city(3, 7)
    frozen = replace(city.buildings[1], inlet_kpa=0.2, supply_c=25.0)
    city = replace(city, buildings=(city.buildings[0], frozen, city.buildings[2]))
    write_register(city, tmp_path / "register.xlsx")
    ran = fenhu("season", tmp_path / "register.xlsx", "--json")
    assert ran.code == 0, ran.err
    row = ran.json()["buildings"][1]
    assert (row["status"], row["before"]) == ("error", None)
    assert frozen.code in row["fault"]
    assert row["fault"] in ran.err
    assert "2 buildings use" in ran.err


def test_a_building_without_a_model_is_a_row_of_its_code_and_the_others_keep_theirs():
    city = synthetic_city(3, 7)
    first, second, third = city.buildings
    hot = replace(city, buildings=(first, replace(second, supply_c=140.0), third))
    found = season_register(hot, load("fuxin-2010"), engine=SERIAL)
    assert [one.code for one in found.buildings] == [first.code, second.code, third.code]
    assert [bool(one.faults) for one in found.buildings] == [False, True, False]
    with speaking("en"):
        assert f"{second.code}: supply_c = 140" in str(found.buildings[1].faults[0])


@pytest.mark.slow
def test_every_engine_writes_the_same_bytes(fenhu, small_city, tmp_path, monkeypatch):
    monkeypatch.setattr("fenhu.stock.seasons._HOUSES_WORTH_PROCESSES", 1)

    def made(engine, *words):
        folder = tmp_path / engine
        ran = fenhu(
            "season", small_city, "--convert", "household_double", "--engine", engine, "--out", folder, *words
        )
        assert ran.code == 0, ran.err
        return ran.out, (folder / "season.json").read_bytes()

    serial, as_object = made("serial"), made("serial", "--json")
    for engine in ("processes", "dask"):
        assert made(engine) == serial
        assert made(engine, "--json") == as_object


@pytest.mark.parametrize(
    "words", [("--engine", "serial"), ("--scheduler", "tcp://10.0.0.1:8786"), ("--out", "o")]
)
def test_what_speaks_of_a_register_is_refused_for_one_building(fenhu, tmp_path, words):
    path = tmp_path / "house.toml"
    path.write_text("storeys = 4\nunits = 2\nflats_per_floor = 2\nflat_area_m2 = 75\n")
    refused(fenhu("season", path, *words), words[0], "house.toml is one building")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--scheduler", "tcp://10.0.0.1:8786"), "scheduler"),
        (("--engine", "steam"), "steam"),
        (("--convert", "igloo"), "igloo"),
        (("--policy", "atlantis-1999"), "atlantis-1999"),
        (("--weather", "nowhere.epw"), "nowhere.epw"),
    ],
)
def test_bad_arguments_are_refused(fenhu, small_city, words, says):
    refused(fenhu("season", small_city, *words), says)


def test_what_is_no_register_is_refused_in_words(fenhu, small_city, tmp_path):
    refused(fenhu("season", tmp_path / "nowhere.xlsx"), "nowhere.xlsx")
    (tmp_path / "letter.xlsx").write_text("Dear city,")
    refused(fenhu("season", tmp_path / "letter.xlsx"), "letter.xlsx")
    shutil.copy(small_city, tmp_path / "unnamed")
    assert fenhu("season", tmp_path / "unnamed", "--json").code == 0


def test_a_register_with_errors_exits_1_with_its_findings(fenhu, tmp_path):
    (tmp_path / "buildings.csv").write_text("code\nB1\n")
    ran = fenhu("season", tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "flats" in ran.err


def refused(ran, *says):
    """Hold a command to refusing in a sentence, with nothing on stdout."""
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert [one for one in says if one not in ran.err] == []
