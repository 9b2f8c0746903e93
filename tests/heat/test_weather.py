"""Weather: an artificial winter that keeps its station's data, weather files, and the heating curve."""

import sys
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu import tables
from fenhu.errors import InputFault, OutOfRange, UnknownItem, UnreadableFile
from fenhu.heat import HeatingCurve, Weather, read_epw, synthetic_weather

STATIONS = dict(tables.load("climate")["station"])
SUMMER, NEXT_SUMMER = date(2010, 7, 15), date(2011, 7, 14)
FUXIN = HeatingCurve(design_supply_c=70.0, design_return_c=50.0, design_outdoor_c=-15.7)


@pytest.mark.parametrize("name", STATIONS)
def test_five_days_of_a_year_are_colder_than_the_design_temperature(name):
    days = np.sort(synthetic_weather(name, SUMMER, NEXT_SUMMER).days())
    assert days[4] < STATIONS[name]["heating_c"] - 1e-6
    assert days[5] == pytest.approx(STATIONS[name]["heating_c"], abs=1e-6)


@pytest.mark.parametrize("name", STATIONS)
def test_the_cold_days_are_as_many_and_as_cold_as_the_station_says(name):
    days = synthetic_weather(name, SUMMER, NEXT_SUMMER).days()
    row = STATIONS[name]
    # Spells move single days over the limit, a tenth of them where a mild winter stays near it; half a day
    # is lost where the number of days is even.
    near = 4 if row["mean_c"] < 1.0 else 0.1 * row["days"]
    assert (days <= 5.0).sum() == pytest.approx(row["days"], abs=near)
    middle = (date(2011, 1, 14) - SUMMER).days
    half = row["days"] // 2
    assert days[middle - half : middle + half + 1].mean() == pytest.approx(row["mean_c"], abs=0.15)


def test_the_159_days_of_fuxin_have_a_mean_of_minus_4_8():
    # GB 50736-2012 appendix A; 27 October to 3 April.
    season = synthetic_weather("阜新", date(2010, 10, 27), date(2011, 4, 3)).days()
    assert len(season) == 159
    assert season.mean() == pytest.approx(-4.8, abs=1e-3)


def test_hours_swing_about_the_mean_of_their_day():
    first, last = date(2010, 11, 1), date(2011, 3, 31)
    hourly, daily = synthetic_weather("阜新", first, last, 1.0), synthetic_weather("阜新", first, last)
    assert len(hourly.outdoor_c) == 24 * len(daily.outdoor_c) == 24 * 151
    assert hourly.days() == pytest.approx(daily.outdoor_c, abs=0.2)
    assert hourly.daily().outdoor_c == pytest.approx(hourly.days())
    hours = hourly.outdoor_c.reshape(-1, 24).mean(axis=0)
    assert hours.argmax() in (14, 15)
    # The mean over an hour, half an hour from the top: 5.5 K·sin(π/24)/(π/24)·cos(π/24) = 5.44 K.
    assert hours.max() - hours.min() == pytest.approx(2 * 5.44, abs=0.1)


@given(st.sampled_from([0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 24.0]), st.sampled_from(sorted(STATIONS)))
def test_the_mean_of_a_winter_does_not_depend_on_the_step(step_h, station):
    first, last = date(2012, 11, 1), date(2013, 3, 31)
    coarse = synthetic_weather(station, first, last).outdoor_c.mean()
    assert synthetic_weather(station, first, last, step_h).outdoor_c.mean() == pytest.approx(coarse, abs=0.02)


def test_the_same_winter_comes_out_every_time():
    again = [synthetic_weather("沈阳", SUMMER, NEXT_SUMMER, 6.0).outdoor_c for _ in range(2)]
    assert np.array_equal(*again)


def test_a_winter_refuses_what_it_cannot_make():
    with pytest.raises(UnknownItem, match="阜新"):
        synthetic_weather("Atlantis", SUMMER, NEXT_SUMMER)
    with pytest.raises(OutOfRange):
        synthetic_weather("阜新", NEXT_SUMMER, SUMMER)
    for step_h in (5.0, 0.0, -1.0, 48.0, float("nan")):
        with pytest.raises(OutOfRange):
            synthetic_weather("阜新", SUMMER, NEXT_SUMMER, step_h)


def test_weather_is_cut_by_its_days():
    weather = Weather(date(2011, 1, 1), 12.0, np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))
    cut = weather.between(date(2011, 1, 2), date(2011, 1, 3))
    assert (cut.start, cut.outdoor_c.tolist()) == (date(2011, 1, 2), [3.0, 4.0, 5.0, 6.0])
    for first, last in ((date(2010, 12, 31), date(2011, 1, 1)), (date(2011, 1, 3), date(2011, 1, 4))):
        with pytest.raises(OutOfRange, match="2011-01-01"):
            weather.between(first, last)


def test_a_trailing_mean_takes_what_there_is_at_the_beginning():
    weather = Weather(date(2011, 1, 1), 12.0, np.array([1.0, 3.0, 8.0, 4.0]))
    assert weather.trailing_c(24.0).tolist() == [1.0, 2.0, 5.5, 6.0]
    assert weather.trailing_c(1.0).tolist() == [1.0, 3.0, 8.0, 4.0]


@pytest.mark.parametrize("value", [99.9, -120.0, float("nan")])
def test_weather_refuses_a_temperature_that_is_none(value):
    with pytest.raises(OutOfRange, match="2"):
        Weather(date(2011, 1, 1), 1.0, np.array([0.0, value]))
    with pytest.raises(InputFault):
        Weather(date(2011, 1, 1), 1.0, np.array([]))


def epw(outdoor_c, *, year=2003, month=1, hours=None):
    """Return the text of a weather file of one month with these hourly temperatures."""
    lines = ["LOCATION,FUXIN,LN,CHN,SYNTHETIC,542370,42.02,121.65,8.0,144.0", *["NOTHING"] * 7]
    for n, value in enumerate(outdoor_c):
        hour = n % 24 + 1 if hours is None else hours[n]
        lines.append(f"{year},{month},{n // 24 + 1},{hour},60,?9,{value},-20.0,50,101325" + ",0" * 25)
    return "\n".join(lines) + "\n"


def test_a_weather_file_gives_its_hours(tmp_path):
    typed = [-10.0, -10.4, -11.1, -11.7, -12.3, -12.8, -13.0, -12.2, -10.5, -8.1, -6.0, -4.2,
             -3.0, -2.2, -1.9, -2.4, -3.8, -5.3, -6.4, -7.3, -8.0, -8.7, -9.2, -9.7]  # fmt: skip
    path = tmp_path / "FUXIN.epw"
    path.write_text(epw(typed + [value + 1.0 for value in typed]), encoding="utf-8")
    weather = read_epw(path)
    assert (weather.start, weather.step_h) == (date(2003, 1, 1), 1.0)
    assert weather.outdoor_c[:24].tolist() == typed
    # The typed hours add up to -190.2.
    assert weather.days() == pytest.approx([-190.2 / 24, -190.2 / 24 + 1.0])


def test_a_typical_year_twice_in_a_row_has_a_whole_winter():
    year = Weather(date(2003, 1, 1), 24.0, np.arange(365.0) / 10.0)
    winter = year.repeated().between(date(2003, 11, 1), date(2004, 3, 31))
    # 61 days of November and December, from the 305th day on, then 31 + 29 + 31 days of the year's beginning.
    assert winter.outdoor_c == pytest.approx([n / 10.0 for n in (*range(304, 365), *range(91))])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no weather at all\n",
        epw([]),
        epw([-3.0] * 23),
        epw([-3.0] * 24, hours=[1, *range(1, 24)]),
        epw([-3.0] * 23 + [99.9]),
        epw([-3.0] * 23 + ["cold"]),
        epw([-3.0] * 24, month=13),
    ],
    ids=["empty", "prose", "no hours", "an hour short", "an hour twice", "missing", "a word", "month 13"],
)
def test_a_broken_weather_file_is_refused_by_name(tmp_path, content):
    path = tmp_path / "broken.epw"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"broken\.epw"):
        read_epw(path)


def test_a_missing_weather_file_is_refused_by_name(tmp_path):
    with pytest.raises(UnreadableFile, match=r"nowhere\.epw"):
        read_epw(tmp_path / "nowhere.epw")


def test_without_its_library_a_weather_file_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pvlib.iotools", None)
    with pytest.raises(InputFault, match=r"pip install fenhu\[weather\]"):
        read_epw(tmp_path / "any.epw")


def test_the_heating_curve_meets_its_design_and_stops_at_the_room():
    assert FUXIN.supply_c(-15.7) == pytest.approx(70.0)
    assert FUXIN.supply_c(-30.0) == pytest.approx(70.0)
    assert FUXIN.supply_c(18.0) == FUXIN.supply_c(25.0) == pytest.approx(18.0)


def test_at_half_the_load_the_curve_gives_the_hand_calculated_supply():
    # Half load at (18 - 15.7)/2 = 1.15 °C: 18 + 42·0.5^(1/1.3) + 10·0.5 = 18 + 42·0.58673 + 5 = 47.643.
    assert FUXIN.supply_c(1.15) == pytest.approx(47.643, abs=1e-3)


@given(st.floats(-40.0, 30.0), st.floats(-40.0, 30.0), st.floats(1.0, 1.6))
def test_colder_weather_never_lowers_the_supply(one_c, other_c, exponent):
    curve = HeatingCurve(
        design_supply_c=75.0, design_return_c=50.0, design_outdoor_c=-20.0, exponent=exponent, lowest_c=30.0
    )
    cold, mild = sorted((one_c, other_c))
    assert 30.0 <= curve.supply_c(mild) <= curve.supply_c(cold) <= 75.0 + 1e-9


@pytest.mark.parametrize(
    "wrong", [{"design_supply_c": 45.0}, {"room_c": 55.0}, {"design_outdoor_c": 19.0}, {"exponent": 0.9}]
)
def test_the_curve_refuses_temperatures_that_do_not_fall(wrong):
    known = {"design_supply_c": 70.0, "design_return_c": 50.0, "design_outdoor_c": -15.7}
    with pytest.raises(OutOfRange):
        HeatingCurve(**{**known, **wrong})


@given(st.floats(-25.0, 10.0), st.floats(0.1, 0.6), st.floats(30.0, 90.0))
def test_a_curve_through_a_day_gives_that_day_s_supply(outdoor_c, fall_ratio, supply_c):
    curve = HeatingCurve.through(supply_c, outdoor_c, design_outdoor_c=-15.7, fall_ratio=fall_ratio)
    assert curve.supply_c(outdoor_c) == pytest.approx(supply_c)
    fall_k = curve.design_supply_c - curve.design_return_c
    assert fall_k == pytest.approx(fall_ratio * (curve.design_supply_c - 18.0))


def test_the_curve_through_the_design_day_is_that_of_the_design():
    # From 70 to 50 °C is 20 of the 52 K above the room.
    curve = HeatingCurve.through(70.0, -15.7, design_outdoor_c=-15.7, fall_ratio=20.0 / 52.0)
    assert (curve.design_supply_c, curve.design_return_c) == pytest.approx((70.0, 50.0))


@pytest.mark.parametrize(("supply_c", "outdoor_c"), [(60.0, 18.0), (60.0, 25.0), (18.0, -5.0)])
def test_no_curve_goes_through_a_day_without_heating(supply_c, outdoor_c):
    with pytest.raises(OutOfRange, match="18"):
        HeatingCurve.through(supply_c, outdoor_c, design_outdoor_c=-15.7, fall_ratio=0.4)
