"""The search's books against the judge, and goals taken one after the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.small import an_instance, every_plan, plans_the_search_can_hold, tasks

from fenhu.planning import LEXICOGRAPHIC, NO_YEAR, WEIGHTED, score, shortfalls, solve, violations
from fenhu.planning.search.annealing import COLD, HOT
from fenhu.planning.search.arrays import state_of
from fenhu.planning.search.goals import GIVE_UP_RATIO, first_weight
from fenhu.planning.search.greedy import by_cluster
from fenhu.planning.search.incumbent import Incumbent
from fenhu.planning.search.kernel import BALANCE, FIRST, OPENED, OPENING, STAYED, VALUE
from fenhu.planning.task.shortfall import policy_rows
from fenhu.planning.task.worth import worth_of


@st.composite
def tasks_with_everything(draw):
    """Draw a task with houses to set up, approved and fixed years, and volunteers."""
    instance = draw(tasks())
    b, years = instance.buildings, instance.years
    year = st.integers(NO_YEAR, years - 1)
    each = [np.array(draw(st.lists(year, min_size=len(b), max_size=len(b)))) for _ in range(2)]
    return replace(
        instance,
        buildings=replace(b, approved_year=each[0], pinned_year=each[1], volunteer=b.priority),
        rules=replace(instance.rules, stay_weight=2.0, volunteer_places=(1,) * years),
        house_of=b.cluster.copy(),
        set_up_fen=np.array(draw(st.lists(st.integers(0, 2000_00), min_size=2, max_size=2))),
    )


def searched(instance, goal, ruins=200):
    incumbent = Incumbent(instance, goal, 1)
    state = by_cluster(instance, incumbent.purses, incumbent.task, incumbent.aim.weight)
    incumbent.adopt(state)
    incumbent.anneal(state, ruins, HOT, COLD)
    return incumbent, state


@settings(max_examples=40)
@given(tasks_with_everything(), st.sampled_from([WEIGHTED, LEXICOGRAPHIC]))
def test_what_the_search_counts_up_is_what_the_judge_counts(instance, goal):
    incumbent, state = searched(instance, goal)
    worth, year_of = worth_of(instance), state.year_of
    assert not violations(instance, year_of)
    missed = sum(row.flats * row.missing(year_of) for row in policy_rows(instance))
    assert state.total[FIRST] + state.total[BALANCE] == pytest.approx(missed, abs=1e-6)
    planned = np.flatnonzero(year_of != NO_YEAR)
    kept = worth.stay[planned, year_of[planned]].sum()
    weighted = state.total[VALUE] - state.total[OPENING] - worth.per_flat * missed
    assert weighted == pytest.approx(score(instance, year_of) + kept, abs=1e-6)
    assert not violations(instance, incumbent.year_of)


@settings(max_examples=40)
@given(tasks_with_everything())
def test_the_books_after_many_moves_are_those_of_the_plan_built_up_afresh(instance):
    incumbent, state = searched(instance, WEIGHTED)
    afresh = state_of(instance, incumbent.purses, incumbent.task, state.year_of)
    assert afresh is not None
    for name in ("inside", "inside_house", "spent", "caps", "granted", "granted_total"):
        assert np.array_equal(getattr(state, name), getattr(afresh, name)), name
    assert state.total == pytest.approx(afresh.total, abs=1e-6)
    b = instance.buildings
    stays = (state.year_of == b.approved_year) & (state.year_of != NO_YEAR)
    assert state.total[STAYED] == b.flats[stays].sum()
    years = {(int(b.cluster[one]), int(year)) for one, year in enumerate(state.year_of) if year != NO_YEAR}
    assert state.total[OPENED] == len(years)


@settings(max_examples=20)
@given(tasks_with_everything(), st.integers(0, 10**6))
def test_a_start_that_keeps_every_hard_row_is_never_lost(instance, number):
    sound = list(plans_the_search_can_hold(instance))
    start = sound[number % len(sound)]
    worth = worth_of(instance)

    def with_kept(plan):
        planned = np.flatnonzero(plan != NO_YEAR)
        return score(instance, plan) + worth.stay[planned, plan[planned]].sum()

    found = solve(instance, effort=1, start=start, seconds=60)
    plan = np.array([NO_YEAR if year is None else year for year in found.year_of])
    assert with_kept(plan) >= with_kept(start) - 1e-6


@settings(max_examples=12)
@given(tasks(most_buildings=4))
def test_later_goals_take_no_more_than_a_thousandth_of_the_sum(instance):
    def missed(plan):
        return sum(first_weight(row, LEXICOGRAPHIC) * row.missing(plan) for row in policy_rows(instance))

    def rest(plan):
        return score(instance, plan) + worth_of(instance).per_flat * missed(plan)

    sound = [plan for plan in every_plan(instance) if not violations(instance, plan)]
    least = min(missed(plan) for plan in sound)
    most = max(rest(plan) for plan in sound if missed(plan) <= least + 1e-9)
    result = solve(instance, goal=LEXICOGRAPHIC, effort=4, seconds=60)
    plan = np.array([NO_YEAR if year is None else year for year in result.year_of])
    assert missed(plan) == pytest.approx(least)
    assert rest(plan) >= most - GIVE_UP_RATIO * abs(most) - 1e-6


def four_alike(**changes):
    """Four buildings of 50 flats and 15 crew days in two clusters of one supplier, 30 days a year."""
    plain = {
        "flats": [50] * 4, "benefit": [100] * 4, "earliest": [0] * 4, "priority": [True] * 4,
        "cost_yuan": [1200] * 4, "supplier_of_cluster": (0, 0), "cluster": [0, 1, 0, 1], "district": [0] * 4,
        "years": 2, "money_yuan": 100_000, "crew_days": 30, "upper_yuan": 0, "carry": frozenset(),
        "equity": 0.0,
    }  # fmt: skip
    instance = an_instance(**plain | changes)
    return replace(instance, rules=replace(instance.rules, mobilise_weight=0.0))


def planned(instance):
    result = solve(instance, goal=LEXICOGRAPHIC, effort=2, seconds=60)
    assert result.status == "optimal"
    return np.array(result.year_of)


def test_of_plans_that_are_worth_the_same_the_one_with_fewest_years_of_works_is_taken():
    years = planned(four_alike())
    assert sorted(years.tolist()) == [0, 0, 1, 1]
    assert years[0] == years[2]
    assert years[1] == years[3]


@pytest.mark.parametrize("approved", [[0, 0, 1, 1], [1, 0, 0, 1]])
def test_of_plans_that_are_worth_the_same_the_approved_one_is_taken(approved):
    instance = four_alike()
    instance = replace(instance, buildings=replace(instance.buildings, approved_year=np.array(approved)))
    assert planned(instance).tolist() == approved


def test_a_district_without_money_does_not_hold_up_the_others():
    # the west has no reward money at all, so it can never have its fair share beside the east
    instance = four_alike(district=[0, 0, 1, 1], cluster=[0, 0, 1, 1], equity=0.5, crew_days=100)
    money = replace(instance.budgets, district_fen=np.zeros((2, 2), dtype=np.int64))
    result = solve(replace(instance, budgets=money), goal=LEXICOGRAPHIC, effort=2, seconds=60)
    assert result.year_of == (0, 0, None, None)
    plan = np.array([0, 0, NO_YEAR, NO_YEAR])
    assert "fairness" in {one.kind for one in shortfalls(replace(instance, budgets=money), plan)}


def test_a_city_of_thousands_stops_soon_after_it_is_cancelled():
    count = 3000
    alike = an_instance(
        flats=[50] * count, benefit=[100] * count, earliest=[0] * count, priority=[True] * count,
        cost_yuan=[1200] * count, supplier_of_cluster=tuple(range(300)), years=5,
        cluster=[one % 300 for one in range(count)], district=[one % 2 for one in range(count)],
        money_yuan=1_000_000, crew_days=40, upper_yuan=0, carry=frozenset(),
    )  # fmt: skip
    told = []
    result = solve(alike, effort=50, progress=told.append, cancelled=lambda: len(told) > 3, seconds=600)
    assert result.stopped_by == "cancelled"
    assert max(one.effort_done for one in told if one.phase == "search") == 0
    assert result.objective >= result.baseline


def test_no_building_that_may_move_is_no_fault():
    instance = four_alike(earliest=[2] * 4)
    result = solve(instance, goal=LEXICOGRAPHIC)
    assert result.year_of == (None,) * 4
