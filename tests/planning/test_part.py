"""A part of the buildings is planned anew, all others keep their years; sums by brute force and by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.small import an_instance, plans_the_search_can_hold, tasks

from fenhu.planning import (
    CREW,
    NO_YEAR,
    WEIGHTED,
    Changes,
    PurseChange,
    changed,
    greedy,
    moved,
    rank_part,
    solve_part,
    yearly_outline,
)
from fenhu.planning import years_array as years
from fenhu.planning.model.judge import score
from fenhu.records import Payer


@st.composite
def parts(draw):
    """Draw a task, a plan of it that holds, and a part of its buildings."""
    task = draw(tasks(most_buildings=4))
    part = draw(st.lists(st.booleans(), min_size=len(task.buildings), max_size=len(task.buildings)))
    return task, years(greedy(task)), np.array(part)


@given(parts())
@settings(max_examples=40)
def test_the_part_gets_its_best_years_and_nobody_else_moves(drawn):
    task, start, part = drawn
    result = solve_part(task, start, part, goal=WEIGHTED, effort=1)
    assert np.array_equal(years(result)[~part], start[~part])
    best = max(
        score(task, plan)
        for plan in plans_the_search_can_hold(task)
        if np.array_equal(plan[~part], start[~part])
    )
    assert result.objective >= best - 1e-6
    assert result.bound >= result.objective


def four_buildings(**changes):
    """Two suppliers with two equal buildings each and crews for one of them a year."""
    plain = {
        "flats": [50] * 4, "benefit": [100, 90, 80, 70], "earliest": [0] * 4, "priority": [True] * 4,
        "cost_yuan": [1200] * 4, "supplier_of_cluster": (0, 1), "cluster": [0, 0, 1, 1], "district": [0] * 4,
        "years": 2, "money_yuan": 100_000, "crew_days": 15, "upper_yuan": 0, "carry": frozenset(),
        "equity": 0.0,
    }  # fmt: skip
    return an_instance(**plain | changes)


def test_the_ranking_of_a_part_takes_the_better_score_first():
    # 50 flats at 0.3 days are 15 crew days: each supplier does one building a year.
    ranked = rank_part(
        four_buildings(), np.array([0, 1, 1, 0]), np.array([False, False, True, True]), goal=WEIGHTED
    )
    assert ranked.year_of == (0, 1, 0, 1)


def test_what_others_can_no_longer_pay_for_is_left_out_of_their_plan():
    without_crews = changed(
        four_buildings(), Changes(purses=(PurseChange(source=CREW, scope=1, factor=0.0),))
    )
    start, part = np.array([0, NO_YEAR, 0, 1]), np.array([True, True, False, False])
    result = solve_part(without_crews, start, part, goal=WEIGHTED, effort=1)
    assert result.year_of == (0, 1, None, None)


def test_a_cancelled_part_keeps_what_there_is():
    start = np.array([0, NO_YEAR, 0, NO_YEAR])
    part = np.array([True, True, False, False])
    told = []
    result = solve_part(
        four_buildings(), start, part, goal=WEIGHTED, effort=5, progress=told.append, cancelled=lambda: True
    )
    assert (result.stopped_by, years(result).tolist(), len(told)) == ("cancelled", start.tolist(), 1)


def test_a_years_outline_adds_up_by_hand():
    task = four_buildings()
    first, second = yearly_outline(task, np.array([0, 1, 0, NO_YEAR]))
    assert (first.buildings, first.flats, first.benefit) == (2, 100, 180.0)
    # Of 1,200 yuan a building the supplier pays all, the owner a half, the repair fund a quarter, the city a
    # third on top; mains are 4,000 and a set-up 500 yuan a cluster.
    assert first.cost_fen == {
        Payer.CITY: 2 * 400_00, Payer.DISTRICT: 0, Payer.REPAIR_FUND: 2 * 300_00, Payer.OWNER: 2 * 600_00,
        Payer.SUPPLIER: 2 * 1200_00 + 2 * 4500_00, Payer.UPPER: 0,
    }  # fmt: skip
    assert second.cost_fen[Payer.SUPPLIER] == 1200_00 + 500_00
    assert second.total_fen == 1700_00 + 400_00 + 300_00 + 600_00


def test_the_outline_of_a_part_counts_its_buildings_and_clusters_alone():
    task = four_buildings()
    first, second = yearly_outline(task, np.array([0, 1, 0, 1]), np.array([True, True, False, False]))
    assert (first.buildings, first.cost_fen[Payer.SUPPLIER]) == (1, 1200_00 + 4500_00)
    assert (second.buildings, second.cost_fen[Payer.SUPPLIER]) == (1, 1200_00 + 500_00)


def test_moved_are_those_with_another_year():
    task = four_buildings()
    assert moved(task, np.array([0, 1, 0, NO_YEAR]), task, np.array([0, 0, 0, 1])).tolist() == [1, 3]
