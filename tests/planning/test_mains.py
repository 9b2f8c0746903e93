"""Mains may be laid in any year up to the first year of works: a plan is sound if some laying pays."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from tests.planning.small import an_instance, every_plan, tasks

from fenhu.planning import NO_YEAR, Explainer, solve, yearly_works
from fenhu.planning.model.judge import violations
from fenhu.planning.model.laying import laid_years, pays
from fenhu.planning.model.spending import first_works, spent_on_works, with_mains
from fenhu.planning.task.purses import purses_of

PAYERS = {"SUPPLIER", "UPPER"}


def one_building(*, carry=frozenset(), upper_yuan=0, money_yuan=4000):
    """One building of 1,200 yuan in a cluster whose mains cost 4,000 and whose works 500 to set up."""
    return an_instance(
        flats=[50], benefit=[100], earliest=[1], priority=[True], cost_yuan=[1200], supplier_of_cluster=(0,),
        cluster=[0], district=[0], years=2, money_yuan=money_yuan, crew_days=100, upper_yuan=upper_yuan,
        carry=carry, equity=0.0,
    )  # fmt: skip


def every_laying(instance, plan):
    """Yield every choice of years for the mains of a plan."""
    first = first_works(instance, plan)
    for years in product(*(range(one + 1) if one != NO_YEAR else (NO_YEAR,) for one in first)):
        yield np.array(years, dtype=np.int64)


def some_laying_pays(instance, plan):
    purses = purses_of(instance)
    works = spent_on_works(instance, purses, plan)
    return any(
        pays(purses, with_mains(instance, purses, works, laid)) for laid in every_laying(instance, plan)
    )


def test_mains_are_laid_before_the_works_where_the_supplier_cannot_keep_its_money():
    # 4,000 a year that lapse: the mains in the first year, building and set-up (1,700) in the second
    instance, plan = one_building(), np.array([1])
    assert not violations(instance, plan)
    assert laid_years(instance, plan).tolist() == [0]


def test_mains_wait_for_the_works_where_that_pays():
    # 5,700 a year pay all of it in one year
    assert laid_years(one_building(money_yuan=5700), np.array([1])).tolist() == [1]


def test_upper_money_that_lapses_is_taken_in_the_year_that_has_it():
    # the supplier keeps 3,700 of 1,850 a year; 2,000 from above are there in the first year only
    instance = one_building(carry=frozenset({"SUPPLIER"}), money_yuan=1850)
    money = replace(instance.budgets, upper_fen=np.array([2000_00, 0]), city_fen=np.array([10**6, 10**6]))
    money = replace(money, owner_fen=np.full((2, 2), 10**6), repair_fen=np.full(2, 10**6))
    instance = replace(instance, budgets=money)
    # 1,850 of the first year cannot pay the 2,000 of mains that are left to the supplier
    assert {one.kind for one in violations(instance, np.array([1]))} == {"UPPER"}
    richer = replace(money, supplier_fen=np.array([[2000_00, 1700_00]]))
    assert not violations(replace(instance, budgets=richer), np.array([1]))
    assert laid_years(replace(instance, budgets=richer), np.array([1])).tolist() == [0]


@settings(max_examples=60)
@given(tasks(most_buildings=4))
def test_the_judge_takes_a_plan_if_and_only_if_some_laying_pays(instance):
    for plan in every_plan(instance):
        unpaid = any(one.kind in PAYERS for one in violations(instance, plan))
        assert unpaid != some_laying_pays(instance, plan)


@settings(max_examples=30)
@given(tasks(most_buildings=4))
def test_the_books_and_the_judge_agree_on_what_stands_in_the_way(instance):
    result = solve(instance, effort=1, seconds=20)
    books = Explainer(instance, result).books
    for building in np.flatnonzero(books.year_of == NO_YEAR):
        for year in np.flatnonzero(instance.open_years[building]):
            tried = books.year_of.copy()
            tried[building] = year
            assert bool(books.blockers(int(building), int(year))) == bool(violations(instance, tried))


def test_the_yearly_works_say_which_mains_are_laid_early():
    instance = one_building()
    result = solve(instance)
    assert result.year_of == (1,)
    works = yearly_works(instance, result)
    assert works.mains_fen == (4000_00, 0)
    assert works.mobilise_fen == (0, 500_00)
    assert works.laid_early == ((0, 0),)


@pytest.mark.parametrize("carry", [frozenset({"SUPPLIER", "UPPER"}), frozenset()])
def test_a_plan_found_only_by_laying_early_is_proven_best(carry):
    result = solve(one_building(carry=carry))
    assert (result.status, result.year_of) == ("optimal", (1,))
