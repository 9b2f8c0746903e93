"""Reward in place of subsidy: none, per flat, per m², formula; progress, caps, districts, volunteers."""

from datetime import date
from decimal import Decimal

import pytest
from tests.money.helpers import facts, policy_with, rule

from fenhu.errors import UnknownItem
from fenhu.money import reward

START, END = date(2010, 5, 10), date(2010, 12, 31)
PIPE = rule("pipe", "user", 1, "remainder")


def reward_rule(kind, value=None, **more):
    entry = {
        "level": "city",
        "name": "奖",
        "name_en": "reward",
        "rule": kind,
        "from": START,
        "clause": "二（二）",
    }
    return entry | ({} if value is None else {"value": Decimal(value)}) | more


def reward_fen(*rules, **given):
    return reward(policy_with(PIPE, reward=rules), facts(**given)).fen


def test_none_and_no_rule_pay_nothing():
    assert reward_fen(reward_rule("none")) == 0
    assert reward_fen() == 0


def test_per_flat():
    assert reward_fen(reward_rule("per_flat", 300)) == 60_000


def test_per_square_metre():
    # 150 m² × 8.05 yuan
    assert reward_fen(reward_rule("per_m2", "8.05")) == 120_750


def test_formula_gives_the_published_rate_of_the_indoor_item():
    # 55 × (0.3 × 0.7 + 0.3) = 28.05 yuan/m² (facts B8); 150 m² → 4,207.50 yuan
    formula = {
        "base_yuan_per_m2": 55,
        "item_weight_ratio": Decimal("0.3"),
        "effect_weight_ratio": Decimal("0.3"),
        "effect_ratio": 1,
    }
    assert reward_fen(reward_rule("formula", formula=formula)) == 420_750


def test_progress_pays_more_for_the_earlier():
    steps = ({"before": date(2010, 10, 1), "factor": Decimal("1.2")}, {"before": END, "factor": 1})
    rules = reward_rule("per_flat", 100, progress=steps)
    assert reward_fen(rules, day=date(2010, 9, 30)) == 24_000
    assert reward_fen(rules, day=date(2010, 10, 1)) == 20_000


def test_a_cap_bounds_a_building():
    assert reward_fen(reward_rule("per_flat", 300, cap_yuan_per_building=500)) == 50_000


def test_a_districts_own_rate_comes_before_the_general_one():
    rules = (
        reward_rule("per_flat", 100, level="district"),
        reward_rule("per_flat", 200, level="district", district="细河"),
    )
    assert reward_fen(*rules, level="district", district="细河") == 40_000
    assert reward_fen(*rules, level="district", district="海州") == 20_000


def test_c2_6_volunteers_are_paid_unless_the_rule_says_no():
    assert reward_fen(reward_rule("per_flat", 100), volunteered=True) == 20_000
    assert reward_fen(reward_rule("per_flat", 100, volunteers=False), volunteered=True) == 0


def test_a_later_rate_holds_from_its_day():
    rules = (reward_rule("per_flat", 100, to=END), reward_rule("per_flat", 50) | {"from": date(2011, 1, 1)})
    assert reward_fen(*rules, day=END) == 20_000
    assert reward_fen(*rules, day=date(2011, 1, 1)) == 10_000


def test_a_rate_by_area_needs_every_area():
    with pytest.raises(UnknownItem):
        reward_fen(reward_rule("per_m2", 8), flats={"a": Decimal(60), "b": None})
