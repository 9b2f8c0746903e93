"""The judge finds every hard row that a planted plan breaks; numbers by hand."""

from __future__ import annotations

import numpy as np
import pytest
from tests.planning.small import an_instance

from fenhu.planning import NO_YEAR
from fenhu.planning.model.judge import score, shortfalls, violations


def two_buildings(**changes):
    """Two buildings of 50 flats in one cluster, cheap enough to be done in any year."""
    plain = {
        "flats": [50, 50], "benefit": [100, 100], "earliest": [0, 0], "priority": [True, True],
        "cost_yuan": [1200, 1200], "supplier_of_cluster": (0,), "cluster": [0, 0], "district": [0, 0],
        "years": 2, "money_yuan": 100_000, "crew_days": 100, "upper_yuan": 0, "carry": frozenset(),
    }  # fmt: skip
    return an_instance(**plain | changes)


def kinds(instance, *years):
    return {one.kind for one in violations(instance, np.array(years))}


def test_a_sound_plan_breaks_nothing():
    assert kinds(two_buildings(), 0, 1) == set()


def test_a_building_before_its_consent_is_found():
    assert kinds(two_buildings(earliest=[1, 0]), 0, 0) == {"closed"}


def test_the_wrong_order_is_found_also_when_the_first_is_not_planned_at_all():
    instance = two_buildings(order=[(0, 1)])
    assert kinds(instance, 1, 0) == {"order"}
    assert kinds(instance, NO_YEAR, 0) == {"order"}
    assert kinds(instance, 0, 0) == set()


def test_works_in_too_many_years_are_found():
    assert kinds(two_buildings(most_years=1), 0, 1) == {"cluster"}


def test_too_few_crews_are_found():
    # 50 flats at 0.3 days are 15 days a building; 20 days do one of them.
    assert kinds(two_buildings(crew_days=20), 0, 0) == {"CREW"}


@pytest.mark.parametrize(
    ("purse", "money_yuan", "lacking_yuan"),
    # of 1,200 yuan the owner pays a half, the repair fund a quarter, the city a third
    [("OWNER", 1199, 1), ("REPAIR", 599, 1), ("CITY", 799, 1)],
)
def test_an_overdrawn_purse_is_found_to_the_yuan(purse, money_yuan, lacking_yuan):
    found = {one.kind: one for one in violations(two_buildings(money_yuan=money_yuan), np.array([0, 0]))}
    assert found[purse].amount == lacking_yuan * 100


def test_a_supplier_pays_its_buildings_the_mains_once_and_every_set_up():
    # 2 × 1,200 for the buildings, 4,000 for the mains, 500 for setting up in the one year of works
    assert kinds(two_buildings(money_yuan=6900), 0, 0) == set()
    # one yuan less, and upper-level money would have to pay it, of which there is none
    found = violations(two_buildings(money_yuan=6899), np.array([0, 0]))
    assert [(one.kind, one.amount) for one in found] == [("UPPER", 100.0)]


def test_upper_money_pays_at_most_its_part_of_the_mains():
    # half of the 4,000 yuan of mains may come from above
    assert kinds(two_buildings(money_yuan=4900, upper_yuan=2000), 0, 0) == set()
    assert kinds(two_buildings(money_yuan=4899, upper_yuan=9000), 0, 0) == {"SUPPLIER"}
    assert kinds(two_buildings(money_yuan=4900, upper_yuan=1999), 0, 0) == {"UPPER"}


def test_money_that_carries_over_waits_for_the_next_year():
    kept = two_buildings(money_yuan=3450, carry=frozenset({"SUPPLIER", "OWNER", "REPAIR", "UPPER"}))
    assert kinds(kept, 1, 1) == set()
    assert kinds(two_buildings(money_yuan=3450), 1, 1) == {"SUPPLIER"}


def test_every_missed_target_is_named_with_what_is_missing():
    instance = two_buildings(targets=(3, 120), equity=0.0)
    missing = {one.kind: one.missing for one in shortfalls(instance, np.array([0, 0]))}
    assert missing == {"target_buildings": 1.0, "target_flats": 20.0}


def test_a_missed_building_costs_sixty_missed_flats():
    # planning.md weighs 180 a building and 3 a flat
    lost_building = score(two_buildings(), np.array([0, 0])) - score(
        two_buildings(targets=(3, 0)), np.array([0, 0])
    )
    lost_flat = score(two_buildings(), np.array([0, 0])) - score(
        two_buildings(targets=(0, 101)), np.array([0, 0])
    )
    assert lost_building == pytest.approx(60 * lost_flat)
