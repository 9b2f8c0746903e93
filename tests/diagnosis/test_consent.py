"""Clause 二（四）: residents' consent by the law in force on the day."""

from dataclasses import replace
from datetime import date

import pytest
from tests.diagnosis.helpers import flats

from fenhu.diagnosis import count_consent
from fenhu.policy import load

FUXIN = load("fuxin-2010")
BEFORE_2021, FROM_2021 = FUXIN.consent_on(date(2015, 1, 1)), FUXIN.consent_on(date(2022, 1, 1))
FUND_2021 = FUXIN.consent_on(date(2022, 1, 1), "repair_fund")


def answers(yes, no, silent):
    return [*flats(yes, consent=True), *flats(no, consent=False), *flats(silent)]


@pytest.mark.parametrize(
    ("yes", "no", "silent", "reached"), [(6, 3, 0, True), (6, 0, 3, True), (5, 0, 4, False)]
)
def test_before_2021_two_thirds_of_all_must_agree(yes, no, silent, reached):
    assert count_consent(answers(yes, no, silent), BEFORE_2021).reached is reached


@pytest.mark.parametrize(
    ("yes", "no", "silent", "reached"),
    [
        (6, 2, 4, True),  # 8 of 12 take part, 6 of 8 agree
        (5, 2, 5, False),  # 7 of 12 take part: less than two thirds
        (5, 3, 4, False),  # 8 take part, 5 of 8 is less than three quarters
    ],
)
def test_from_2021_two_thirds_take_part_and_three_quarters_of_them_agree(yes, no, silent, reached):
    assert count_consent(answers(yes, no, silent), FROM_2021).reached is reached


@pytest.mark.parametrize(("yes", "no", "reached"), [(4, 4, False), (5, 3, True)])
def test_from_2021_more_than_half_of_those_voting_release_the_fund(yes, no, reached):
    assert count_consent(answers(yes, no, 4), FUND_2021).reached is reached


def test_area_counts_as_well_as_heads():
    # 2 of 3 flats agree, but with 100 of 400 m²
    three = [
        replace(flat, area_m2=area) for flat, area in zip(answers(2, 1, 0), (50.0, 50.0, 300.0), strict=True)
    ]
    count = count_consent(three, BEFORE_2021)
    assert not count.reached
    assert (count.agreed, count.flats, count.agreed_m2, count.area_m2) == (2, 3, 100, 400)


def test_nobody_agreeing_is_never_enough():
    assert not count_consent([], FROM_2021).reached


def test_the_count_is_said_in_words():
    said = count_consent(answers(6, 3, 0), BEFORE_2021).said.in_language("en")
    assert said == "6 of 9 flats with 540 of 810 m² agree: enough"
