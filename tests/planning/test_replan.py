"""Planning again: what is built and signed stays, what is approved pays for its move, money cut is named."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.small import an_instance, every_plan, tasks

from fenhu.errors import InputFault
from fenhu.planning import (
    LEXICOGRAPHIC,
    NO_YEAR,
    WEIGHTED,
    Changes,
    PurseChange,
    changed,
    read_instance,
    solve,
)
from fenhu.planning.again.holding import Stage, Standing, hold
from fenhu.planning.again.moves import ADDED, DROPPED, MOVED, REMOVED
from fenhu.planning.again.replan import replan
from fenhu.planning.again.settling import set_back, total_worth
from fenhu.planning.model.judge import score, violations
from fenhu.planning.task.result import years_array
from fenhu.planning.task.worth import worth_of

DATA = Path(__file__).parents[1] / "data" / "planning"
QUICK = {"effort": 2, "seconds": 30}


def at_price(instance, price):
    return replace(instance, rules=replace(instance.rules, stay_weight=price))


def standing(instance, stage, **stages):
    """Return a standing in which every building is at ``stage``, but those named (B3=Stage.BUILT)."""
    every = np.full(len(instance.buildings), int(stage))
    for code, one in stages.items():
        every[int(code[1:])] = int(one)
    return Standing(stage=every)


def in_force(instance):
    return years_array(solve(instance, **QUICK))


def years_of(replanned):
    return years_array(replanned.result)


def a_city(money_yuan=12_000, years=2):
    return an_instance(
        flats=(40, 40, 60, 20), benefit=(100, 80, 120, 30), earliest=(0, 0, 0, 0), priority=(1, 0, 1, 0),
        cost_yuan=(4000, 4000, 5000, 2000), supplier_of_cluster=(0, 1), cluster=(0, 0, 1, 1),
        district=(0, 0, 0, 0), years=years, money_yuan=money_yuan, crew_days=60, upper_yuan=5000,
        carry=frozenset(), most_years=years,
    )  # fmt: skip


@settings(max_examples=15)
@given(tasks(most_buildings=4))
def test_without_a_price_the_new_plan_is_as_good_as_one_made_from_nothing(instance):
    plan = in_force(instance)
    cut = changed(instance, Changes(purses=(PurseChange(source="SUPPLIER", factor=0.9),)))
    again = replan(at_price(cut, 0.0), plan, standing(instance, Stage.APPROVED), **QUICK)
    assert again.result.objective == pytest.approx(solve(cut, **QUICK).objective, rel=1e-6, abs=1e-6)


@settings(max_examples=15)
@given(tasks(most_buildings=5), st.integers(0, 4))
def test_at_a_very_high_price_nothing_approved_moves_unless_its_purse_makes_it(instance, out):
    plan = in_force(instance)
    stage = standing(instance, Stage.APPROVED, **{f"B{out % len(plan)}": Stage.DROPPED})
    again = replan(at_price(instance, 1e6), plan, stage, **QUICK)
    left = np.where(stage.stage == Stage.DROPPED, NO_YEAR, plan)
    if not violations(instance, left):
        stayed = plan[(stage.stage == Stage.APPROVED) & (plan != NO_YEAR)]
        assert list(years_of(again)[(stage.stage == Stage.APPROVED) & (plan != NO_YEAR)]) == list(stayed)


@settings(max_examples=15)
@given(tasks(most_buildings=4), st.sampled_from((0.2, 1.0, 3.0)), st.sampled_from((0.6, 0.9)))
def test_no_move_gains_less_than_its_price(instance, price, factor):
    plan = in_force(instance)
    cut = changed(instance, Changes(purses=(PurseChange(source="SUPPLIER", factor=factor),)))
    again = replan(at_price(cut, price), plan, standing(instance, Stage.APPROVED), **QUICK)
    task, worth, now = again.instance, worth_of(again.instance), years_of(again)
    for building in np.flatnonzero((now != plan) & (plan != NO_YEAR)):
        back = now.copy()
        back[building] = plan[building]
        if not violations(task, back):
            assert total_worth(task, back, worth) <= total_worth(task, now, worth) + 1e-6


@settings(max_examples=10)
@given(tasks(most_buildings=4), st.sampled_from((0.2, 1.0)))
def test_a_small_replan_is_the_best_of_all_with_the_price_counted(instance, price):
    plan = in_force(instance)
    cut = changed(instance, Changes(purses=(PurseChange(source="CITY", factor=0.7),)))
    again = replan(at_price(cut, price), plan, standing(instance, Stage.APPROVED), **QUICK)
    task, worth = again.instance, worth_of(again.instance)
    best = max(total_worth(task, one, worth) for one in every_plan(task) if not violations(task, one))
    assert total_worth(task, years_of(again), worth) == pytest.approx(best, rel=1e-6, abs=1e-6)


@settings(max_examples=15)
@given(tasks(), st.sampled_from((0.0, 0.3, 0.8)), st.sampled_from((Stage.SIGNED, Stage.BUILT)))
def test_what_is_built_or_signed_stays_whatever_was_cut_and_every_missing_fen_is_named(
    instance, factor, stage
):
    plan = in_force(instance)
    every = Changes(purses=tuple(PurseChange(source=one, factor=factor) for one in ("SUPPLIER", "CITY")))
    cut, planned = changed(instance, every), plan != NO_YEAR
    again = replan(cut, plan, Standing(stage=np.where(planned, stage, Stage.FREE)), **QUICK)
    assert list(years_of(again)[planned]) == list(plan[planned])
    lacking = {(one.kind, one.scope) for one in violations(cut, plan)}
    named = {(one.purse.source, one.purse.scope) for one in again.overspent}
    assert lacking <= named
    assert bool(lacking) == bool(named)
    assert not violations(again.instance, plan)


def test_a_purse_that_cannot_pay_what_is_signed_is_named_with_the_amount():
    # B0 alone in the first year: the supplier pays 4,000 + mains 4,000 + set-up 500 = 8,500 yuan, of which
    # upper-level money takes half the mains (2,000); the purse now has 6,000 yuan, so 500 are missing
    instance = a_city(money_yuan=8_500)
    plan = np.array([0, NO_YEAR, NO_YEAR, NO_YEAR])
    cut = changed(instance, Changes(purses=(PurseChange(source="SUPPLIER", scope=0, year=0, add=-2500_00),)))
    again = replan(cut, plan, standing(instance, Stage.FREE, B0=Stage.SIGNED), **QUICK)
    assert [(one.purse.source, one.year, one.amount) for one in again.overspent] == [("SUPPLIER", 0, 500_00)]
    assert "500" in str(again.overspent[0].text)
    assert years_of(again)[0] == 0


def test_who_drops_out_leaves_and_who_takes_the_money_says_so():
    # the city pays a third of every cost: 1,333 yuan a building here; its purse pays one building a year
    instance = changed(a_city(years=2), Changes(purses=(PurseChange(source="CITY", factor=0.125),)))
    plan = np.array([0, NO_YEAR, NO_YEAR, NO_YEAR])
    again = replan(instance, plan, standing(instance, Stage.APPROVED, B0=Stage.DROPPED), **QUICK)
    kinds = {one.building: one.kind for one in again.moves}
    assert kinds[0] == DROPPED
    assert ADDED in kinds.values()
    assert all(str(one.why) for one in again.moves)


def test_an_approved_building_whose_year_is_over_moves_and_says_why():
    instance = at_price(a_city(money_yuan=30_000, years=3), 5.0)
    plan = np.array([0, 0, 1, 1])
    again = replan(
        instance, plan, replace(standing(instance, Stage.APPROVED, B0=Stage.BUILT), open_from=1), **QUICK
    )
    now = years_of(again)
    assert now[0] == 0
    assert now[1] >= 1
    moved = next(one for one in again.moves if one.building == 1)
    assert (moved.kind, moved.from_year, moved.why.pattern) == (MOVED, 0, "The year {year} is over.")


def test_a_building_that_leaves_names_the_purse_that_does_not_pay_any_more():
    # each building takes a third of its cost from the city; halved, the purse pays for one of the two
    instance = a_city(money_yuan=30_000, years=2)
    plan = np.array([0, 0, NO_YEAR, NO_YEAR])
    # 2 x 1,333.33 yuan are spent in the first year; 2,000 are left
    few = Changes(
        purses=(
            PurseChange(source="CITY", year=0, add=-28_000_00),
            PurseChange(source="CITY", year=1, factor=0.0),
        )
    )
    again = replan(at_price(changed(instance, few), 1.0), plan, standing(instance, Stage.APPROVED), **QUICK)
    gone = [one for one in again.moves if one.kind == REMOVED]
    assert len(gone) == 1
    assert "666.67" in str(gone[0].why) or "667" in str(gone[0].why)


def test_works_signed_in_more_years_than_a_cluster_may_have_stay_all_the_same():
    instance = replace(
        a_city(money_yuan=30_000, years=3), rules=replace(a_city(years=3).rules, max_active_years=1)
    )
    plan = np.array([0, 2, NO_YEAR, NO_YEAR])
    again = replan(instance, plan, standing(instance, Stage.SIGNED, B2=Stage.FREE, B3=Stage.FREE), **QUICK)
    assert list(years_of(again)[:2]) == [0, 2]
    assert [one.kind for one in again.broken] == ["cluster"]
    assert again.overspent == ()


def test_mains_are_paid_once_where_works_signed_are_too_many():
    instance = replace(
        a_city(money_yuan=8_500, years=3), rules=replace(a_city(years=3).rules, max_active_years=1)
    )
    plan = np.array([0, 2, NO_YEAR, NO_YEAR])
    held = hold(instance, plan, standing(instance, Stage.SIGNED, B2=Stage.FREE, B3=Stage.FREE))
    assert held.overspent == ()


def test_who_has_to_go_before_something_signed_is_held_too():
    instance = replace(a_city(money_yuan=30_000), order=np.array([[0, 1]]))
    held = hold(instance, np.array([0, 1, 1, 1]), standing(instance, Stage.FREE, B1=Stage.SIGNED))
    assert list(held.fixed) == [True, True, False, False]


def test_an_order_that_a_drop_out_broke_does_not_take_the_signed_one_along():
    instance = replace(a_city(money_yuan=30_000), order=np.array([[0, 1]]))
    plan = np.array([0, 1, 1, 1])
    again = replan(instance, plan, standing(instance, Stage.FREE, B0=Stage.DROPPED, B1=Stage.SIGNED), **QUICK)
    assert years_of(again)[1] == 1
    assert [one.kind for one in again.broken] == ["order"]


def test_a_signed_building_without_a_year_is_refused_by_name():
    instance = a_city()
    with pytest.raises(InputFault, match="B2"):
        hold(instance, np.full(4, NO_YEAR), standing(instance, Stage.FREE, B2=Stage.SIGNED))


@pytest.mark.parametrize("plan", [np.array([0, 0]), np.array([0, 0, 0, 7])])
def test_a_plan_that_does_not_fit_the_task_is_refused(plan):
    instance = a_city()
    with pytest.raises(InputFault):
        hold(instance, plan, standing(instance, Stage.FREE))


def test_a_programme_that_is_over_cannot_be_planned_again():
    instance = a_city()
    over = replace(standing(instance, Stage.FREE), open_from=2)
    with pytest.raises(InputFault) as refused:
        hold(instance, np.zeros(4, dtype=np.int64), over)
    assert "over" in refused.value.message.in_language("en")


def test_who_may_go_back_at_no_loss_goes_back():
    instance = at_price(a_city(money_yuan=30_000, years=2), 1.0)
    plan = np.array([0, 0, 0, 0])
    held = hold(instance, plan, standing(instance, Stage.APPROVED)).instance
    assert list(set_back(held, plan, np.array([1, 1, 1, NO_YEAR]), goal=LEXICOGRAPHIC)) == [0, 0, 0, 0]


def test_the_gain_said_is_what_the_plan_would_lose_if_it_alone_went_back():
    instance = at_price(a_city(money_yuan=30_000, years=3), 0.0)
    plan = np.array([2, 0, 0, 0])
    again = replan(instance, plan, standing(instance, Stage.APPROVED), **QUICK)
    move = next(one for one in again.moves if one.building == 0)
    now = years_of(again)
    back = now.copy()
    back[0] = 2
    per_flat = float(instance.buildings.benefit.sum() / instance.buildings.flats.sum())
    assert move.gain_flats == pytest.approx((score(instance, now) - score(instance, back)) / per_flat)


def test_spending_of_both_plans_stands_beside_what_there_is():
    instance = a_city(money_yuan=30_000)
    plan = np.array([0, 0, 1, 1])
    again = replan(at_price(instance, 1e6), plan, standing(instance, Stage.APPROVED), **QUICK)
    city = next(one for one in again.spending if one.purse.source == "CITY")
    third = instance.buildings.reward_fen
    assert city.before == (int(third[0] + third[1]), int(third[2] + third[3]))
    assert city.had == (30_000_00, 30_000_00)


@pytest.fixture(scope="module")
def part_of_fuxin():
    """Return the buildings of fuxin1k's first ten suppliers, with a third of what all share."""
    whole = read_instance(DATA / "fuxin1k")
    b, money = whole.buildings, whole.budgets
    kept = np.flatnonzero(b.supplier < 10)
    place = {int(one): number for number, one in enumerate(kept)}
    taken = {one.name: getattr(b, one.name)[kept] for one in fields(b) if one.name != "ids"}
    return replace(
        whole,
        buildings=replace(b, ids=tuple(b.ids[one] for one in kept), **taken),
        budgets=replace(
            money, city_fen=money.city_fen // 3, district_fen=money.district_fen // 3,
            repair_fen=money.repair_fen // 3, upper_fen=money.upper_fen // 3,
        ),
        rules=replace(whole.rules, target_buildings=(30, 0, 0, 0, 0), target_flats=(1500, 0, 0, 0, 0)),
        order=np.array(
            [[place[one], place[two]] for one, two in whole.order if one in place and two in place]
        ),
        house_of=np.zeros(0, dtype=np.int64), set_up_fen=np.zeros(0, dtype=np.int64),
    )  # fmt: skip


@pytest.mark.parametrize("goal", [WEIGHTED, LEXICOGRAPHIC])
def test_a_larger_plan_is_mended_with_few_moves_and_at_a_gain(part_of_fuxin, goal):
    plan = years_array(solve(part_of_fuxin, goal=goal, effort=1, seconds=60))
    stage = np.where(plan == 0, Stage.SIGNED, np.where(plan == NO_YEAR, Stage.FREE, Stage.APPROVED))
    stage[np.flatnonzero(plan > 0)[:3]] = Stage.DROPPED
    later = range(1, part_of_fuxin.years)  # what is signed in the first year must stay payable
    less = tuple(PurseChange(source="REPAIR", year=year, factor=0.9) for year in later)
    cut = changed(part_of_fuxin, Changes(purses=less))
    again = replan(at_price(cut, 2.0), plan, Standing(stage=stage), goal=goal, effort=1, seconds=60)
    now = years_of(again)
    assert list(now[plan == 0]) == list(plan[plan == 0])
    assert not violations(cut, now)
    assert again.objective_gain > 0.0
    assert again.result.bound >= again.result.objective
    moved = [one for one in again.moves if one.kind != DROPPED]
    assert len(moved) < 0.15 * np.count_nonzero(plan != NO_YEAR)
