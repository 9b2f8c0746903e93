"""The officials' own sums in every packaged policy come out to the fen."""

import pytest

from fenhu.money import run_cases
from fenhu.policy import available, load

CASES = [case for info in available() for case in run_cases(load(info.id))]


def test_every_policy_carries_hand_sums():
    assert all(load(info.id).cases for info in available())


@pytest.mark.parametrize("case", CASES, ids=[case.name.in_language("en") for case in CASES])
def test_the_rules_give_the_hand_sum(case):
    assert case.found_fen == case.expected_fen
    assert case.agrees
