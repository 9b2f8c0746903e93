"""A plan mended near one place: only what is near moves, and nothing gets worse."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.small import an_instance, plans_the_search_can_hold, tasks

from fenhu.errors import InputFault
from fenhu.planning import LEXICOGRAPHIC, NO_YEAR, WEIGHTED, resolve_near, score, violations


@st.composite
def tasks_with_a_start(draw):
    instance = draw(tasks(most_buildings=5))
    sound = list(plans_the_search_can_hold(instance))
    start = sound[draw(st.integers(0, len(sound) - 1))]
    near = np.array(draw(st.lists(st.booleans(), min_size=len(start), max_size=len(start))))
    return instance, start, near


@settings(max_examples=25)
@given(tasks_with_a_start(), st.sampled_from([WEIGHTED, LEXICOGRAPHIC]))
def test_only_what_is_near_moves_and_every_hard_row_holds(task, goal):
    instance, start, near = task
    found = resolve_near(instance, start, near, goal=goal, rounds=200)
    assert (found == start)[~near].all()
    assert not violations(instance, found)


@settings(max_examples=25)
@given(tasks_with_a_start())
def test_the_plan_is_never_worth_less_than_the_start(task):
    instance, start, near = task
    found = resolve_near(instance, start, near, goal=WEIGHTED, rounds=200)
    assert score(instance, found) >= score(instance, start) - 1e-6


@settings(max_examples=10)
@given(tasks(most_buildings=4))
def test_with_everything_near_a_small_plan_becomes_the_best(instance):
    nothing = np.full(len(instance.buildings), NO_YEAR)
    found = resolve_near(instance, nothing, nothing == NO_YEAR, goal=WEIGHTED, rounds=2000)
    best = max(score(instance, plan) for plan in plans_the_search_can_hold(instance))
    assert score(instance, found) == pytest.approx(best)


def one_place_for_two(**changes):
    """Two buildings of 50 flats, 15 crew days each, where 20 days do one of them in the only year."""
    plain = {
        "flats": [50, 50], "benefit": [100, 100], "earliest": [0, 0], "priority": [True, True],
        "cost_yuan": [1200, 1200], "supplier_of_cluster": (0,), "cluster": [0, 0], "district": [0, 0],
        "years": 1, "money_yuan": 100_000, "crew_days": 20, "upper_yuan": 0, "carry": frozenset(),
        "targets": (0, 0),
    }  # fmt: skip
    instance = an_instance(**plain | changes)
    return replace(instance, rules=replace(instance.rules, target_buildings=(0,), target_flats=(0,)))


def test_a_fixed_building_goes_in_before_what_no_longer_fits_beside_it():
    instance = one_place_for_two()
    pinned = replace(instance, buildings=replace(instance.buildings, pinned_year=np.array([NO_YEAR, 0])))
    both, none = np.array([0, 0]), np.array([False, False])
    assert resolve_near(instance, both, none, goal=WEIGHTED, rounds=0).tolist() == [0, NO_YEAR]
    assert resolve_near(pinned, both, none, goal=WEIGHTED, rounds=0).tolist() == [NO_YEAR, 0]


def test_a_building_that_another_waits_for_stays_while_the_other_does():
    instance = one_place_for_two(crew_days=100, order=[(0, 1)])
    found = resolve_near(instance, np.array([0, 0]), np.array([True, False]), goal=WEIGHTED, rounds=50)
    assert found.tolist() == [0, 0]


def test_a_start_of_another_length_is_refused():
    with pytest.raises(InputFault):
        resolve_near(one_place_for_two(), np.array([0]), np.array([True]), goal=WEIGHTED, rounds=1)
