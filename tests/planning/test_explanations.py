"""What keeps a building out is true: lift it, and the building fits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from tests.planning.small import an_instance, tasks
from tests.planning.test_judge import two_buildings

from fenhu.planning import NO_YEAR, Explainer, cause_of, solve, why_not, why_year
from fenhu.planning.model.judge import violations


def english(sentences):
    return [one.in_language("en") for one in sentences]


def test_no_consent_in_sight_is_the_reason():
    instance = two_buildings(earliest=[0, 5])
    assert english(why_not(instance, solve(instance), 1)) == [
        "Its residents' consent is not expected before the plan ends in 2."
    ]


def test_a_purse_that_could_never_pay_is_named_with_what_it_lacks():
    # the owner pays half of 300,000 yuan and has 100,000
    instance = two_buildings(cost_yuan=[1200, 300_000])
    said = english(why_not(instance, solve(instance), 1))[0]
    assert said.startswith("Even if nothing else were built, ")
    assert "no other plan can help" in said


def test_crews_that_do_only_one_of_two_are_named():
    # 15 days a building; each year's 20 days do one, and works may last one year
    instance = two_buildings(crew_days=20, most_years=1)
    result = solve(instance)
    left_out = [one for one, year in enumerate(result.year_of) if year is None]
    assert len(left_out) == 1
    said = " ".join(english(why_not(instance, result, left_out[0])))
    assert "crew days" in said
    assert cause_of(Explainer(instance, result), left_out[0]).in_language("en")


def test_a_planned_building_says_why_its_year_and_an_unplanned_one_does_not():
    instance = two_buildings(earliest=[0, 5])
    result = solve(instance)
    assert why_year(instance, result, 0)
    assert not why_year(instance, result, 1)
    assert not why_not(instance, result, 0)


def test_a_building_of_the_priority_class_says_so():
    instance = two_buildings()
    assert "It belongs to the priority class, which goes first." in english(
        why_year(instance, solve(instance), 0)
    )


@settings(max_examples=30)
@given(tasks())
def test_nothing_is_said_to_be_in_the_way_of_a_year_that_is_free(instance):
    result = solve(instance, effort=1, seconds=20)
    years = np.array([NO_YEAR if year is None else year for year in result.year_of])
    explainer = Explainer(instance, result)
    for building in np.flatnonzero(years == NO_YEAR):
        for year in np.flatnonzero(instance.open_years[building]):
            tried = years.copy()
            tried[building] = year
            assert bool(explainer.books.blockers(int(building), int(year))) == bool(
                violations(instance, tried)
            )


def test_more_of_the_purse_that_lacked_brings_the_building_in():
    poor = an_instance(
        flats=[50, 50], benefit=[100, 100], earliest=[0, 0], priority=[False, False], cost_yuan=[1200, 1200],
        supplier_of_cluster=(0,), cluster=[0, 0], district=[0, 0], years=1, money_yuan=100_000, crew_days=15,
        upper_yuan=0, carry=frozenset(), equity=0.0,
    )  # fmt: skip
    result = solve(poor)
    assert sum(year is not None for year in result.year_of) == 1
    rich = replace(poor, budgets=replace(poor.budgets, crew_days=np.array([[30.0]])))
    assert solve(rich).year_of == (0, 0)
