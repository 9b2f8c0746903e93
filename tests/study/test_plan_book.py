"""The plan book of a whole study agrees with plan.json, the judge and the policy's calendar."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pytest
from tests.study.test_stairwells import allowing

from fenhu import papers, planning, study
from fenhu.papers import plan_tables
from fenhu.planning.model.judge import spent_by
from fenhu.planning.task.purses import purses_of
from fenhu.policy import load
from fenhu.records import Payer, Source
from fenhu.register import synthetic_city
from fenhu.study.plan_reading import season_days

RULES = load("fuxin-2010")


@pytest.fixture(scope="module")
def made():
    return study.run_study(synthetic_city(60, 7), RULES, settings=study.Settings(effort=1))


@pytest.fixture(scope="module")
def book(made):
    return study.plan_book(made)


def test_every_planned_building_stands_in_exactly_one_year(made, book):
    assert Counter(row.code for row in book.rows) == Counter(made.year_of.keys())
    assert {row.code: row.year for row in book.rows} == dict(made.year_of)
    listed = Counter(row[4] for row in plan_tables.buildings(book).rows)
    assert listed == Counter(code for code, year in made.year_of.items() if year is not None)


def test_the_totals_of_its_sheets_equal_plan_json(made, book):
    years = study.plan_json(made)["years"]
    for year in years:
        sums = papers.year_totals(book, year["year"])
        assert sums.buildings == len(year["buildings"])
        assert sums.flats == year["flats"]
        assert sums.area_m2 == pytest.approx(year["area_m2"], abs=0.01)
        assert {str(payer): fen for payer, fen in sums.cost_fen.items()} == year["fen"]
    by_place = plan_tables.by_place(book)
    place = [str(column.head) for column in by_place.columns].index(str(papers.payer_name(Payer.USER)))
    assert sum(row[place] for row in by_place.rows) == sum(year["fen"]["user"] for year in years)
    assert sum(row[3] for row in by_place.rows) == sum(len(year["buildings"]) for year in years)


def test_budgets_agree_to_the_fen_with_the_judge(made, book):
    instance = made.task.instance
    purses = purses_of(instance)
    spent = spent_by(instance, purses, planning.years_array(made.plan)).purses
    judged = Counter()
    for purse, years in zip(purses.names, spent, strict=True):
        judged[purse.source] += int(years.sum())
    paid = Counter()
    for one in book.purses:
        assert one.given_fen + one.carried_fen == one.spent_fen + one.left_fen
        paid[one.source] += one.spent_fen
    assert paid[Source.CITY] == judged["CITY"]
    assert paid[Source.DISTRICT] == judged["DIST"]
    assert paid[Source.REPAIR_FUND] == judged["REPAIR"]
    assert paid[Source.OWNER] == judged["OWNER"]
    assert paid[Source.SUPPLIER] + paid[Source.UPPER] == judged["SUPPLIER"]
    every = papers.plan_totals(book.planned, book.mains)
    assert paid[Source.SUPPLIER] == every.cost_fen[Payer.SUPPLIER]
    assert paid[Source.UPPER] == every.cost_fen[Payer.UPPER]


def test_c3_2_works_lie_between_the_heating_season_and_30_september(book):
    for row in book.planned:
        first, last = season_days(RULES, row.year)
        assert row.starts >= first
        assert row.due == last == date(row.year, 9, 30)
        assert row.ends >= row.starts
    assert season_days(RULES, 2010)[0] == RULES.valid_from
    assert season_days(RULES, 2011)[0] == date(2011, 4, 1)


def test_the_crews_of_a_season_need_what_its_buildings_take_and_no_more_than_there_is(made, book):
    for season in book.seasons:
        own = [row for row in book.planned if (row.supplier, row.year) == (season.supplier, season.year)]
        assert season.used_days == pytest.approx(sum(row.crew_days for row in own))
        assert season.used_days <= season.available_days + 1e-6
        assert max(row.crew for row in own) <= season.crews


def test_the_ranking_stands_beside_the_plan(made, book):
    ranked = np.array([year is not None for year in made.baseline.year_of])
    assert sum(row.ranked_year is not None for row in book.rows) == ranked.sum()
    *_, every = papers.compared(book.rows, book.years)
    benefit = made.task.instance.buildings.benefit
    assert every.ranking.benefit == pytest.approx(benefit[ranked].sum())


def test_what_the_calendar_takes_for_granted_is_said(book):
    assert [one.key for one in book.assumptions].count("crew_calendar") == 1


def test_c2_6_stairwells_planned_one_by_one_give_their_building_its_days_and_benefit():
    city = synthetic_city(8, 3)
    rules = allowing(RULES, stairwell_by_stairwell=True)
    made = study.run_study(city, rules, settings=study.Settings(effort=1))
    book = study.plan_book(made)
    assert Counter(row.code for row in book.rows) == Counter(made.year_of.keys())
    for year in study.plan_json(made)["years"]:
        sums = papers.year_totals(book, year["year"])
        assert {str(payer): fen for payer, fen in sums.cost_fen.items()} == year["fen"]
    instance, years = made.task.instance, planning.years_array(made.plan)
    reading = study.read_plan(instance, years, made.policy)
    first = study.years_by_building(instance, years)
    assert set(first) == {record.code for record in city.buildings}
    for house in {house for item, house in made.house_of.items() if item != house}:
        items = [item for item, its_house in made.house_of.items() if its_house == house]
        assert reading.benefit[house] == pytest.approx(sum(reading.benefit[item] for item in items))
        assert (house in reading.days) == (first[house] is not None)
        if first[house] is not None:
            own = [reading.days[item] for item in items if made.year_of[item] == first[house]]
            assert reading.days[house].starts == min(one.starts for one in own)
            assert reading.days[house].ends == max(one.ends for one in own)
            assert reading.days[house].due.year == first[house]
