"""A stock: rows in order, failures as rows, the same numbers on every engine."""

from dataclasses import replace

import pytest

from fenhu.building import convert, parse_building
from fenhu.engines import PROCESSES, SERIAL, Cancelled, Engine
from fenhu.errors import UnknownItem
from fenhu.records import SystemForm
from fenhu.stock import simulate_stock


def pair(code, **changes):
    before = parse_building(
        {
            "storeys": 3,
            "units": 1,
            "flats_per_floor": 2,
            "flat_area_m2": 70.0,
            "supply_c": 70.0,
            "code": code,
            **changes,
        },
        "x",
    )
    return before, convert(before, SystemForm.HOUSEHOLD_DOUBLE)


def test_rows_come_in_order_with_both_states():
    rows = simulate_stock([pair("a"), pair("b", supply_c=60.0)])
    assert [row.code for row in rows] == ["a", "b"]
    assert all(row.status == "converged" and row.before and row.after for row in rows)
    assert rows[0].before.mean_c > rows[1].before.mean_c


def test_failing_building_is_a_row_with_its_status():
    before, after = pair("dry")
    dry = replace(before, inlet_pa=-5.0e4, supply_c=70.0)
    rows = simulate_stock([(dry, after), pair("well")])
    assert rows[0].status != "converged"
    assert rows[0].before is None
    assert rows[0].after is not None
    assert rows[1].status == "converged"
    assert rows[1].reason is None


def test_failing_building_says_in_either_language_which_state_has_no_answer():
    before, after = pair("dry")
    [row] = simulate_stock([(replace(before, inlet_pa=-5.0e4), after)])
    assert row.reason.in_language("en").startswith("As it is, the building has no answer: ")
    assert row.reason.in_language("zh-hans") != row.reason.in_language("en")


def test_processes_give_the_same_rows_as_one():
    pairs = [pair(f"b{n}", supply_c=60.0 + 0.03 * n) for n in range(400)]
    told = []
    parallel = simulate_stock(pairs, engine=PROCESSES, progress=lambda done, all_: told.append((done, all_)))
    assert parallel == simulate_stock(pairs, engine=SERIAL)
    assert told[-1] == (400, 400)


def test_a_run_can_be_stopped():
    with pytest.raises(Cancelled):
        simulate_stock([pair("a")], cancelled=lambda: True)


def test_unknown_engine_is_named():
    with pytest.raises(UnknownItem, match="steam"):
        Engine("steam")
