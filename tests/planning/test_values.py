"""More money is never worth less, and no rule costs less than nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.planning.small import best_score, every_plan, tasks
from tests.planning.test_conflicts import a_street, english
from tests.planning.test_whys import planned

from fenhu.planning import (
    WEIGHTED,
    Changes,
    PurseChange,
    changed,
    purse_values,
    rule_prices,
    score,
    try_more,
    violations,
)  # fmt: skip
from fenhu.planning.reasons.purse_values import step_of


@settings(max_examples=8)
@given(tasks(most_buildings=3))
def test_money_added_is_worth_what_counting_every_plan_says_and_more_is_never_less(instance):
    year_of, before = planned(instance), best_score(instance)
    worths = []
    for added in (100_000, 300_000, 900_000):
        tried = try_more(instance, year_of, "SUPPLIER", 0, 0, goal=WEIGHTED, added=added)
        more = PurseChange(source="SUPPLIER", scope=0, year=0, add=added)
        rich = changed(instance, Changes(purses=(more,)))
        assert tried.worth == pytest.approx(best_score(rich) - before, abs=1e-4)
        worths.append(tried.worth)
    assert worths == sorted(worths)


@settings(max_examples=8)
@given(tasks(most_buildings=3))
def test_the_price_of_fairness_is_what_counting_every_plan_says(instance):
    year_of = planned(instance)
    free = replace(instance, rules=replace(instance.rules, equity_ratio=0.0))
    found = {one.rule: one for one in rule_prices(instance, year_of, goal=WEIGHTED)}
    assert all(one.worth >= 0.0 for one in found.values())
    sound = [plan for plan in every_plan(instance) if not violations(instance, plan)]
    best = best_score(instance)
    kept = [score(free, plan) for plan in sound if score(instance, plan) >= best - 1e-6]
    price = found["fairness"].worth
    assert best_score(free) - max(kept) - 1e-4 <= price <= best_score(free) - min(kept) + 1e-4
    assert all(english(one.sentence) for one in found.values())


def test_a_purse_that_limits_has_a_price_and_one_that_does_not_has_none():
    # crews do two of four buildings; money is plenty
    street = a_street(crew_days=30, targets=(0, 0))
    by_purse = {(one.source, one.scope, one.year): one for one in purse_values(street)}
    assert by_purse["CREW", 0, 0].worth > 0.0
    assert by_purse["CITY", 0, 0].worth == pytest.approx(0.0)
    assert by_purse["CREW", 0, 0].had == 30_000


def test_ten_crew_days_are_worth_two_thirds_of_a_building_of_fifteen():
    # the relaxation opens the cluster in part: 500 yuan of setting up weigh 500 * 2e-5 * 10 * 2 a flat = 0.2,
    # spread over sixty days
    street = a_street(crew_days=30, targets=(0, 0))
    value = next(one for one in purse_values(street) if one.source == "CREW")
    one_building = best_score(a_street(crew_days=45, targets=(0, 0))) - best_score(street)
    assert value.worth == pytest.approx(one_building * 10 / 15 - 0.2 * 10 / 60, rel=1e-6)


def test_what_carries_over_is_worth_no_less_in_an_earlier_year():
    street = a_street(years=2, crew_days=30, targets=(0, 0), carry=frozenset({"OWNER", "REPAIR"}))
    poor = replace(street, budgets=replace(street.budgets, repair_fen=np.array([30_000, 30_000])))
    worth = {one.year: one.worth for one in purse_values(poor) if one.source == "REPAIR"}
    assert worth[0] >= worth[1] - 1e-9


def test_a_tenth_is_tried_but_a_hundred_thousand_yuan_at_least():
    street = a_street(money_yuan=5_000_000)
    assert step_of(street, "CITY", 0, 0) == 500_000_00
    assert step_of(a_street(), "CITY", 0, 0) == 100_000_00
    assert step_of(a_street(crew_days=30), "CREW", 0, 0) == 10_000


def test_a_rule_that_is_not_set_has_no_price():
    street = a_street(targets=(0, 0))
    rules = {one.rule for one in rule_prices(street, planned(street), goal=WEIGHTED)}
    assert "targets" not in rules
    assert "fairness" not in rules
    assert "priority" in rules
