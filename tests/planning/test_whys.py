"""What another year costs is never less than nothing, and a stated change really flips the answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.planning.small import an_instance, every_plan, tasks
from tests.planning.test_conflicts import a_street, english

from fenhu.planning import (
    NO_YEAR,
    WEIGHTED,
    Changes,
    as_consent_comes,
    changed,
    score,
    solve,
    violations,
    why,
    years_array,
)
from fenhu.planning.reasons.flipping import agreeing_flats, flip_of
from fenhu.planning.reasons.forcing import STAY_WEIGHT, force


def best_with(instance, building, year):
    """Return the best worth of all plans with ``building`` in ``year``, None if there is none."""
    plans = (
        plan for plan in every_plan(instance) if plan[building] == year and not violations(instance, plan)
    )
    return max((score(instance, plan) for plan in plans), default=None)


def planned(instance):
    return years_array(solve(instance, effort=1, seconds=30))


def with_consent_of(instance, building, flats):
    """Return the task with ``flats`` more of the building's flats agreed."""
    b = instance.buildings
    ratio = b.consent_ratio.copy()
    ratio[building] += flats / b.flats[building]
    return replace(instance, buildings=replace(b, consent_ratio=ratio))


def a_city_without_benefit():
    return an_instance(
        flats=[10, 10], benefit=[0, 0], earliest=[0, 0], priority=[False, False], cost_yuan=[1000, 1000],
        supplier_of_cluster=[0], cluster=[0, 0], district=[0, 0], years=3, money_yuan=20000, crew_days=60,
        upper_yuan=0, carry=frozenset({"SUPPLIER"}),
    )  # fmt: skip


def test_a_year_asked_for_is_reached_where_no_building_has_a_benefit():
    instance = a_city_without_benefit()
    assert NO_YEAR not in years_array(solve(instance, effort=1))
    for year in range(3):
        forced = force(instance, np.array([NO_YEAR, NO_YEAR]), 0, year, goal=WEIGHTED)
        assert forced.reached
        assert forced.plan[0] == year


@settings(max_examples=20)
@given(tasks(most_buildings=4))
def test_what_another_year_costs_is_what_counting_every_plan_says(instance):
    year_of = planned(instance)
    best = max(score(instance, plan) for plan in every_plan(instance) if not violations(instance, plan))
    b = instance.buildings
    stay = STAY_WEIGHT * float(b.benefit.sum() or b.flats.sum())
    for building in range(len(year_of)):
        for year in np.flatnonzero(instance.open_years[building]).tolist():
            forced, known = (
                force(instance, year_of, building, year, goal=WEIGHTED),
                best_with(instance, building, year),
            )
            assert forced.reached == (known is not None)
            assert forced.loss >= 0.0
            if known is not None:
                assert best - known - 1e-6 <= forced.loss <= best - known + stay + 1e-6


@settings(max_examples=20)
@given(tasks(most_buildings=4))
def test_a_stated_change_flips_the_answer_when_the_plan_is_made_again(instance):
    year_of = planned(instance)
    for building in np.flatnonzero(year_of == NO_YEAR).tolist():
        flip = flip_of(instance, year_of, building, goal=WEIGHTED)
        if flip is None or flip.agreed_flats:
            continue
        later = changed(instance, flip.changes)
        assert not violations(later, flip.plan)
        assert flip.plan[building] == flip.year
        others = np.arange(len(year_of)) != building
        assert (flip.plan[others] == year_of[others]).all()
        assert solve(later, effort=1, seconds=30).year_of[building] is not None


def test_a_building_brought_forward_names_what_its_year_lacks():
    # 15 crew days a building, 15 a year: the second building would take 15 more in the first year
    street = a_street(
        flats=[50, 50], benefit=[100, 90], earliest=[0, 0], priority=[True, True], cost_yuan=[1200, 1200],
        cluster=[0, 0], district=[0, 0], years=2, crew_days=15, targets=(0, 0),
    )  # fmt: skip
    year_of = planned(street)
    assert year_of.tolist() == [0, 1]
    answer = why(street, year_of, 1, goal=WEIGHTED)
    assert answer.sooner.year == 0
    assert [(one.building, one.before, one.after) for one in answer.sooner.moved] == [(0, 0, 1)]
    assert answer.flip.changes.purses[0].add == 15_000
    assert answer.flip.chosen
    assert "15.0 crew days" in english(answer.flip.sentence)
    assert answer.without.year == NO_YEAR
    assert all(english(one) for one in answer.sentences)


def test_a_building_left_out_by_decision_comes_in_when_the_decision_is_lifted():
    street = changed(a_street(), Changes(forbidden=frozenset({2})))
    flip = flip_of(street, planned(street), 2, goal=WEIGHTED)
    assert flip.changes == Changes(freed=frozenset({2}))
    assert flip.chosen
    assert solve(changed(street, flip.changes)).year_of[2] is not None


def test_flats_that_still_have_to_agree_are_counted():
    # two thirds needed; after one year of campaign 40 % of the others have agreed: c + (1 - c) * 0.4 >= 2/3
    # wants c >= 0.4444; 10 of 50 flats have agreed, 23 are needed
    street = a_street()
    rules = replace(street.rules, consent_needed_ratio=2 / 3)
    b = replace(street.buildings, consent_ratio=np.array([0.6, 0.6, 0.6, 0.2]))
    waiting = as_consent_comes(replace(street, rules=rules, buildings=b))
    assert waiting.buildings.earliest.tolist() == [0, 0, 0, 1]
    assert agreeing_flats(waiting, 3, 0) == 13
    flip = flip_of(waiting, planned(waiting), 3, goal=WEIGHTED)
    assert flip.agreed_flats == 13
    agreed = as_consent_comes(with_consent_of(waiting, 3, 13))
    assert solve(agreed).year_of[3] == 0
    almost = as_consent_comes(with_consent_of(waiting, 3, 12))
    assert solve(almost).year_of[3] is None


def test_what_is_done_already_needs_no_change():
    street = a_street()
    done = replace(street, buildings=replace(street.buildings, done=np.array([True, False, False, False])))
    year_of = planned(done)
    assert flip_of(done, year_of, 0, goal=WEIGHTED) is None
    assert why(done, year_of, 0, goal=WEIGHTED).sooner is None


def test_forcing_what_is_better_is_adopted_and_costs_nothing():
    street = a_street(benefit=[100, 100, 100, 500], crew_days=45, targets=(0, 0))
    worse = np.array([0, 0, 0, NO_YEAR])
    forced = force(street, worse, 3, 0, goal=WEIGHTED)
    assert forced.loss == 0.0
    assert score(street, forced.base) == pytest.approx(score(street, forced.plan))
    assert score(street, forced.base) > score(street, worse)


def test_a_cluster_worked_in_long_enough_takes_another_year_of_works():
    # crews do one building a year; works may last one year, in which the first building is done
    street = a_street(
        flats=[50, 50], benefit=[100, 90], earliest=[0, 1], priority=[True, True], cost_yuan=[1200, 1200],
        cluster=[0, 0], district=[0, 0], years=2, crew_days=15, targets=(0, 0), most_years=1,
    )  # fmt: skip
    year_of = np.array([0, NO_YEAR])
    flip = flip_of(street, year_of, 1, goal=WEIGHTED)
    assert flip.changes.rules == {"max_active_years": 2}
    assert "works in a cluster may last 2 years instead of 1" in english(flip.sentence)
    assert solve(changed(street, flip.changes)).year_of == (0, 1)
