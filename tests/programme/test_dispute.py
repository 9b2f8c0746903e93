"""Cases: settled with an outcome, closed with a decision; liabilities proposed by all of their evidence."""

import pytest

from fenhu.policy import load
from fenhu.programme import CASE, EVIDENCE, CaseFacts, Role, proposed_liability

FUXIN = load("fuxin-2010")


@pytest.mark.parametrize(("evidence", "proposed"), [
    ((), ()), (("dispute_case",), ()), (("owner_reminded",), ()),
    (("dispute_case", "owner_reminded"), ("owner_not_cooperating",)),
    (("conditions_met", "household_reminded"), ("flat_able_but_unwilling",)),
    (("incident_report",), ("deliberate_obstruction",)),
    (tuple(EVIDENCE), ("owner_not_cooperating", "flat_able_but_unwilling", "deliberate_obstruction")),
], ids=str)  # fmt: skip
def test_c4_1_a_liability_is_proposed_by_all_of_its_evidence_and_by_nothing_less(evidence, proposed):
    assert tuple(rule.code for rule in proposed_liability(FUXIN, evidence)) == proposed


def test_c4_1_every_evidence_of_the_policy_has_a_name():
    assert {code for rule in FUXIN.liability for code in rule.evidence} <= set(EVIDENCE)


def test_c2_3_a_case_is_settled_only_with_its_outcome():
    settle = CASE.step("settle")
    assert settle.held_back_by(CaseFacts()) is not None
    assert settle.held_back_by(CaseFacts(outcome="已签字")) is None


def test_c4_1_a_case_is_closed_only_when_a_proposed_liability_is_decided():
    close = CASE.step("close")
    assert close.held_back_by(CaseFacts(outcome="已签字", liable_open=True)) is not None
    assert close.held_back_by(CaseFacts(outcome="已签字")) is None
    assert set(close.roles) == {Role.CITY_BUREAU, Role.DISTRICT_GOV}


def test_c4_1_only_public_security_reports_back():
    assert CASE.step("report_back").roles == (Role.PUBLIC_SECURITY,)


@pytest.mark.parametrize("state", ["open", "in_hand", "at_bureau", "at_security"])
def test_c2_3_every_state_in_which_a_case_waits_has_a_term(state):
    assert FUXIN.term("case", state) is not None
