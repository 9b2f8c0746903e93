"""Fuxin's contradiction: 5,000 flats a year against 50,000 in three to five years."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.errors import OutOfRange
from fenhu.planning import pace_of
from fenhu.policy import load

FUXIN = {"stock_flats": 50_000, "first_year": 2010, "years_min": 3, "years_max": 5, "target_flats": 5_000}


def pace(**given):
    usual = {
        "register_flats": 50_000, "planned_flats": {2010: 5_000, 2011: 7_000}, "cost_fen": 12_000_00,
        "crew_days": 2_400.0,
    }  # fmt: skip
    return pace_of(**{**FUXIN, **usual, **given})


def test_c2_6_five_thousand_a_year_take_ten_years_and_three_to_five_need_11250_to_22500():
    # 阜政办发〔2010〕34号 二（六）; 45,000 flats over 4, 3 and 2 years
    found = pace()
    assert found.years_at_target == 10
    assert [(one.years, one.flats_a_year) for one in found.needed] == [(3, 22_500), (4, 15_000), (5, 11_250)]
    assert found.contradicts
    assert "22,500" in str(found.sentences()[1])


def test_the_figures_are_those_of_fuxins_policy_file():
    programme = load("fuxin-2010").programme
    assert (programme.stock_flats, programme.first_year, programme.years_min, programme.years_max) == (
        50_000, 2010, 3, 5,
    )  # fmt: skip
    assert programme.targets[2010].flats == 5_000


def test_the_plan_s_pace_and_what_the_needed_pace_costs_at_the_plan_s_cost_of_a_flat():
    found = pace()
    # 12,000 flats in two years for 12,000 yuan and 2,400 days: 1 yuan and 0.2 days a flat
    assert (found.planned_a_year, found.years_at_plan) == (6_000, 9)
    assert found.needed[2].cost_fen_a_year == 11_250_00
    assert found.needed[2].crew_days_a_year == pytest.approx(2_250.0)


def test_without_a_target_the_first_planned_year_counts_and_nothing_contradicts():
    found = pace(target_flats=0)
    assert found.years_at_target is None
    assert not found.contradicts
    assert found.needed[2].flats_a_year == 11_250


def test_a_plan_that_converts_nothing_says_so():
    found = pace(planned_flats={2010: 0}, cost_fen=0, crew_days=0.0)
    assert found.years_at_plan is None
    assert found.sentences()[-1].pattern == "The plan converts nothing."


@given(st.integers(1, 200_000), st.integers(1, 20_000), st.integers(1, 5), st.integers(0, 5))
def test_a_longer_span_never_asks_for_more_and_what_it_asks_is_enough(stock, target, least, more):
    found = pace(stock_flats=stock, target_flats=target, years_min=least, years_max=least + more)
    flats = [one.flats_a_year for one in found.needed]
    assert flats == sorted(flats, reverse=True)
    for one in found.needed[1 if least == 1 else 0 :]:
        assert target + one.flats_a_year * (one.years - 1) >= stock


def test_a_stock_of_nothing_is_refused():
    with pytest.raises(OutOfRange):
        pace(stock_flats=0)
