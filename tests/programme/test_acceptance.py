"""A round of acceptance: limits belong to what passes, parties sign in order, nothing passes unmeasured."""

from decimal import Decimal

import pytest

from fenhu.policy import load
from fenhu.programme import ACCEPTANCE, SIGNS_FOR, Role, RoundFacts, next_to_sign, within_limits
from fenhu.wording import text

TESTS = {test.code: test for test in load("fuxin-2010").acceptance.test}
PARTIES = ("city_bureau", "district_gov", "heat_supplier")


@pytest.mark.parametrize(("code", "value", "kept"), [
    ("room_temperature_c", "18", True), ("room_temperature_c", "17.9999", False),
    ("radiator_pressure_mpa", "0.6", True), ("radiator_pressure_mpa", "0.5999", False),
    ("system_pressure_drop_mpa", "0.05", True), ("system_pressure_drop_mpa", "0.0501", False),
])  # fmt: skip
def test_c4_3_a_value_on_its_limit_passes_and_one_beyond_does_not(code, value, kept):
    assert within_limits(TESTS[code], Decimal(value)) is kept


def test_c3_4_parties_sign_one_after_the_other():
    assert next_to_sign(PARTIES, []) == "city_bureau"
    assert next_to_sign(PARTIES, ["city_bureau"]) == "district_gov"
    assert next_to_sign(PARTIES, PARTIES) is None


def test_c3_4_who_has_no_login_is_signed_for_by_the_community():
    assert set(SIGNS_FOR.values()) == {Role.COMMUNITY}


def held_back(step, **facts):
    reason = ACCEPTANCE.step(step).held_back_by(RoundFacts(**facts))
    return None if reason is None else reason.in_language("en")


@pytest.mark.parametrize("step", ["pass", "pass_part"])
@pytest.mark.parametrize(("facts", "said"), [
    ({"unmeasured": (text("Passed"),)}, "Not measured yet: Passed"),
    ({"unsigned": (text("Passed"),)}, "Not signed yet: Passed"),
    ({"refused": (text("Passed"),)}, "Signed against it: Passed"),
    ({"missed": (text("Passed"),)}, "Outside its limits: Passed"),
])  # fmt: skip
def test_c3_4_nothing_passes_unmeasured_unsigned_refused_or_outside_its_limits(step, facts, said):
    assert held_back(step, flats_failed=step == "pass_part", **facts) == said


def test_c3_4_a_round_with_a_failed_flat_passes_in_part_only():
    assert "1 flats did not pass" in held_back("pass", flats_failed=1)
    assert held_back("pass_part", flats_failed=1) is None
    assert held_back("pass") is None
    assert "Every flat passed" in held_back("pass_part")


def test_c3_4_a_round_can_fail_at_any_time_with_a_reason():
    fail = ACCEPTANCE.step("fail")
    assert fail.guards == ()
    assert fail.needs_note
