"""Measured rooms of a stock: a planted fault is said, a sound building is not suspected, few say nothing."""

from dataclasses import replace

import numpy as np
import pytest
from tests.stock.test_stock import pair

from fenhu.building import simulate
from fenhu.building.calibration.model import Model
from fenhu.stock import explain, explain_stock

SIZE = {"storeys": 6, "units": 3, "flats_per_floor": 2}


def with_rooms(house, rooms):
    return replace(house, measured_c=rooms)


@pytest.fixture(scope="module")
def house():
    return pair("a", **SIZE)[0]


@pytest.fixture(scope="module")
def rooms(house):
    return {flat: heat.temperature_c for flat, heat in simulate(house).flats.items()}


def test_a_shut_riser_is_said(house):
    model = Model(house)
    found = model.state(0.0, 0.0, {3: 5.0})
    measured = dict(zip(model.made.flat_ids, found.room_c.tolist(), strict=True))
    told = explain(with_rooms(house, measured))
    assert told.status == "explained"
    assert "4" in str(told.sentences[0])


def test_rooms_within_thermometer_and_model_are_no_suspicion(house, rooms):
    random = np.random.default_rng(5)
    suspected = 0
    for _ in range(20):
        off = random.normal(0.0, 1.1, len(rooms))
        measured = {flat: value + off[n] for n, (flat, value) in enumerate(rooms.items())}
        suspected += explain(with_rooms(house, measured)).status == "explained"
    assert suspected <= 4


def test_few_measured_rooms_explain_nothing(house, rooms):
    few = dict(list(rooms.items())[: len(rooms) // 5])
    told = explain(with_rooms(house, few))
    assert (told.status, told.measured, told.sentences) == ("few", len(few), ())


def test_a_building_without_an_answer_is_a_row_with_its_fault(house, rooms):
    dry = with_rooms(replace(house, inlet_pa=-5.0e4), rooms)
    first, second = explain_stock([dry, with_rooms(house, rooms)])
    assert first.status not in ("explained", "agrees")
    assert first.sentences
    assert second.status == "agrees"
