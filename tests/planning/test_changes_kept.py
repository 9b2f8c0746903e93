"""Changes as JSON and in words: by name, so that they outlive the numbers of one task."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.small import an_instance, tasks

from fenhu.errors import UnknownItem
from fenhu.planning import (
    CREW,
    Changes,
    PurseChange,
    changed,
    changes_json,
    changes_said,
    read_changes,
    surviving_changes,
)
from fenhu.planning.task.changes import RULES
from fenhu.planning.task.changes_said import RULE_NAMES


def a_task():
    """Three buildings B0, B1, B2 over 2010 to 2012, a supplier 宏远 and districts east and west."""
    task = an_instance(
        flats=[50, 50, 50], benefit=[3, 2, 1], earliest=[0, 0, 0], priority=[True, False, False],
        cost_yuan=[1000, 1000, 1000], supplier_of_cluster=(0,), cluster=[0, 0, 0], district=[0, 1, 1],
        years=3, money_yuan=10_000, crew_days=40, upper_yuan=0, carry=frozenset(), targets=(2, 100),
    )  # fmt: skip
    return replace(task, first_year=2010, supplier_names=("宏远",))


@st.composite
def changes_of(draw, task):
    """Draw changes to ``task``, each of its kinds now and then."""
    buildings, years = st.integers(0, len(task.buildings) - 1), st.integers(0, task.years - 1)
    purse = st.builds(
        PurseChange, source=st.sampled_from(("CITY", "DIST", "SUPPLIER", CREW)),
        scope=st.sampled_from((-1, 0)), year=st.integers(-1, task.years - 1),
        factor=st.sampled_from((1.0, 0.0, 1.25)), add=st.integers(-10**9, 10**9),
    )  # fmt: skip
    return draw(st.builds(
        Changes, purses=st.lists(purse, max_size=3).map(tuple),
        pinned=st.dictionaries(buildings, years, max_size=2), forbidden=st.frozensets(buildings, max_size=2),
        freed=st.frozensets(buildings, max_size=2), years=st.none() | st.integers(task.years, 10),
        target_buildings=st.dictionaries(years, st.integers(0, 9), max_size=2),
        target_flats=st.dictionaries(years, st.integers(0, 9), max_size=2),
        rules=st.dictionaries(st.sampled_from(("equity_ratio", "max_active_years")), st.sampled_from((0, 1))),
    ))  # fmt: skip


@given(st.data())
def test_stored_changes_are_read_back_the_same(data):
    task = data.draw(tasks())
    wanted = data.draw(changes_of(task))
    stored = json.loads(json.dumps(changes_json(task, wanted)))
    assert read_changes(task, stored) == wanted


def test_nothing_changed_stores_and_says_nothing():
    assert changes_json(a_task(), Changes()) == {}
    assert changes_said(a_task(), Changes()) == ()


def test_a_building_keeps_its_choice_when_the_register_puts_it_elsewhere():
    task = a_task()
    stored = changes_json(task, Changes(pinned={0: 2}, forbidden=frozenset({1})))
    turned = replace(task, buildings=replace(task.buildings, ids=("B2", "B1", "B0")))
    assert read_changes(turned, stored) == Changes(pinned={2: 2}, forbidden=frozenset({1}))


def test_a_district_keeps_its_money_when_districts_are_numbered_anew():
    task = a_task()
    stored = changes_json(task, Changes(purses=(PurseChange(source="DIST", scope=0, add=100),)))
    turned = replace(task, district_names=("west", "east"))
    assert read_changes(turned, stored).purses == (PurseChange(source="DIST", scope=1, add=100),)


@pytest.mark.parametrize("stored", [
    {"pinned": {"B9": 2011}},
    {"forbidden": ["B9"]},
    {"freed": ["B9"]},
    {"purses": [{"source": "DIST", "scope": "north"}]},
    {"purses": [{"source": "BANK"}]},
    {"purses": [{"source": "CITY", "year": 2009, "add_fen": 5}]},
])  # fmt: skip
def test_what_is_no_longer_there_is_named(stored):
    with pytest.raises(UnknownItem) as refused:
        read_changes(a_task(), stored)
    assert any(name in str(refused.value) for name in ("B9", "north", "BANK", "2009"))


def test_what_is_still_there_survives_and_the_rest_is_said():
    stored = {
        "pinned": {"B9": 2011, "B0": 2012}, "forbidden": ["B8"], "freed": ["B1"], "years": 4,
        "purses": [{"source": "DIST", "scope": "north"}, {"source": "CITY", "scope": "", "add_fen": 5}],
    }  # fmt: skip
    left, gone = surviving_changes(a_task(), stored)
    assert left == Changes(
        pinned={0: 2}, freed=frozenset({1}), years=4,
        purses=(PurseChange(source="CITY", scope=0, add=5),),
    )  # fmt: skip
    assert len(gone) == 3


@pytest.mark.parametrize(("changes", "said"), [
    (Changes(purses=(PurseChange(source="CITY", year=1, add=300_000_00),)),
     "300,000 yuan more for the city's reward money in 2011"),
    (Changes(purses=(PurseChange(source="REPAIR", add=-5_00),)),
     "5 yuan less for the repair fund in every year"),
    (Changes(purses=(PurseChange(source="SUPPLIER", factor=0.9),)),
     "90 % of every supplier's money in every year"),
    (Changes(purses=(PurseChange(source=CREW, scope=0, year=0, add=12_500),)),
     "12.5 crew days more for the crews of supplier 宏远 in 2010"),
    (Changes(years=4), "4 years are planned instead of 3"),
    (Changes(target_buildings={0: 1}), "1 buildings are wanted in 2010 instead of 2"),
    (Changes(target_flats={0: 80}), "80 flats are wanted in 2010 instead of 100"),
    (Changes(target_flats={4: 80}, years=5), "80 flats are wanted in 2014 instead of 0"),
    (Changes(rules={"equity_ratio": 0.4}),
     "Share of its stock that every district gets at least: 40 % instead of 50 %"),
    (Changes(rules={"max_active_years": 3}), "Years of works a cluster may have: 3 instead of 2"),
    (Changes(rules={"volunteer_places": 2}), "Places a year for buildings that volunteer: 2 instead of none"),
    (Changes(pinned={0: 2}), "Building B0 is fixed to 2012"),
    (Changes(forbidden=frozenset({1})), "Building B1 is left out"),
    (Changes(freed=frozenset({2})), "Building B2 is neither fixed nor left out"),
])  # fmt: skip
def test_every_change_is_said(changes, said):
    assert said in [one.in_language("en") for one in changes_said(a_task(), changes)]


def test_every_rule_that_can_change_has_a_name():
    assert RULE_NAMES.keys() == set(RULES)


def test_volunteers_get_as_many_places_every_year():
    later = changed(a_task(), Changes(years=4, rules={"volunteer_places": 2}))
    assert later.rules.volunteer_places == (2, 2, 2, 2)
