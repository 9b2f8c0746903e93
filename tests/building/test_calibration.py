"""Calibration: planted faults are found, with a doubt that is honest."""

import math

import numpy as np
import pytest

from fenhu import building
from fenhu.building import Measured, calibrate, flats_to_measure
from fenhu.building.calibration.model import Model
from fenhu.errors import InputFault, OutOfRange, SolverFault

KNOWN = {"storeys": 6, "units": 3, "flats_per_floor": 2, "flat_area_m2": 75.0, "supply_c": 68.0,
         "inlet_kpa": 12.0}  # fmt: skip
SHARE = 0.4  # what a planted riser still carries


def a_house(form="vertical_single_series"):
    return building.describe(**KNOWN, system_form=form)


@pytest.fixture(scope="module")
def series():
    return Model(a_house())


def carries(model, way, blocked_log):
    """Return what a blocked way carries; nothing where so much blockage would let its water freeze."""
    try:
        return model.state(0.0, 0.0, {way: blocked_log}).mass_flow_kg_s[model.made.ways[way].link]
    except SolverFault:
        return 0.0


def planted(model, way, share=SHARE):
    """Return the state in which a way carries so much of what it would carry."""
    low, high, whole = 0.0, 6.0, carries(model, way, 0.0)
    for _ in range(30):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if carries(model, way, middle) > share * whole else (low, middle)
    return model.state(0.0, 0.0, {way: low})


def measured(model, state, flats, *, noise_k=0.0, random=None, **inlet):
    numbers = {flat: model.made.flat_ids.index(flat) for flat in flats}
    off_k = {flat: random.normal(0.0, noise_k) if random else 0.0 for flat in flats}
    rooms = {flat: float(state.room_c[number]) + off_k[flat] for flat, number in numbers.items()}
    return Measured(room_c=rooms, **inlet)


def place_of(way, found):
    """Return where in the list of suspects a way stands, and that suspect."""
    at = next(n for n, one in enumerate(found.suspects) if way + 1 in one.ways)
    return at, found.suspects[at]


def trial(model, random, plan):
    way = int(random.integers(len(model.made.ways)))
    given = measured(model, planted(model, way), plan, noise_k=0.5, random=random)
    return place_of(way, calibrate(model.building, given))


def test_a_planted_riser_is_named_with_its_share(series):
    given = measured(series, planted(series, 4), series.made.flat_ids)
    found = calibrate(series.building, given)
    at, suspect = place_of(4, found)
    assert (at, suspect.named) == (0, True)
    assert abs(suspect.share.value - SHARE) <= suspect.share.error
    assert str(round(100 * suspect.share.value)) in str(found.sentences[0])


@pytest.mark.parametrize(
    "form",
    ["vertical_single_bypass", "vertical_double", "horizontal_double", "unit_double", "household_double"],
)
def test_in_every_form_with_parallel_ways_the_blocked_one_is_found(form):
    model = Model(a_house(form))
    way = len(model.made.ways) - 1
    given = measured(model, planted(model, way), model.made.flat_ids)
    at, suspect = place_of(way, calibrate(model.building, given))
    assert (at, suspect.named) == (0, True)
    assert abs(suspect.share.value - SHARE) <= 2.0 * suspect.share.error


def test_a_cooler_supply_and_a_leaky_house_are_told_apart_by_the_heat_meter(series):
    truth = series.state(-8.0, math.log(1.2), {})
    inlet = {
        "flow_kg_s": sum(
            float(truth.mass_flow_kg_s[k])
            for k in np.flatnonzero(series.network.topology.join[:, 0] == series.made.supply)
        ),
        "return_c": float(truth.temperature_c[series.network.node_ids.index("return")]),
    }
    found = calibrate(series.building, measured(series, truth, series.made.flat_ids, **inlet))
    assert abs(found.supply_c.value - 60.0) <= 2.0 * found.supply_c.error
    assert abs(found.loss_ratio.value - 1.2) <= 2.0 * found.loss_ratio.error
    assert not any(suspect.named for suspect in found.suspects)
    assert any("60" in str(sentence) for sentence in found.sentences)


def test_a_house_that_is_as_assumed_raises_no_suspicion(series):
    found = calibrate(series.building, measured(series, series.base, series.made.flat_ids))
    assert not any(suspect.named for suspect in found.suspects)
    assert len(found.sentences) == 1
    assert found.misfit == pytest.approx(0.0, abs=0.1)


def test_two_blocked_risers_are_both_named(series):
    both = series.state(0.0, 0.0, {1: 2.5, 13: 2.5})
    found = calibrate(series.building, measured(series, both, series.made.flat_ids, noise_k=0.0))
    assert {1 + 1 in one.ways or 13 + 1 in one.ways for one in found.suspects if one.named} == {True}
    assert sum(one.named for one in found.suspects) == 2


def test_the_flats_to_measure_lie_on_every_riser(series):
    plan = flats_to_measure(series.building, 0.2)
    assert len(plan) == 7  # a fifth of 36 flats
    numbers = {series.made.flat_ids.index(flat) for flat in plan}
    assert all(numbers & set(group.flats) for group in series.groups)


def test_with_noise_and_a_fifth_of_the_flats_the_planted_riser_is_among_the_first_two(series):
    random, plan = np.random.default_rng(20100510), flats_to_measure(series.building, 0.2)
    places = [trial(series, random, plan)[0] for _ in range(8)]
    assert sum(place < 2 for place in places) >= 0.9 * len(places)


@pytest.mark.slow
def test_in_many_noisy_trials_nine_of_ten_are_found_and_the_doubt_is_honest(series):
    random, plan = np.random.default_rng(34), flats_to_measure(series.building, 0.2)
    trials = [trial(series, random, plan) for _ in range(60)]
    assert sum(place < 2 for place, _ in trials) >= 0.9 * len(trials)
    within = [abs(one.share.value - SHARE) <= 2.0 * one.share.error for _, one in trials]
    assert sum(within) >= 0.85 * len(trials)


@pytest.mark.slow
def test_noise_alone_seldom_names_a_riser(series):
    random, plan = np.random.default_rng(7), flats_to_measure(series.building, 0.2)
    names = [
        any(one.named for one in calibrate(
            series.building, measured(series, series.base, plan, noise_k=0.5, random=random)
        ).suspects)
        for _ in range(40)
    ]  # fmt: skip
    assert sum(names) <= 0.1 * len(names)


def test_rooms_of_the_building_file_are_used_if_none_are_given():
    flats = [{"flat": "1-1-101", "room_c": 14.0}, {"flat": "2-3-302", "room_c": 19.0}]
    found = calibrate(building.describe(**KNOWN, measured=flats))
    assert found.measurements == 2


@pytest.mark.parametrize(("given", "fault", "named"), [
    (Measured(room_c={}), InputFault, "building"),
    (Measured(room_c={"9-9-909": 18.0}), InputFault, "9-9-909"),
    (Measured(room_c={"1-1-101": 80.0}), OutOfRange, "1-1-101"),
    (Measured(room_c={"1-1-101": 18.0}, flow_kg_s=-1.0), OutOfRange, "flow_kg_s"),
    (Measured(room_c={"1-1-101": 18.0}, return_c=500.0), OutOfRange, "return_c"),
    (Measured(room_c={"1-1-101": 18.0}, noise_k=0.0), OutOfRange, "noise_k"),
])  # fmt: skip
def test_measurements_that_cannot_be_are_refused_by_name(given, fault, named):
    with pytest.raises(fault, match=named):
        calibrate(a_house(), given)


def test_no_share_of_flats_is_refused():
    with pytest.raises(OutOfRange):
        flats_to_measure(a_house(), 0.0)
