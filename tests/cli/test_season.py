"""``fenhu season``: a heating season of one building, before and after conversion."""

import json
import math
import sys
from datetime import date, timedelta

import pytest

# Worn pipes and a weak inlet: somebody is cold.
HOUSE = "storeys = 4\nunits = 2\nflats_per_floor = 2\nflat_area_m2 = 75\ncorrosion = 3\ninlet_kpa = 6\n"
FLATS = 16
# The heating season of the policy, 1 November to 31 March, in a winter without a 29 February.
SEASON_DAYS, SEASON_H = 151, 3624


@pytest.fixture
def house(tmp_path):
    path = tmp_path / "house.toml"
    path.write_text(HOUSE)
    return path


def epw(path, start, days, outdoor_c):
    """Write a weather file that gives ``outdoor_c(day, hour)`` for every hour; hours count from 1."""
    lines = ["LOCATION,FUXIN,LN,CHN,SYNTHETIC,542370,42.02,121.65,8.0,144.0", *["NOTHING"] * 7]
    for day in (start + timedelta(days=n) for n in range(days)):
        for hour in range(1, 25):
            value = f"{day.year},{day.month},{day.day},{hour},60,?9,{outdoor_c(day, hour):.1f}"
            lines.append(f"{value},-20.0,50,101325" + ",0" * 25)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def cold_winter(day, hour):
    return 8.0 - 16.0 * math.cos(2.0 * math.pi * (day.timetuple().tm_yday - 15) / 365.0) + 0.1 * hour


def test_without_a_form_there_is_only_the_season_before(fenhu, house):
    answer = fenhu("season", house, "--json").json()
    assert answer["status"] == "converged"
    assert answer["after"] is None
    assert answer["before"]["system_form"] == "vertical_single_series"
    assert len(answer["before"]["flats"]) == FLATS
    assert answer["season"]["length_days"] == SEASON_DAYS
    assert (answer["season"]["first_day"][5:], answer["season"]["last_day"][5:]) == ("11-01", "03-31")


def test_a_building_file_saved_with_a_byte_order_mark_is_read(fenhu, house):
    plain = fenhu("season", house, "--json").json()
    house.write_text(HOUSE, encoding="utf-8-sig")
    assert fenhu("season", house, "--json").json() == plain


def test_the_season_before_is_the_same_with_and_without_a_conversion(fenhu, house):
    alone = fenhu("season", house, "--json").json()
    both = fenhu("season", house, "--convert", "unit_double", "--json").json()
    assert both["before"] == alone["before"]
    assert both["assumed"] == alone["assumed"]
    assert both["after"]["system_form"] == "unit_double"


def test_a_conversion_to_no_form_in_particular_is_to_the_one_the_policy_builds(fenhu, house):
    answer = fenhu("season", house, "--json", "--convert").json()
    assert answer["after"]["system_form"] == "household_double"


def test_after_the_conversion_fewer_hours_are_below_18(fenhu, house):
    answer = fenhu("season", house, "--convert", "household_double", "--json").json()
    before, after = answer["before"]["totals"], answer["after"]["totals"]
    assert before["worst_below_18_h"] > 500.0
    assert after["worst_below_18_h"] < 0.2 * before["worst_below_18_h"]
    assert after["below_18_k_h"] < 0.2 * before["below_18_k_h"]
    assert after["flats_below_18"] < before["flats_below_18"]
    assert after["coldest_flat_mean_c"] > before["coldest_flat_mean_c"]


@pytest.mark.parametrize("state", ["before", "after"])
def test_totals_are_what_the_flats_say_together(fenhu, house, state):
    found = fenhu("season", house, "--convert", "--json").json()[state]
    totals, flats = found["totals"], list(found["flats"].values())
    for key in ("area_m2", "ventilated_gj", "below_18_h", "below_18_k_h", "above_20_h"):
        assert totals[key] == pytest.approx(sum(flat[key] for flat in flats))
    assert totals["area_m2"] == FLATS * 75.0
    assert totals["heat_gj_m2"] == pytest.approx(totals["heat_gj"] / totals["area_m2"])
    assert totals["mean_c"] == pytest.approx(sum(flat["mean_c"] for flat in flats) / FLATS)
    for side in ("below_18", "above_20"):
        hours = [flat[f"{side}_h"] for flat in flats]
        assert totals[f"worst_{side}_h"] == max(hours) <= SEASON_H
        assert totals[f"flats_{side}"] == sum(value > 0.0 for value in hours)
    means = [flat["mean_c"] for flat in flats]
    assert (totals["coldest_flat_mean_c"], totals["warmest_flat_mean_c"]) == (min(means), max(means))


def test_heat_is_what_dwellings_of_the_time_use(fenhu, tmp_path):
    # 54 W/m² at 18 °C inside and -15.7 °C outdoors lose 54·(18 + 5.2)/33.7 = 37 W/m² on the mean day of
    # -5.2 °C: 0.49 GJ/m² in 151 days. Gains, cold and warm flats move it by no more than a fifth.
    path = tmp_path / "house.toml"
    path.write_text("storeys = 6\nunits = 3\nflats_per_floor = 2\nflat_area_m2 = 75\nheat_load_w_m2 = 54\n")
    answer = fenhu("season", path, "--json").json()
    assert answer["before"]["totals"]["heat_gj_m2"] == pytest.approx(0.49, rel=0.2)


def test_the_table_says_what_the_object_says(fenhu, house):
    totals = fenhu("season", house, "--json").json()["before"]["totals"]
    ran = fenhu("season", house)
    rows = {line.strip().split("  ")[0]: line.split() for line in ran.out.splitlines()}
    assert rows["heat used GJ"][-2:] == [f"{totals['heat_gj']:.1f}", "—"]
    assert rows["pump electricity kWh"][-2] == f"{totals['pump_kwh']:.0f}"
    assert rows["flats below 18 ℃ at times"][-2] == str(totals["flats_below_18"])
    assert rows["hours below 18 ℃, worst flat"][-2] == f"{totals['worst_below_18_h']:.0f}"
    assert rows["mean of the coldest flat ℃"][-2] == f"{totals['coldest_flat_mean_c']:.1f}"


def test_what_nobody_gave_is_named_with_its_reason(fenhu, house):
    answer = fenhu("season", house, "--json").json()
    assumed = {one["key"]: one for one in answer["assumed"]}
    assert {"supply_c", "heat_capacity_j_m2k", "weather", "design_return_c", "pump_efficiency_ratio"} <= set(
        assumed
    )
    assert all(one["reason"] for one in answer["assumed"])
    ran = fenhu("season", house)
    assert [one for one in assumed if f"Assumed {one} = " not in ran.out] == []


def test_the_table_speaks_chinese_first(fenhu, house, monkeypatch):
    monkeypatch.delenv("FENHU_LANG")
    ran = fenhu("season", house, "--convert")
    assert ran.code == 0
    for words in ("改造前", "改造后", "耗热量 GJ", "水泵耗电 kWh", "假设 weather = 阜新"):
        assert words in ran.out


def test_only_the_object_stands_on_stdout(fenhu, house):
    ran = fenhu("season", house, "--json")
    assert ran.code == 0
    assert ran.out.count("\n") == 1
    assert json.loads(ran.out)
    assert "151 days" in ran.err


def test_hours_and_days_tell_the_same_season(fenhu, house):
    by_days = fenhu("season", house, "--json").json()
    by_hours = fenhu("season", house, "--hourly", "--json").json()
    assert (by_days["season"]["step_h"], by_hours["season"]["step_h"]) == (24.0, 1.0)
    assert by_hours["season"]["outdoor_min_c"] < by_days["season"]["outdoor_min_c"]
    daily, hourly = by_days["before"]["totals"], by_hours["before"]["totals"]
    assert hourly["heat_gj"] == pytest.approx(daily["heat_gj"], rel=0.02)
    assert hourly["worst_below_18_h"] == pytest.approx(daily["worst_below_18_h"], abs=0.1 * SEASON_H)


def test_a_year_of_a_weather_file_gives_its_winter(fenhu, house, tmp_path):
    path = epw(tmp_path / "year.epw", date(2003, 1, 1), 365, cold_winter)
    answer = fenhu("season", house, "--weather", path, "--json").json()
    assert answer["season"]["length_days"] == SEASON_DAYS
    # 0.1·(1 + … + 24)/24 = 1.25 °C above the cosine, whose lowest day is 15 January.
    assert answer["season"]["outdoor_min_c"] == pytest.approx(8.0 - 16.0 + 1.25, abs=0.05)
    assumed = {one["key"]: one["value"] for one in answer["assumed"]}
    assert assumed["weather"] == "year.epw"


def test_a_winter_of_a_weather_file_keeps_its_dates(fenhu, house, tmp_path):
    path = epw(tmp_path / "winter.epw", date(2014, 10, 1), 212, cold_winter)
    answer = fenhu("season", house, "--weather", path, "--hourly", "--json").json()
    assert (answer["season"]["first_day"], answer["season"]["last_day"]) == ("2014-11-01", "2015-03-31")
    assert answer["season"]["step_h"] == 1.0
    assert "weather" not in {one["key"] for one in answer["assumed"]}


def test_a_colder_winter_takes_more_heat(fenhu, house, tmp_path):
    mild = epw(tmp_path / "mild.epw", date(2003, 1, 1), 365, lambda day, hour: cold_winter(day, hour) + 4.0)
    cold = epw(tmp_path / "cold.epw", date(2003, 1, 1), 365, cold_winter)
    heat_gj = [
        fenhu("season", house, "--weather", path, "--json").json()["before"]["totals"]["heat_gj"]
        for path in (mild, cold)
    ]
    assert heat_gj[0] < heat_gj[1]


def test_water_measured_on_a_mild_day_is_carried_to_the_design_day(fenhu, tmp_path):
    # At -5 °C 23/33.7 of the design heat is needed; 52 K over 18 °C at 70/50 are there
    # 42·0.68249^(1/1.3) + 10·0.68249 = 31.305 + 6.825 = 38.13 K: 56.13 °C.
    path = tmp_path / "house.toml"
    path.write_text(HOUSE + "outdoor_c = -5\nsupply_c = 56.13\n")
    answer = fenhu("season", path, "--json").json()
    assumed = {one["key"]: one["value"] for one in answer["assumed"]}
    assert assumed["design_supply_c"] == pytest.approx(70.0, abs=0.1)
    path.write_text(HOUSE + "outdoor_c = -15.7\nsupply_c = 70\n")
    designed = fenhu("season", path, "--json").json()
    heat_gj = [one["before"]["totals"]["heat_gj"] for one in (answer, designed)]
    assert heat_gj[0] == pytest.approx(heat_gj[1], rel=2e-3)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("outdoor_c = 9\nsupply_c = 45\n", "outdoor_c = 9"),
        ("outdoor_c = 4\nsupply_c = 90\n", "supply_c = 90"),
        ("story_height = 3\n", "story_height"),
        ("heat_load_w_m2 = 150\nsupply_c = 21\n", "as vertical_single_series"),
    ],
    ids=["a warm day", "water too hot to carry over", "a misspelt key", "frozen"],
)
def test_a_building_without_a_season_exits_2_and_says_why(fenhu, tmp_path, given, says):
    path = tmp_path / "house.toml"
    path.write_text(HOUSE.replace("inlet_kpa = 6", "inlet_kpa = 0.2") + given)
    refused(fenhu("season", path, "--json"), says)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        ("", "LOCATION"),
        ("<html>not found</html>\n", "LOCATION"),
        ("LOCATION,a,b,c,d,e,1,2,3,4\n" + "x\n" * 7 + "1,2,3\n" * 24, "EnergyPlus"),
    ],
    ids=["missing", "empty", "a web page", "columns missing"],
)
def test_a_bad_weather_file_exits_2_and_is_named(fenhu, house, tmp_path, content, says):
    path = tmp_path / "bad.epw"
    if content is not None:
        path.write_text(content)
    refused(fenhu("season", house, "--weather", path), "bad.epw", says)


def test_weather_without_a_season_exits_2_and_says_what_is_expected(fenhu, house, tmp_path):
    path = epw(tmp_path / "month.epw", date(2015, 1, 1), 31, cold_winter)
    refused(fenhu("season", house, "--weather", path), "month.epw", "31 days", "2015-11-01")


def test_without_its_library_a_weather_file_says_what_to_install(fenhu, house, tmp_path, monkeypatch):
    path = epw(tmp_path / "year.epw", date(2003, 1, 1), 1, cold_winter)
    monkeypatch.setitem(sys.modules, "pvlib.iotools", None)
    refused(fenhu("season", house, "--weather", path), "pip install fenhu[weather]")


def test_a_network_file_exits_2_and_says_what_a_season_needs(fenhu, tmp_path):
    path = tmp_path / "net.json"
    path.write_text("{}")
    refused(fenhu("season", path), "net.json", ".toml")


@pytest.mark.parametrize(
    "words", [("--convert", "igloo"), ("--policy", "atlantis-1999"), ("--weather",), ("--yearly",)]
)
def test_bad_arguments_exit_2_and_are_named(fenhu, house, words):
    refused(fenhu("season", house, *words), words[-1])


def refused(ran, *says):
    """Hold a command to refusing in a sentence, with nothing on stdout."""
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert [one for one in says if one not in ran.err] == []
