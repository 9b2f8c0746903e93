"""The desk of knobs shows changes and reads them back; what no knob shows stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.small import an_instance

from fenhu.planning import CREW, EVERY_SCOPE, Changes, PurseChange, changed, changes_of, knobs_of


def a_task():
    task = an_instance(
        flats=[50, 50], benefit=[3, 2], earliest=[0, 0], priority=[True, False], cost_yuan=[1000, 1000],
        supplier_of_cluster=(0, 1), cluster=[0, 1], district=[0, 1], years=3, money_yuan=250_000,
        crew_days=40, upper_yuan=0, carry=frozenset(), targets=(2, 100),
    )  # fmt: skip
    return replace(task, first_year=2010, supplier_names=("宏远", "光明"))


def settings_of(task, changes, suppliers=None):
    return {knob.name: knob.value for knob in knobs_of(task, changes, suppliers)}


def test_untouched_knobs_change_nothing():
    assert changes_of(a_task(), settings_of(a_task(), Changes()), Changes()) == Changes()


@pytest.mark.parametrize(("name", "value", "changes"), [
    ("factor.CITY.0", 120, Changes(purses=(PurseChange(source="CITY", scope=0, factor=1.2),))),
    ("factor.OWNER.-1", 50, Changes(purses=(PurseChange(source="OWNER", scope=EVERY_SCOPE, factor=0.5),))),
    ("factor.CREW.1", 150, Changes(purses=(PurseChange(source=CREW, scope=1, factor=1.5),))),
    # 30 万元 are 30 × 10,000 yuan × 100 fen.
    ("add.CITY.0.1", 30, Changes(purses=(PurseChange(source="CITY", scope=0, year=1, add=30_000_000),))),
    ("add.DIST.1.0", -1.5, Changes(purses=(PurseChange(source="DIST", scope=1, year=0, add=-1_500_000),))),
    ("years", 6, Changes(years=6)),
    ("target_buildings.0", 0, Changes(target_buildings={0: 0})),
    ("target_flats.2", 500, Changes(target_flats={2: 500})),
    ("rule.equity_ratio", 40, Changes(rules={"equity_ratio": 0.4})),
    ("rule.max_active_years", 3, Changes(rules={"max_active_years": 3})),
    ("rule.volunteer_places", 5, Changes(rules={"volunteer_places": 5})),
])  # fmt: skip
def test_each_knob_stands_for_one_change(name, value, changes):
    task = a_task()
    assert changes_of(task, settings_of(task, Changes()) | {name: value}, Changes()) == changes
    assert settings_of(task, changes)[name] == value
    changed(task, changes)


@given(st.data())
def test_any_settings_are_shown_again_as_they_were_set(data):
    task = a_task()
    chosen = [None, [1]][data.draw(st.integers(0, 1))]
    knobs = knobs_of(task, Changes(), chosen)
    touched = data.draw(st.lists(st.sampled_from(knobs), max_size=5, unique_by=lambda knob: knob.name))
    steps = {
        knob.name: data.draw(st.integers(int(knob.least), min(int(knob.most), 1000))) for knob in touched
    }
    settings = {knob.name: knob.value for knob in knobs} | steps
    shown = settings_of(task, changes_of(task, settings, Changes(), chosen), chosen)
    assert {name: shown[name] for name in settings} == settings


def test_what_no_knob_shows_stays():
    task = a_task()
    hidden = PurseChange(source="OWNER", scope=1, year=2, add=5_000_000)
    before = Changes(
        purses=(hidden, PurseChange(source="CITY", scope=0, factor=2.0)), pinned={0: 2},
        forbidden=frozenset({1}), rules={"stay_weight": 1.0},
    )  # fmt: skip
    after = changes_of(task, settings_of(task, before) | {"factor.CITY.0": 100}, before)
    assert after == replace(before, purses=(hidden,))


def test_a_change_of_both_kinds_is_shown_by_both_knobs():
    both = PurseChange(source="CITY", scope=0, year=1, factor=1.0, add=10_000_000)
    shown = settings_of(a_task(), Changes(purses=(both, replace(both, year=-1, factor=1.5, add=0))))
    assert (shown["factor.CITY.0"], shown["add.CITY.0.1"]) == (150, 10)


def test_a_supplier_sees_its_own_purses_year_by_year_and_no_other_suppliers():
    names = settings_of(a_task(), Changes(), [1])
    assert {"factor.SUPPLIER.1", "add.CREW.1.0"} <= names.keys()
    assert not {"factor.SUPPLIER.0", "factor.CREW.0", "factor.SUPPLIER.-1"} & names.keys()


def test_targets_of_added_years_can_be_set_too():
    assert settings_of(a_task(), Changes(years=5))["target_flats.4"] == 0
