"""Reward in place of subsidy (clause 二（五）): what a level of government pays for a building."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from fenhu.errors import UnknownItem
from fenhu.money.facts import SharingFacts
from fenhu.policy import Policy, RewardRule
from fenhu.wording import Text, text

_NO_REWARD = text("no reward is set for this building")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """A building's reward and the rule it comes from."""

    fen: int
    rule: Text
    clause: str
    assumed: bool


def reward(policy: Policy, facts: SharingFacts) -> Reward:
    """Return the reward of the building's level of government, whoever's costs it relieves.

    Raises
    ------
    UnknownItem
        If the rule counts square metres and a flat's area is not known.
    """
    rule = policy.reward_on(facts.day or policy.valid_from, facts.level, facts.district)
    if rule is None or (facts.volunteered and not rule.volunteers):
        return Reward(fen=0, rule=_NO_REWARD, clause="", assumed=False)
    yuan = _yuan(rule, facts) * _progress(rule, facts)
    if rule.cap_yuan_per_building is not None:
        yuan = min(yuan, rule.cap_yuan_per_building)
    fen = int((yuan * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return Reward(fen=fen, rule=rule.name, clause=rule.clause, assumed=rule.assumed)


def _yuan(rule: RewardRule, facts: SharingFacts) -> Decimal:
    if rule.rule == "per_flat" and rule.value is not None:
        return rule.value * len(facts.flats)
    if rule.rule == "per_m2" and rule.value is not None:
        return rule.value * _area_m2(facts)
    if rule.formula is not None:
        return rule.formula.yuan_per_m2() * _area_m2(facts)
    return Decimal(0)


def _progress(rule: RewardRule, facts: SharingFacts) -> Decimal:
    """Return the factor of the earliest date the building is accepted before; 1 without such dates."""
    if facts.day is None:
        return Decimal(1)
    ahead = [step for step in rule.progress if facts.day < step.before]
    return min(ahead, key=lambda step: step.before).factor if ahead else Decimal(1)


def _area_m2(facts: SharingFacts) -> Decimal:
    area_m2 = facts.area_m2
    if area_m2 is None:
        raise UnknownItem(
            text("The reward counts square metres and a flat's area is missing; give every area")
        )
    return area_m2
