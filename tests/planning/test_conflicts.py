"""A conflict is one: what it names cannot be had together, and without any one part the rest can."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.planning.small import an_instance, every_plan, tasks

from fenhu.planning import Changes, changed
from fenhu.planning.model.formulation import ORDER, WORKS_YEARS
from fenhu.planning.model.judge import violations
from fenhu.planning.reasons.conflict import conflict_of
from fenhu.planning.reasons.demands import demands_of, missed
from fenhu.planning.reasons.rubber import CONSENT, DECISION, MAINS, Limit
from fenhu.planning.task.instance import no_years

PLENTY_FEN, PLENTY_DAYS = 10**12, 1e6
TABLES = {
    "CITY": "city_fen", "DIST": "district_fen", "REPAIR": "repair_fen", "OWNER": "owner_fen",
    "UPPER": "upper_fen", "SUPPLIER": "supplier_fen", "CREW": "crew_days",
}  # fmt: skip


def wishful(instance):
    """Return the task with hard targets: half of the buildings in the first year, one in the next."""
    half = (len(instance.buildings) + 1) // 2
    return changed(instance, Changes(target_buildings={0: half, 1: 1}))


def lifted(instance, held):
    """Return the task in which only the limits ``held`` are left."""
    kept = set(held)
    budgets = {name: getattr(instance.budgets, name).copy() for name in TABLES.values()}
    for source, name in TABLES.items():
        rows = np.atleast_2d(budgets[name])
        for scope, year in np.ndindex(rows.shape):
            if Limit(source, scope, year) not in kept:
                rows[scope, year] = PLENTY_DAYS if source == "CREW" else PLENTY_FEN
        budgets[name] = rows.reshape(budgets[name].shape)
    b, rules, clusters = instance.buildings, instance.rules, instance.clusters
    if Limit(CONSENT) not in kept:
        b = replace(b, earliest=np.zeros_like(b.earliest))
    if Limit(DECISION) not in kept:
        b = replace(b, forbidden=np.zeros_like(b.forbidden), pinned_year=no_years(len(b)))
    if Limit(WORKS_YEARS) not in kept:
        rules = replace(rules, max_active_years=instance.years)
    if Limit(MAINS) not in kept:
        clusters = replace(clusters, mains_fen=np.zeros_like(clusters.mains_fen))
    order = instance.order if Limit(ORDER) in kept else instance.order[:0]
    money = replace(instance.budgets, **budgets)
    return replace(instance, buildings=b, rules=rules, clusters=clusters, budgets=money, order=order)


def english(sentence):
    return sentence.in_language("en")


def a_street(**otherwise):
    """Return four like buildings of 50 flats and 15 crew days; all is plenty unless said otherwise."""
    plenty = {
        "flats": [50] * 4, "benefit": [100] * 4, "earliest": [0] * 4, "priority": [True] * 4,
        "cost_yuan": [1200] * 4, "supplier_of_cluster": (0,), "cluster": [0] * 4, "district": [0] * 4,
        "years": 1, "money_yuan": 1_000_000, "crew_days": 1000, "upper_yuan": 0, "carry": frozenset(),
        "equity": 0.0, "targets": (4, 0),
    }  # fmt: skip
    return an_instance(**plenty | otherwise)


def test_crews_that_cannot_do_the_target_are_the_conflict_even_with_every_yuan():
    # 15 days a building: 30 days do two of four
    found = conflict_of(a_street(crew_days=30), demands_of(a_street(crew_days=30)))
    assert found.limits == (Limit("CREW", 0, 0),)
    assert found.missing == pytest.approx((2.0,))
    assert english(found.sentence) == (
        "the target of 4 buildings in 1 cannot be had with the crews of supplier 0 in 1: even if every other "
        "limit were lifted, at least 2 buildings would be missing."
    )


def test_residents_who_have_not_agreed_are_the_conflict_when_neither_money_nor_crews_lack():
    street = a_street(earliest=[0, 0, 0, 1])
    assert conflict_of(street, demands_of(street)).limits == (Limit(CONSENT),)


def test_a_target_above_the_stock_contradicts_nothing_but_itself():
    street = a_street(targets=(5, 0))
    found = conflict_of(street, demands_of(street))
    assert found.limits == ()
    assert "even without any limit" in english(found.sentence)


def test_two_demands_that_one_purse_cannot_serve_together_are_both_named():
    # every building takes 400 yuan of the city; 800 yuan do two, of which one must be done in each year
    street = a_street(years=2)
    street = replace(street, budgets=replace(street.budgets, city_fen=np.array([80_000, 0])))
    wanting = changed(street, Changes(target_buildings={0: 2, 1: 1}))
    carrying = replace(wanting, rules=replace(wanting.rules, carry=frozenset({"CITY"})))
    found = conflict_of(carrying, demands_of(carrying))
    assert [row.year for row in found.demands] == [0, 1]
    assert set(found.limits) == {Limit("CITY", 0, 0), Limit("CITY", 0, 1)}


def test_what_can_be_had_is_no_conflict():
    assert conflict_of(a_street(), demands_of(a_street())) is None


@settings(max_examples=25)
@given(tasks(most_buildings=4))
def test_no_plan_within_the_limits_of_a_conflict_keeps_its_demands(drawn):
    instance = wishful(drawn)
    found = conflict_of(instance, demands_of(instance))
    assume(found is not None)
    alone = lifted(instance, found.limits)
    for plan in every_plan(alone):
        assert violations(alone, plan) or missed(alone, plan, found.demands)


@settings(max_examples=25)
@given(tasks(most_buildings=4))
def test_without_any_one_of_its_parts_a_conflict_is_none(drawn):
    instance = wishful(drawn)
    found = conflict_of(instance, demands_of(instance))
    assume(found is not None)
    assert found.smallest
    for one in found.limits:
        rest = lifted(instance, set(found.limits) - {one})
        assert conflict_of(rest, found.demands) is None
    for one in found.demands:
        rest = tuple(row for row in found.demands if row is not one)
        assert not rest or conflict_of(lifted(instance, found.limits), rest) is None


@settings(max_examples=25)
@given(tasks(most_buildings=4))
def test_where_a_plan_keeps_all_demands_no_conflict_is_claimed(drawn):
    instance = wishful(drawn)
    demands = demands_of(instance)
    kept = any(
        not violations(instance, plan) and not missed(instance, plan, demands)
        for plan in every_plan(instance)
    )
    assert not kept or conflict_of(instance, demands) is None
