"""Ways out are enough, and no plan gets by with less than "at least"."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.planning.small import every_plan, tasks
from tests.planning.test_conflicts import a_street, english, wishful

from fenhu.planning import NO_YEAR, changed
from fenhu.planning.model.judge import spent_by, violations
from fenhu.planning.reasons.demands import completion, demands_of, missed
from fenhu.planning.reasons.relaxing import CREWS, LATER, LESS, MONEY, relaxations_of
from fenhu.planning.reasons.rubber import Limit
from fenhu.planning.task.instance import no_years
from fenhu.planning.task.purses import purses_of


def ways_out(instance, demands=None):
    demands = demands_of(instance) if demands is None else demands
    return relaxations_of(instance, demands, no_years(len(instance.buildings)))


def by_kind(instance, demands=None):
    return {one.kind: one for one in ways_out(instance, demands)}


def test_missing_crew_days_are_named_to_the_tenth_of_a_day():
    # four buildings of 15 days, 30 days there: 30 more
    found = by_kind(a_street(crew_days=30))
    assert found[CREWS].least == {Limit("CREW", 0, 0): 30_000}
    assert found[CREWS].changes.purses[0].add == 30_000
    assert MONEY not in found
    assert "30.0 crew days for the crews of supplier 0 in 1" in english(found[CREWS].sentence)


def test_missing_money_is_named_in_its_purse():
    # every building takes 400 yuan of the city; 1,000 yuan are there for four
    street = a_street()
    poor = replace(street, budgets=replace(street.budgets, city_fen=np.array([100_000])))
    found = by_kind(poor)
    assert found[MONEY].least == {Limit("CITY", 0, 0): 60_000}
    assert "600 yuan for the city's reward money in 1" in english(found[MONEY].sentence)


def test_a_target_is_lowered_to_what_a_plan_reaches():
    # sixty days do four; thirty do two of four
    found = by_kind(a_street(crew_days=30))
    assert found[LESS].changes.target_buildings == {0: 2}
    assert "2 instead of 4 buildings" in english(found[LESS].sentence)


def test_one_year_more_completes_what_two_years_of_crews_can_do():
    street = a_street(crew_days=30, targets=(0, 0))
    found = by_kind(street, (completion(street),))
    assert found[LATER].changes.years == 2


def test_where_everything_is_kept_nothing_has_to_change():
    street = a_street()
    assert relaxations_of(street, demands_of(street), np.zeros(4, dtype=np.int64)) == ()


@settings(max_examples=25)
@given(tasks(most_buildings=4))
def test_a_confirmed_way_out_has_a_plan_that_keeps_every_row_and_demand(drawn):
    instance = wishful(drawn)
    demands = demands_of(instance)
    for one in ways_out(instance):
        assert one.confirmed or one.kind in (MONEY, CREWS, "mixed")
        if one.kind == LESS or not one.confirmed:
            continue
        later = changed(instance, one.changes)
        assert not violations(later, one.plan)
        assert not missed(later, one.plan, demands)


@settings(max_examples=25)
@given(tasks(most_buildings=4))
def test_a_lowered_demand_is_kept_by_its_plan(drawn):
    instance = wishful(drawn)
    for one in ways_out(instance):
        if one.kind == LESS:
            later = changed(instance, one.changes)
            assert not violations(later, one.plan)
            told = {(row.kind, row.scope, row.year) for row in missed(later, one.plan, demands_of(later))}
            before = missed(instance, one.plan, demands_of(instance))
            assert len(told) < len(before)


def extra_fen(instance, purses, year_of):
    """Return what a plan needs beyond every purse, in fen, where there is no upper-level money."""
    spent = spent_by(instance, purses, year_of).purses
    total = 0
    for purse, name in enumerate(purses.names):
        if name.source != "CREW":
            used = np.cumsum(spent[purse]) if purses.carries[purse] else spent[purse]
            over = np.maximum(0, used - purses.available[purse])
            total += int(over.max() if purses.carries[purse] else over.sum())
    return total


@settings(max_examples=25)
@given(tasks(most_buildings=4))
def test_no_plan_that_keeps_the_demands_gets_by_with_less_money_than_at_least(drawn):
    budgets = drawn.budgets
    only_money = replace(
        budgets, upper_fen=np.zeros_like(budgets.upper_fen), crew_days=np.full_like(budgets.crew_days, 1e6)
    )
    agreed = replace(drawn.buildings, earliest=np.zeros_like(drawn.buildings.earliest))
    instance = wishful(replace(drawn, budgets=only_money, buildings=agreed))
    demands = demands_of(instance)[:2]
    found = by_kind(instance, demands)
    assume(MONEY in found)
    purses = purses_of(instance)
    rounding = 10_000 * len(found[MONEY].least)
    not_money = {"CREW", "closed", "order", "cluster"}
    for plan in every_plan(instance):
        if missed(instance, plan, demands) or {one.kind for one in violations(instance, plan)} & not_money:
            continue
        assert extra_fen(instance, purses, plan) >= sum(found[MONEY].least.values()) - rounding


def test_the_plan_at_hand_is_not_changed():
    street = a_street(crew_days=30)
    year_of = np.array([0, 0, NO_YEAR, NO_YEAR])
    relaxations_of(street, demands_of(street), year_of)
    assert year_of.tolist() == pytest.approx([0, 0, NO_YEAR, NO_YEAR])
