"""What is paid now as a reward for each building, and how the figure came about (二（五）, 四（一）)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.money import SharingFacts, reward
from fenhu.money.rewarding import AcceptedWork, propose
from fenhu.policy import load
from fenhu.policy.paying import Deduction, Progress, RewardRule
from fenhu.records import OwnerKind

FUXIN, DAY = load("fuxin-2010"), date(2010, 10, 20)
WORK = AcceptedWork(
    code="A2", district="海州", supplier="宏远热力", flats=50, area_m2=Decimal(4_500),
    accepted_on=date(2010, 9, 20), charged_fen=20_000_00, started_on=date(2010, 7, 1),
)  # fmt: skip
PER_FLAT = RewardRule.model_validate({
    "name": "每户奖励", "name_en": "per flat", "level": "district", "rule": "per_flat", "value": Decimal(200),
    "from": date(2010, 1, 1), "clause": "x",
})  # fmt: skip


def paid_now(work=WORK, rule=None):
    policy = FUXIN if rule is None else FUXIN.model_copy(update={"rewards": (rule,)})
    lines = propose(policy, [work], level="district", district="海州", day=DAY).lines
    return lines[0].payment_fen if lines else 0


def test_c2_5_fuxins_assumed_rate_pays_three_yuan_a_square_metre():
    # 3.00 × 4,500 m² = 13,500 yuan.
    assert paid_now() == 13_500_00


def test_c4_1_nothing_is_paid_before_the_acceptance():
    assert paid_now(replace(WORK, accepted_on=None)) == 0


def test_what_was_paid_is_not_paid_again_and_the_rest_is():
    assert paid_now(replace(WORK, paid_fen=13_500_00)) == 0
    assert paid_now(replace(WORK, paid_fen=10_000_00)) == 3_500_00


def test_a_revoked_acceptance_recovers_what_was_paid_and_says_why():
    work = replace(WORK, accepted_on=None, paid_fen=13_500_00)
    (line,) = propose(FUXIN, [work], level="district", day=DAY).lines
    assert line.payment_fen == -13_500_00
    assert any("not accepted" in step.in_language("en") for step in line.steps)


def test_the_reward_never_exceeds_what_it_may_relieve_of_the_bill():
    assert paid_now(replace(WORK, charged_fen=9_000_00)) == 9_000_00


def test_a_rate_per_flat_with_progress_and_a_cap():
    rule = PER_FLAT.model_copy(
        update={"progress": (Progress(before=date(2010, 10, 1), factor=Decimal("1.2")),)}
    )
    # 200 × 50 = 10,000; accepted before October × 1.2 = 12,000.
    assert paid_now(rule=rule) == 12_000_00
    assert paid_now(rule=rule.model_copy(update={"cap_yuan_per_building": Decimal(11_000)})) == 11_000_00


@pytest.mark.parametrize(("facts", "expected"), [
    ({"finished_late": True}, 9_000_00), ({"rectifications": 2}, 9_500_00),
    ({"finished_late": True, "rectifications": 1}, 8_500_00), ({}, 10_000_00),
])  # fmt: skip
def test_deductions_are_parts_of_the_reward_for_what_is_on_record(facts, expected):
    # 10,000 yuan: a tenth off for finishing late, a twentieth for a round that failed.
    of = {"finished_late": Decimal("0.1"), "rectified": Decimal("0.05"), "open_defect": Decimal("0.5")}
    deductions = tuple(
        Deduction.model_validate(
            {"name": "扣减", "name_en": name, "evidence": name, "ratio": ratio, "clause": "x"}
        )
        for name, ratio in of.items()
    )
    assert (
        paid_now(replace(WORK, **facts), PER_FLAT.model_copy(update={"deductions": deductions})) == expected
    )


def test_an_advance_is_part_of_the_reward_and_is_counted_at_the_end():
    rule = PER_FLAT.model_copy(update={"advance_ratio": Decimal("0.3")})
    begun = replace(WORK, accepted_on=None)
    assert paid_now(begun, rule) == 3_000_00
    assert paid_now(replace(begun, started_on=None), rule) == 0
    assert paid_now(replace(WORK, paid_fen=3_000_00), rule) == 7_000_00


def test_c2_6_volunteers_are_paid_at_the_same_rate_unless_the_rule_says_otherwise():
    volunteer = replace(WORK, volunteered=True)
    assert paid_now(volunteer) == 13_500_00
    assert paid_now(volunteer, PER_FLAT.model_copy(update={"volunteers": False})) == 0


@given(
    charged=st.integers(0, 10**8), area=st.decimals("10", "9000", places=2),
    story=st.lists(st.booleans(), max_size=8),
)  # fmt: skip
@settings(max_examples=60)
def test_however_often_an_acceptance_comes_and_goes_what_was_paid_is_what_is_due(charged, area, story):
    paid = 0
    for accepted in story:
        on = date(2010, 9, 20) if accepted else None
        work = replace(WORK, charged_fen=charged, area_m2=area, accepted_on=on, paid_fen=paid)
        paid += paid_now(work)
        assert 0 <= paid <= charged
        assert accepted or paid == 0


def test_the_share_of_a_bill_and_the_proposal_know_one_reward():
    facts = SharingFacts(
        owner_kind=OwnerKind.DISTRICT, level="district", flats={"1": Decimal(4_500)}, district="海州"
    )
    assert reward(FUXIN, facts).fen == paid_now()
