"""Stairwell by stairwell, where a policy lets a plan convert a building in parts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from tests.planning.small import an_instance, best_score

from fenhu import planning, policy, study
from fenhu.planning import NO_YEAR, Changes, changed
from fenhu.planning.model.judge import spent_by
from fenhu.planning.task.purses import purses_of
from fenhu.records import OrderRecord
from fenhu.register import synthetic_city
from fenhu.study.stairwells import by_stairwell, item_code

RULES = policy.load("fuxin-2010")


def allowing(rules, **planning_settings):
    """Return the rules with other values of ``[planning]``."""
    changed_planning = rules.planning.model_copy(
        update={
            name: getattr(rules.planning, name).model_copy(update={"value": value})
            for name, value in planning_settings.items()
        }
    )
    return rules.model_copy(update={"planning": changed_planning})


@pytest.fixture(scope="module")
def city():
    return synthetic_city(8, 3)


@pytest.fixture(scope="module")
def found(city):
    return study.diagnose_register(city, RULES), study.price_register(city, RULES)


@pytest.fixture(scope="module")
def parts(city, found):
    return by_stairwell(city, *found)


def test_every_flat_stands_in_exactly_one_stairwell(city, parts):
    flats = Counter((parts.house_of[flat.building], flat.flat_id) for flat in parts.register.flats)
    assert flats == Counter((flat.building, flat.flat_id) for flat in city.flats)
    counted = Counter()
    for record in parts.register.buildings:
        counted[parts.house_of[record.code]] += record.flats
    assert counted == {record.code: record.flats for record in city.buildings}


def test_a_buildings_bill_is_dealt_to_the_fen_payer_by_payer(found, parts):
    _, priced = found
    dealt = {code: Counter() for code in priced}
    for code, own in parts.priced.items():
        dealt[parts.house_of[code]].update(own.shared.total)
        assert own.cost_fen == sum(own.shared.total.values())
    for code, whole in priced.items():
        assert {payer: fen for payer, fen in dealt[code].items() if fen} == {
            payer: fen for payer, fen in whole.shared.total.items() if fen
        }


def test_cold_flats_are_counted_where_they_are(found, parts):
    diagnosed, _ = found
    cold = Counter()
    for code, one in parts.diagnosed.diagnoses.items():
        cold[parts.house_of[code]] += one.before.below_18
    assert cold == Counter({code: one.before.below_18 for code, one in diagnosed.diagnoses.items()})


def test_a_later_building_waits_for_every_stairwell_of_the_earlier(city, found):
    first, second = city.buildings[0], city.buildings[1]
    ordered = replace(city, orders=(OrderRecord(before=first.code, after=second.code),))
    orders = {(one.before, one.after) for one in by_stairwell(ordered, *found).register.orders}
    assert orders == {
        (item_code(first.code, before), item_code(second.code, after))
        for before in range(1, first.units + 1)
        for after in range(1, second.units + 1)
    }


def test_c2_6_a_policy_may_let_a_building_be_converted_stairwell_by_stairwell(city):
    rules = allowing(RULES, stairwell_by_stairwell=True)
    made = study.run_study(city, rules, settings=study.Settings(effort=1))
    assert set(made.house_of.values()) == {record.code for record in city.buildings}
    assert set(made.year_of) == set(made.house_of)
    assert made.task.instance.set_up_fen.max() > 0
    assert any(one.key == "set_up" for one in made.task.assumed)


def test_c2_6_fuxin_counts_whole_buildings(city):
    made = study.run_study(city, RULES, settings=study.Settings(effort=1))
    assert made.house_of == {record.code: record.code for record in city.buildings}
    assert not made.task.instance.set_up_fen.any()
    assert made.whole.register is made.register


def test_c3_3_an_owners_own_conversion_takes_no_crews_of_the_supplier(city, found):
    code = city.buildings[0].code
    diagnosed, priced = found
    asked = {"owner_converts": frozenset({code})}
    task = study.planning_instance(city, diagnosed.diagnoses, priced, RULES, **asked)
    assert task.instance.buildings.crew_days[0] == 0.0
    strict = allowing(RULES, owner_conversion_uses_crew=True)
    task = study.planning_instance(city, diagnosed.diagnoses, priced, strict, **asked)
    assert task.instance.buildings.crew_days[0] > 0.0


def test_c2_6_only_volunteers_outside_the_2009_pilot_count_as_volunteers(city, found):
    diagnosed, priced = found
    asked = [
        replace(row, volunteered=True, pilot_2009=number == 0) for number, row in enumerate(city.buildings)
    ]
    register = replace(city, buildings=tuple(asked))
    task = study.planning_instance(register, diagnosed.diagnoses, priced, RULES)
    assert task.instance.buildings.volunteer.tolist() == [False] + [True] * (len(asked) - 1)


def houses_of_two():
    """Return two houses of two stairwells each; setting up works inside a house costs 30 yuan a year."""
    instance = an_instance(
        flats=[10, 10, 10, 10], benefit=[50, 50, 50, 50], earliest=[0, 0, 0, 0], priority=[0, 0, 0, 0],
        cost_yuan=[100, 100, 100, 100], cluster=[0, 0, 0, 0], district=[0, 0, 0, 0],
        supplier_of_cluster=[0], years=2, money_yuan=100_000, crew_days=1000, upper_yuan=0,
        carry=frozenset({"SUPPLIER"}), equity=0.0,
    )  # fmt: skip
    return replace(
        instance, house_of=np.array([0, 0, 1, 1]), set_up_fen=np.array([30_00, 30_00], dtype=np.int64)
    )


def spent_by_supplier_yuan(instance, year_of):
    purses = purses_of(instance)
    return int(spent_by(instance, purses, year_of).purses[purses.supplier_purse[0]].sum()) // 100


def test_works_inside_a_house_are_set_up_once_a_year_in_which_they_go_on():
    instance = houses_of_two()
    mains_and_set_up = 4000 + 500
    together = np.array([0, 0, NO_YEAR, NO_YEAR])
    assert spent_by_supplier_yuan(instance, together) == mains_and_set_up + 2 * 100 + 30
    apart = np.array([0, 1, NO_YEAR, NO_YEAR])
    assert spent_by_supplier_yuan(instance, apart) == mains_and_set_up + 500 + 2 * 100 + 2 * 30


def test_a_target_of_buildings_counts_half_a_house_as_half():
    instance = houses_of_two()
    wanted = changed(instance, Changes(target_buildings={0: 2}))
    half = planning.shortfalls(wanted, np.array([0, NO_YEAR, 0, 0]))
    assert [one.missing for one in half if one.kind == "target_buildings"] == [0.5]


def test_the_best_plan_of_houses_is_found_whether_searched_or_proven():
    instance = houses_of_two()
    tight = changed(
        instance,
        Changes(purses=(planning.PurseChange(source="SUPPLIER", factor=0.0, add=4000_00 + 500_00 + 330_00),)),
    )
    result = planning.solve(tight, effort=2, seconds=30)
    assert result.status == "optimal"
    assert result.objective == pytest.approx(best_score(tight), rel=1e-9)


def test_a_building_stands_in_its_first_year_and_says_which_stairwell_follows(city):
    rules = allowing(RULES, stairwell_by_stairwell=True)
    made = study.run_study(city, rules, settings=study.Settings(effort=1))
    code = next(code for code in made.whole.priced if list(made.house_of.values()).count(code) > 1)
    first, second, *rest = (item for item, house in made.house_of.items() if house == code)
    years = {**made.year_of, first: 2012, second: 2011, **dict.fromkeys(rest)}
    whole = study.planned_buildings(replace(made, year_of=years))[code]
    assert whole.year == 2011
    said = [one.in_language("en") for one in whole.reasons]
    assert f"Stairwell {first.split('/')[1]} follows in 2012." in said
    assert sum(one.endswith("has no year yet.") for one in said) == len(rest)
