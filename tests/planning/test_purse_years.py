"""What every purse has, spends and keeps adds up, and agrees with the judge to the fen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.planning.small import an_instance, every_plan, tasks

from fenhu.planning import cluster_works, purse_years, solve
from fenhu.planning.model.judge import spent_by, violations
from fenhu.planning.task.purses import purses_of
from fenhu.planning.task.result import years_array

SUPPLIER_ONLY = frozenset({"SUPPLIER"})


def two_years(**changes):
    """Two buildings of a cluster: 1,200 yuan each, half from the owner; mains 4,000, set-up 500."""
    plain = {
        "flats": [50, 50], "benefit": [100, 100], "earliest": [0, 0], "priority": [True, True],
        "cost_yuan": [1200, 1200], "supplier_of_cluster": (0,), "cluster": [0, 0], "district": [0, 0],
        "years": 2, "money_yuan": 5000, "crew_days": 20, "upper_yuan": 1500, "carry": frozenset(),
    }  # fmt: skip
    return an_instance(**plain | changes)


def rows(instance, *years):
    return {(one.purse.source, one.purse.scope): one for one in purse_years(instance, np.array(years))}


def test_a_purse_that_lapses_begins_every_year_anew():
    owner = rows(two_years(), 0, 1)["OWNER", 0]
    assert (owner.given, owner.carried, owner.spent) == ((5000_00, 5000_00), (0, 0), (600_00, 600_00))
    assert owner.left == (4400_00, 4400_00)
    assert not owner.carries


def test_a_purse_that_carries_over_brings_what_it_kept():
    owner = rows(two_years(carry=frozenset({"OWNER"})), 0, 1)["OWNER", 0]
    assert owner.carried == (0, 4400_00)
    assert owner.left == (4400_00, 8800_00)
    assert owner.carries


def test_upper_money_pays_only_what_the_supplier_lacks_for_the_mains():
    # first year 1,200 + 4,000 + 500 = 5,700 of which 5,000 are there; second year 1,200 + 500
    found = rows(two_years(), 0, 1)
    assert found["SUPPLIER", 0].spent == (5000_00, 1700_00)
    assert found["UPPER", 0].spent == (700_00, 0)
    assert found["UPPER", 0].left == (800_00, 1500_00)


def test_crews_are_counted_in_thousandths_of_a_day():
    # 50 flats at 0.3 days
    crew = rows(two_years(), 0, 1)["CREW", 0]
    assert (crew.given, crew.spent, crew.left) == ((20_000, 20_000), (15_000, 15_000), (5_000, 5_000))


def test_mains_stand_in_the_first_year_of_a_cluster_and_set_ups_in_every():
    first, second = cluster_works(two_years(), np.array([0, 1]))
    assert (first.year, first.mains_fen, first.set_up_fen, first.upper_fen) == (0, 4000_00, 500_00, 700_00)
    assert (second.year, second.mains_fen, second.set_up_fen, second.upper_fen) == (1, 0, 500_00, 0)
    assert first.supplier_fen == 3800_00


def test_upper_money_that_lapses_is_granted_before_it_is_needed_where_later_is_too_late():
    # Two suppliers spend 5,700 in either year and lack 700 each in the second. Of the 1,400 only 1,000 are
    # there then, so 400 have to be granted in the first.
    instance = an_instance(
        flats=[50, 50, 50, 50], benefit=[100] * 4, earliest=[0] * 4, priority=[True] * 4,
        cost_yuan=[1200] * 4, supplier_of_cluster=(0, 0, 1, 1), cluster=[0, 1, 2, 3], district=[0] * 4,
        years=2, money_yuan=5000, crew_days=100, upper_yuan=1000, carry=SUPPLIER_ONLY,
    )  # fmt: skip
    money = replace(instance.budgets, supplier_fen=np.array([[5700_00, 5000_00], [5700_00, 5000_00]]))
    instance = replace(instance, budgets=money)
    plan = np.array([0, 1, 0, 1])
    assert violations(instance, plan) == ()
    upper = next(one for one in purse_years(instance, plan) if one.purse.source == "UPPER")
    assert min(upper.left) >= 0
    assert sum(upper.spent) == 1400_00


def agrees_with_the_judge(instance, plan):
    purses = purses_of(instance)
    spending = spent_by(instance, purses, plan).purses
    found = purse_years(instance, plan)
    assert [one.purse for one in found[:-1]] == list(purses.names)
    for one in found:
        for given_fen, carried, spent, left in zip(one.given, one.carried, one.spent, one.left, strict=True):
            assert given_fen + carried == spent + left
            assert min(carried, spent, left) >= 0
        assert one.carries or not any(one.carried)
    paid = np.array([one.spent for one in found])
    suppliers = np.zeros(len(found), dtype=bool)
    suppliers[purses.supplier_purse] = True
    others = ~suppliers
    others[-1] = False
    assert (paid[others] == spending[others[:-1]]).all()
    # What suppliers do not pay themselves comes from above, and nothing else does.
    assert paid[suppliers].sum() + paid[-1].sum() == spending[suppliers[:-1]].sum()
    works = cluster_works(instance, plan)
    assert sum(one.upper_fen for one in works) == paid[-1].sum()
    own = sum(int(instance.buildings.supplier_fen[b]) for b in np.flatnonzero(plan >= 0))
    assert sum(one.supplier_fen for one in works) + own == paid[suppliers].sum()
    assert all(0 <= one.upper_fen <= one.mains_fen for one in works)


@given(instance=tasks(most_buildings=4))
@settings(max_examples=20, deadline=None)
def test_every_purse_adds_up_and_agrees_with_the_judge(instance):
    for plan in every_plan(instance):
        if not violations(instance, plan):
            agrees_with_the_judge(instance, plan)


@pytest.mark.parametrize("carry", [frozenset(), SUPPLIER_ONLY, frozenset({"SUPPLIER", "UPPER"})])
def test_a_solved_plan_adds_up_whatever_carries_over(carry):
    instance = two_years(carry=carry, money_yuan=4000, upper_yuan=900)
    agrees_with_the_judge(instance, years_array(solve(instance, effort=1)))
