"""Clauses 二（四） and 三（二）: each criterion, its evidence in words, its score, the priority."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.diagnosis.helpers import building, flats, judged, summary

from fenhu.wording import speaking


def words(result):
    return result.evidence.in_language("en")


@pytest.mark.parametrize(("mean_c", "met", "score"), [(20.0, False, 0.0), (18.0, False, 1 / 3),
                                                      (17.9, True, 0.35),
                                                      (14.0, True, 1.0), (9.0, True, 1.0)])  # fmt: skip
def test_c3_2_a_building_below_18_on_average_is_cold(mean_c, met, score):
    # the score runs from 20 ℃ (0) to 14 ℃ (1)
    _, criteria = judged(building(mean_room_c=mean_c))
    assert criteria["cold"].met is met
    assert criteria["cold"].score == pytest.approx(score)


def test_c3_2_measured_flats_come_before_register_and_simulation():
    listed = flats(3, measured_c=15.0)
    _, criteria = judged(building(mean_room_c=19.0), listed, summary(20.0, 18.0))
    assert words(criteria["cold"]) == (
        "mean room temperature 15.0 ℃, measured in 3 flats; simulated 20.0 ℃; met below 18.0 ℃"
    )


def test_c3_2_two_measured_flats_do_not_speak_for_a_building():
    listed = flats(2, measured_c=15.0)
    _, criteria = judged(building(mean_room_c=19.0), listed)
    assert words(criteria["cold"]) == "mean room temperature 19.0 ℃, measured (register); met below 18.0 ℃"


def test_c3_2_without_measurement_the_simulation_counts():
    _, criteria = judged(simulated=summary(16.0, 11.5))
    assert words(criteria["cold"]) == "mean room temperature 16.0 ℃, simulated; met below 18.0 ℃"
    assert words(criteria["imbalance"]) == (
        "coldest flat below the building's mean by 4.5 K, simulated; met from 3.0 K"
    )
    assert criteria["imbalance"].met
    assert criteria["imbalance"].score == pytest.approx(0.75)  # 4.5 of 6 K


def test_c3_2_imbalance_is_how_far_the_coldest_measured_flat_lies_below_the_mean():
    listed = [
        replace(flat, measured_c=value) for flat, value in zip(flats(3), (20.0, 18.0, 13.0), strict=True)
    ]
    _, criteria = judged(listed=listed)
    assert criteria["imbalance"].score == pytest.approx(4 / 6)  # mean 17, coldest 13


def test_c3_2_only_dwellings_count_as_cold():
    listed = flats(3, measured_c=10.0, use="shop")
    assert judged(listed=listed)[1]["cold"].met is None


@pytest.mark.parametrize(
    ("code", "known", "met"),
    [
        ("corrosion", {"corrosion": 1}, False), ("corrosion", {"corrosion": 2}, True),
        ("water_loss", {"water_loss_percent": 1.9}, False), ("water_loss", {"water_loss_percent": 2.0}, True),
        ("hard_to_maintain", {"maintainable": True}, False),
        ("hard_to_maintain", {"maintainable": False}, True),
        ("conflict", {"complaints": 0}, False), ("conflict", {"complaints": 1}, True),
    ],
)  # fmt: skip
def test_c3_2_registered_evidence_meets_its_threshold(code, known, met):
    assert judged(building(**known))[1][code].met is met


@pytest.mark.parametrize(("percent", "met"), [(80.0, False), (79.9, True)])
def test_c3_2_low_fee_collection_is_the_estates(percent, met):
    _, criteria = judged(fees=percent)
    assert criteria["low_fees"].met is met
    assert "和平小区" in words(criteria["low_fees"])
    assert criteria["low_fees"].applies_to == "estate"


@pytest.mark.parametrize(("agreed", "met"), [(6, True), (5, False)])
def test_c2_4_two_thirds_of_all_flats_are_support(agreed, met):
    # 6 of 9 is exactly two thirds; the three who have not answered count among all
    listed = [*flats(agreed, consent=True), *flats(9 - agreed)]
    assert judged(listed=listed)[1]["support"].met is met


def test_missing_evidence_is_neither_met_nor_unmet_and_says_what_is_missing():
    diagnosis, criteria = judged()
    assert all(result.met is None for result in diagnosis.criteria)
    assert diagnosis.priority == 0
    assert not diagnosis.priority_class
    assert words(criteria["support"]) == "No evidence: residents have not been asked yet"
    assert words(criteria["corrosion"]) == "No evidence: corrosion was not graded"


def test_the_priority_is_the_mean_of_the_known_scores_by_weight():
    # cold 17 ℃: score 0.5, weight 0.20; corrosion 3: score 1, 0.10; water loss 0.5: score 0, 0.10
    diagnosis, _ = judged(building(mean_room_c=17.0, corrosion=3, water_loss_percent=0.5))
    assert diagnosis.priority == pytest.approx((0.5 * 0.2 + 1 * 0.1 + 0) / 0.4)


def test_c3_2_out_of_balance_and_cold_together_come_first():
    assert judged(building(mean_room_c=16.0, min_room_c=12.0))[0].priority_class
    assert not judged(building(mean_room_c=16.0, min_room_c=15.0))[0].priority_class


def test_c3_2_two_of_three_faults_of_the_system_come_first():
    assert not judged(building(corrosion=3))[0].priority_class
    assert judged(building(corrosion=3, maintainable=False))[0].priority_class


def test_c3_2_low_fees_alone_come_first():
    assert judged(fees=70.0)[0].priority_class


def test_c2_4_conflict_comes_first_only_with_support():
    assert not judged(building(complaints=5))[0].priority_class
    assert judged(building(complaints=5), flats(consent=True))[0].priority_class


def test_a_building_that_could_not_be_simulated_is_judged_from_the_register():
    diagnosis, criteria = judged(building(mean_room_c=15.0, corrosion=3), status="not-converged")
    assert (diagnosis.status, diagnosis.before) == ("not-converged", None)
    assert criteria["cold"].met
    assert criteria["corrosion"].met
    assert "not-converged" in diagnosis.reasons[0].in_language("en")


def test_the_weightiest_reason_stands_first():
    diagnosis, _ = judged(
        building(mean_room_c=14.0, min_room_c=13.5, corrosion=2), simulated=summary(18.0, 17.0)
    )
    with speaking("en"):
        assert [str(reason).split(":")[0] for reason in diagnosis.reasons] == [
            "Rooms too cold for long", "Pipes badly corroded"]  # fmt: skip


def test_every_criterion_says_its_clause_and_that_it_is_assumed():
    diagnosis, _ = judged()
    assert {result.clause for result in diagnosis.criteria} == {"二（四）", "三（二）"}
    assert all(result.assumed for result in diagnosis.criteria)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "mean_room_c": st.floats(-5, 35), "min_room_c": st.floats(-5, 35), "corrosion": st.integers(0, 3),
            "water_loss_percent": st.floats(0, 100), "complaints": st.integers(0, 500),
            "maintainable": st.booleans(),
        },
    ),
    st.one_of(st.none(), st.floats(0, 100)),
)  # fmt: skip
def test_scores_and_priority_stay_between_0_and_1(known, fees):
    diagnosis, _ = judged(building(**known), fees=fees)
    assert 0 <= diagnosis.priority <= 1
    for result in diagnosis.criteria:
        assert 0 <= result.score <= 1
        assert result.evidence.in_language("en")


@given(st.floats(5, 25), st.floats(0, 10))
def test_a_colder_building_is_never_less_urgent(mean_c, colder_k):
    warm, _ = judged(building(mean_room_c=mean_c))
    cold, _ = judged(building(mean_room_c=mean_c - colder_k))
    assert cold.priority >= warm.priority
