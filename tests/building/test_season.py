"""A building through time: its balance closes, it tends to the steady state, and a conversion shows."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu import building, heat
from fenhu.building import convert, describe, network_of, simulate_season, simulate_seasons
from fenhu.errors import InputFault, SolverFault
from fenhu.heat import Draft, Drive, HeatingCurve, Weather, simulate_transient, synthetic_weather
from fenhu.records import SystemForm

CURVE = HeatingCurve(design_supply_c=70.0, design_return_c=50.0, design_outdoor_c=-15.7)
WINTER = synthetic_weather("阜新", date(2010, 11, 1), date(2011, 3, 31))
MONTH = WINTER.between(date(2011, 1, 1), date(2011, 1, 30))
NEVER_C = 99.0


def house(**known):
    return describe(**{"storeys": 4, "units": 2, "flats_per_floor": 2, "flat_area_m2": 75.0, **known})


def constant(outdoor_c, days, *, before_c=None, step_h=24.0):
    """Return a day of one weather and many of another."""
    values = np.full(round(days * 24 / step_h), outdoor_c)
    values[: round(24 / step_h)] = outdoor_c if before_c is None else before_c
    return Weather(date(2011, 1, 1), step_h, values)


def lone_room(*, ua_w_k, gains_w, outdoor_c, capacity_j_k, step_h, open_above_c=NEVER_C, radiator_w=0.0):
    """Return one room through time, with no more than a pipe or a radiator of constant supply in it."""
    draft = Draft(0.0)
    supply, back = (
        draft.add_node("s", pressure_pa=3000.0, entering_c=70.0),
        draft.add_node("r", pressure_pa=0.0),
    )
    room = draft.add_room("room", ua_w_k, gains_w)
    middle = draft.add_node("m")
    draft.add_pipe("p", supply, middle, 10.0, 0.02, 2e-4)
    if radiator_w:
        constant_k = heat.radiator_constant(radiator_w, 70.0, 50.0, 18.0, 1.3)
        draft.add_radiator("q", middle, back, room, constant_k, 1.3, kv_m3_h=0.5)
    else:
        draft.add_pipe("q", middle, back, 10.0, 0.02, 2e-4)
    steps = len(outdoor_c)
    return simulate_transient(
        draft.network(),
        Drive(
            step_h=step_h, outdoor_c=np.asarray(outdoor_c, float), supply_c=np.full(steps, 70.0),
            capacity_j_k=np.array([capacity_j_k]), open_above_c=np.array([open_above_c]), supply=supply,
            back=back,
        ),
    )  # fmt: skip


def test_a_lone_room_cools_by_the_exponential_of_its_time_constant():
    # 3.6 MJ/K over 100 W/K is 10 h. At 0 °C outdoors 2 kW hold 20 °C; at -10 °C it tends to 10 °C.
    outdoor_c = [0.0] + [-10.0] * 1000
    found = lone_room(ua_w_k=100.0, gains_w=2000.0, outdoor_c=outdoor_c, capacity_j_k=3.6e6, step_h=0.01)
    assert found.start_c[0] == found.room_c[0, 0] == pytest.approx(20.0, abs=1e-4)
    # 10 + 10/e after one time constant; the implicit rule gives 10 + 10/1.001^1000 = 13.6806.
    assert found.room_c[1000, 0] == pytest.approx(10.0 + 10.0 / math.e, abs=2.5e-3)
    assert found.room_c[1000, 0] == pytest.approx(13.6806, abs=1e-4)


def test_a_day_s_step_of_a_lone_room_is_the_implicit_rule():
    # Step over time constant is 2.4: (20 + 2.4·10)/3.4 = 12.9412 °C, then (12.9412 + 24)/3.4 = 10.8651 °C.
    found = lone_room(
        ua_w_k=100.0, gains_w=2000.0, outdoor_c=[0.0, -10.0, -10.0], capacity_j_k=3.6e6, step_h=24.0
    )
    assert found.room_c[:, 0] == pytest.approx([20.0, 12.9412, 10.8651], abs=1e-4)


def test_an_opened_window_takes_what_would_warm_the_room_further():
    # 4 kW and 100 W/K at 0 °C would give 40 °C; at 20 °C 2 kW leave through the shell and 2 kW by the window.
    found = lone_room(
        ua_w_k=100.0, gains_w=4000.0, outdoor_c=[0.0] * 5, capacity_j_k=3.6e6, step_h=24.0, open_above_c=20.0
    )
    assert found.room_c[-1, 0] == pytest.approx(20.0, abs=0.05)
    assert found.ventilated_w[-1, 0] == pytest.approx(2000.0, abs=5.0)
    assert found.outdoors_w[-1] == pytest.approx(2000.0, abs=5.0)


@given(
    st.floats(20.0, 300.0), st.floats(0.0, 3000.0), st.floats(1e5, 1e8), st.sampled_from([0.25, 1.0, 24.0]),
    st.lists(st.floats(-30.0, 15.0), min_size=2, max_size=8), st.floats(500.0, 5000.0),
)  # fmt: skip
def test_heat_in_is_heat_out_and_heat_kept(ua_w_k, gains_w, capacity_j_k, step_h, outdoor_c, radiator_w):
    found = lone_room(
        ua_w_k=ua_w_k, gains_w=gains_w, outdoor_c=outdoor_c, capacity_j_k=capacity_j_k, step_h=step_h,
        open_above_c=20.0, radiator_w=radiator_w,
    )  # fmt: skip
    kept_w = np.diff(found.room_c[:, 0], prepend=found.start_c) * capacity_j_k / (step_h * 3600.0)
    balance_w = found.to_rooms_w + gains_w - found.outdoors_w - found.ventilated_w[:, 0] - kept_w
    assert np.abs(balance_w).max() < 1.0
    assert found.room_c.max() < 20.1
    assert (found.ventilated_w >= 0.0).all()


@pytest.mark.parametrize("form", [None, SystemForm.HOUSEHOLD_DOUBLE, SystemForm.VERTICAL_SINGLE_BYPASS])
def test_the_balance_of_a_season_closes(form):
    before = house(corrosion=2)
    season = simulate_season(convert(before, form) if form else before, WINTER, CURVE)
    energy_kwh = season.summary().energy_kwh
    assert energy_kwh > 10_000.0
    assert abs(season.error_kwh) < 1e-4 * energy_kwh
    assert (season.ventilated_w >= 0.0).all()


@pytest.mark.parametrize("form", [None, SystemForm.UNIT_DOUBLE])
def test_constant_weather_ends_in_the_steady_state(form):
    known = convert(house(), form) if form else house()
    weather = constant(-12.0, 40, before_c=5.0)
    season = simulate_season(known, weather, CURVE, ventilate_above_c=NEVER_C)
    steady = building.solve(replace(known, outdoor_c=-12.0, supply_c=float(CURVE.supply_c(-12.0))))
    assert np.abs(season.room_c[0] - steady.room_c).max() > 0.05
    assert season.room_c[-1] == pytest.approx(steady.room_c, abs=0.01)
    assert season.heat_w[-1] == pytest.approx(steady.balance().supplied_w, rel=1e-3)


def test_a_heavier_building_follows_more_slowly():
    known, weather = house(), constant(-15.0, 3, before_c=0.0)
    cold = HeatingCurve(design_supply_c=45.0, design_return_c=40.0, design_outdoor_c=-15.7)
    left_c = []
    for stored in (80e3, 165e3, 260e3, 520e3):
        heavy = replace(known, shell=replace(known.shell, heat_capacity_j_m2k=stored))
        left_c.append(simulate_season(heavy, weather, cold, ventilate_above_c=NEVER_C).room_c[1])
    assert (np.diff(left_c, axis=0) > 0.0).all()


def test_the_year_built_says_how_heavy_a_building_is():
    old, new = house(year_built=1982), house(year_built=2005)
    assert old.shell.heat_capacity_j_m2k > new.shell.heat_capacity_j_m2k
    assert "heat_capacity_j_m2k" in {one.key for one in old.assumed}


def test_after_a_conversion_fewer_hours_are_below_18():
    before = house(corrosion=3, inlet_kpa=6.0, storeys=6)
    old, new = (
        simulate_season(one, WINTER, CURVE).summary()
        for one in (before, convert(before, SystemForm.HOUSEHOLD_DOUBLE))
    )
    assert old.below_18_h.max() > 500.0
    assert new.below_18_h.sum() < 0.2 * old.below_18_h.sum()
    assert new.below_18_k_h.sum() < 0.2 * old.below_18_k_h.sum()
    assert new.flats_below_18 <= old.flats_below_18


def test_hours_and_kelvin_hours_below_18_are_counted_by_flat():
    season = simulate_season(house(corrosion=3, inlet_kpa=4.0), MONTH, CURVE)
    summary = season.summary()
    short = [[max(18.0 - value, 0.0) for value in flat] for flat in season.room_c.T]
    assert summary.below_18_h.tolist() == [24.0 * sum(one > 0.0 for one in flat) for flat in short]
    assert summary.below_18_k_h == pytest.approx([24.0 * sum(flat) for flat in short])
    assert summary.duration_h == 720.0
    assert len(summary.below_18_h) == len(season.flat_ids) == 16


def test_no_flat_gets_warmer_than_people_stand_and_the_warm_ones_ventilate():
    known = house(heat_load_w_m2=30.0)
    season = simulate_season(known, MONTH, CURVE)
    assert season.room_c.max() < 20.05
    ventilates = season.ventilated_w > 0.0
    assert ventilates.any()
    assert (season.room_c[ventilates] > 20.0 - 1e-9).all()
    shut = simulate_season(known, MONTH, CURVE, ventilate_above_c=NEVER_C)
    assert not shut.ventilated_w.any()
    assert shut.room_c.max() > 20.5


def test_thermostats_shut_before_windows_open():
    # Set to 20 °C with a band of 2 K: shut at 21 °C.
    season = simulate_season(convert(house(heat_load_w_m2=12.0), SystemForm.HOUSEHOLD_DOUBLE), MONTH, CURVE)
    assert season.room_c.max() < 21.05
    assert (season.room_c[season.ventilated_w > 0.0] > 21.0 - 1e-9).all()


def test_pumping_is_pressure_times_volume_over_efficiency():
    # 12 kPa at the inlet; water of 70 °C has 977.7 kg/m³; pump and motor together 0.55.
    season = simulate_season(house(inlet_kpa=12.0), constant(-15.7, 3), CURVE)
    expected_w = 12_000.0 * season.mass_flow_kg_s / 977.7 / 0.55
    assert season.pump_w == pytest.approx(expected_w, rel=1e-3)
    assert season.summary().pump_kwh == pytest.approx(expected_w.sum() * 24.0 / 1000.0, rel=1e-3)


def resolved_c(known, weather, limit_c=20.0):
    """Return the flats' temperatures with every step solved to the engine's own tolerance."""
    network = network_of(known).network
    figures = network.figures
    supply_c = CURVE.supply_c(weather.trailing_c(24.0))
    stored = known.shell.heat_capacity_j_m2k * np.array([flat.area_m2 for flat in known.flats])
    stored_w_k = stored / (weather.step_h * 3600.0)
    limit_c = 21.0 if known.pipework.thermostats else limit_c

    def step(n, ua_w_k, gains_w, start):
        now = figures._replace(
            entering_c=np.where(np.isnan(figures.entering_c), np.nan, supply_c[n]),
            outdoor_c=float(weather.outdoor_c[n]), room_ua_w_k=ua_w_k, room_gains_w=gains_w,
        )  # fmt: skip
        return heat.solve(replace(network, figures=now), start)

    state = step(0, figures.room_ua_w_k, figures.room_gains_w, None)
    room_c, found = np.minimum(state.room_c, limit_c), []
    for n, outdoor_c in enumerate(weather.outdoor_c):
        windows = None
        while windows is None or (windows != (state.room_c > limit_c)).any():
            windows = state.room_c > limit_c
            ua_w_k = figures.room_ua_w_k + stored_w_k + 1e5 * windows
            kept_w = stored_w_k * (room_c - outdoor_c) + 1e5 * windows * (limit_c - outdoor_c)
            state = step(n, ua_w_k, figures.room_gains_w + kept_w, state)
        room_c = state.room_c.copy()
        found.append(room_c)
    return np.array(found)


@pytest.mark.parametrize(
    ("known", "form"),
    [
        ({"inlet_kpa": 3.0}, None),
        ({"corrosion": 3}, SystemForm.HOUSEHOLD_DOUBLE),
        ({"inlet_kpa": 1.0}, SystemForm.VERTICAL_SINGLE_BYPASS),
        ({"system_form": "horizontal_single", "inlet_kpa": 2.0}, None),
    ],
)
@pytest.mark.parametrize("step_h", [24.0, 1.0])
def test_flows_renewed_as_they_change_stay_within_a_tenth_kelvin_of_every_step_solved(known, form, step_h):
    sampled = convert(house(**known), form) if form else house(**known)
    last = date(2011, 1, 30) if step_h == 24.0 else date(2011, 1, 3)
    weather = synthetic_weather("阜新", date(2011, 1, 1), last, step_h)
    season = simulate_season(sampled, weather, CURVE)
    assert np.abs(season.room_c - resolved_c(sampled, weather)).max() < 0.1


def test_hours_and_days_tell_the_same_season():
    hourly = synthetic_weather("阜新", date(2011, 1, 1), date(2011, 1, 30), 1.0)
    fine, coarse = (simulate_season(house(), one, CURVE).summary() for one in (hourly, hourly.daily()))
    assert fine.energy_kwh == pytest.approx(coarse.energy_kwh, rel=0.02)
    assert fine.mean_c == pytest.approx(coarse.mean_c, abs=0.3)


def test_a_building_whose_water_would_freeze_in_the_season_is_refused():
    cool = HeatingCurve(design_supply_c=22.0, design_return_c=20.0, design_outdoor_c=-15.7)
    weather = constant(-40.0, 20, before_c=10.0)
    with pytest.raises(SolverFault, match=r"-\d+\.\d °C"):
        simulate_season(house(heat_load_w_m2=150.0, inlet_kpa=0.2), weather, cool)


def test_many_seasons_come_in_order_each_with_its_figures_or_its_fault():
    good = house(code="good")
    # Water drawn off at the supply comes in by the return, of which nobody told the temperature.
    bad = replace(good, inlet_kg_s=-0.5)
    first, fault, second = simulate_seasons([good, bad, good], MONTH, CURVE)
    assert isinstance(fault, InputFault)
    assert first.code == second.code == "good"
    assert first.energy_kwh == second.energy_kwh
    assert first.energy_kwh == simulate_season(good, MONTH, CURVE).summary().energy_kwh
