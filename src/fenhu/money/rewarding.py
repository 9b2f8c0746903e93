"""Reward in place of subsidy (clauses 二（五）, 四（一）): what is paid now for each building, and why.

A building earns its reward by accepted work alone. What it has earned less what was paid for it is paid now;
an acceptance that is revoked takes the entitlement with it, and what was paid is recovered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fenhu.policy import Authority, Policy, RewardRule
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedWork:
    """A building as its reward is judged.

    ``accepted_on`` is None where the works are not accepted, or no longer; ``charged_fen`` is what its level
    of government owes of the bill, and the most it pays; ``paid_fen`` what it has paid, advances included.
    """

    code: str
    district: str
    supplier: str
    flats: int
    area_m2: Decimal
    accepted_on: date | None
    charged_fen: int
    paid_fen: int = 0
    started_on: date | None = None
    volunteered: bool = False
    finished_late: bool = False
    rectifications: int = 0
    open_defects: int = 0

    def shows(self, evidence: str) -> bool:
        """Return whether a deduction's evidence is there."""
        match evidence:
            case "finished_late":
                return self.finished_late
            case "rectified":
                return self.rectifications > 0
            case _:
                return self.open_defects > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardLine:
    """What one building gets now, in fen; ``payment_fen`` is negative where something is recovered."""

    code: str
    district: str
    supplier: str
    flats: int
    area_m2: Decimal
    accepted_on: date | None
    base_fen: int
    factor: Decimal
    deducted_fen: int
    entitled_fen: int
    paid_fen: int
    payment_fen: int
    steps: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardProposal:
    """What one level of government pays now; lines by building code, those that get nothing left out."""

    level: Authority
    district: str
    lines: tuple[RewardLine, ...]

    @property
    def total_fen(self) -> int:
        """Return the sum of all payments."""
        return sum(line.payment_fen for line in self.lines)


def propose(
    policy: Policy, works: Sequence[AcceptedWork], *, level: Authority, district: str = "", day: date
) -> RewardProposal:
    """Return what a level of government pays for these buildings on a day."""
    lines = (_line(policy, work, level, day) for work in sorted(works, key=lambda one: one.code))
    return RewardProposal(
        level=level, district=district, lines=tuple(line for line in lines if line.payment_fen)
    )


def _line(policy: Policy, work: AcceptedWork, level: Authority, day: date) -> RewardLine:
    rule = policy.reward_on(work.accepted_on or day, level, work.district)
    steps: list[Text] = []
    base = _base_fen(rule, work, steps)
    factor = _factor(rule, work, steps)
    earned = _rounded(base * factor)
    if (
        rule is not None
        and rule.cap_yuan_per_building is not None
        and earned > rule.cap_yuan_per_building * 100
    ):
        earned = _rounded(rule.cap_yuan_per_building * 100)
        steps.append(text("At most {yuan} yuan a building", yuan=_yuan(earned)))
    deducted = _deducted_fen(rule, work, earned, steps)
    entitled = _limited(earned - deducted, work, steps)
    if work.paid_fen:
        steps.append(text("Paid before: {yuan} yuan", yuan=_yuan(work.paid_fen)))
    return RewardLine(
        code=work.code, district=work.district, supplier=work.supplier, flats=work.flats,
        area_m2=work.area_m2, accepted_on=work.accepted_on, base_fen=_rounded(base), factor=factor,
        deducted_fen=deducted, entitled_fen=entitled, paid_fen=work.paid_fen,
        payment_fen=entitled - work.paid_fen, steps=tuple(steps),
    )  # fmt: skip


def _base_fen(rule: RewardRule | None, work: AcceptedWork, steps: list[Text]) -> Decimal:
    """Return the reward before factor and deductions; of works not accepted only what is advanced."""
    if rule is None or rule.rule == "none" or (work.volunteered and not rule.volunteers):
        steps.append(text("No reward is set for this building"))
        return Decimal(0)
    each, units, said = _rate(rule, work)
    base = each * units * 100
    steps.append(said)
    if work.accepted_on is not None:
        return base
    if rule.advance_ratio is not None and work.started_on is not None:
        steps.append(text("Advance: {ratio} of it, the works have begun", ratio=str(rule.advance_ratio)))
        return base * rule.advance_ratio
    steps.append(text("The works are not accepted, or no longer: nothing is due"))
    return Decimal(0)


def _rate(rule: RewardRule, work: AcceptedWork) -> tuple[Decimal, Decimal, Text]:
    """Return yuan a unit, the units, and both as words."""
    if rule.rule == "per_flat":
        each, units = rule.value or Decimal(0), Decimal(work.flats)
        return each, units, text("{each} yuan × {units} flats", each=str(each), units=work.flats)
    each = rule.value if rule.rule == "per_m2" and rule.value is not None else _formula(rule)
    said = text(
        "{each} yuan × {units} m²", each=f"{each.normalize():f}", units=f"{work.area_m2.normalize():f}"
    )
    return each, work.area_m2, said


def _formula(rule: RewardRule) -> Decimal:
    return rule.formula.yuan_per_m2() if rule.formula is not None else Decimal(0)


def _factor(rule: RewardRule | None, work: AcceptedWork, steps: list[Text]) -> Decimal:
    if rule is None or work.accepted_on is None:
        return Decimal(1)
    ahead = [step for step in rule.progress if work.accepted_on < step.before]
    if not ahead:
        return Decimal(1)
    step = min(ahead, key=lambda one: one.before)
    steps.append(
        text("Accepted before {day}: × {factor}", day=step.before.isoformat(), factor=str(step.factor))
    )
    return step.factor


def _deducted_fen(rule: RewardRule | None, work: AcceptedWork, earned: int, steps: list[Text]) -> int:
    total = 0
    for one in rule.deductions if rule is not None else ():
        if earned and work.shows(one.evidence):
            fen = min(earned - total, _rounded(earned * one.ratio))
            total += fen
            steps.append(text("Deducted, {name}: {yuan} yuan", name=one.name, yuan=_yuan(fen)))
    return total


def _limited(entitled: int, work: AcceptedWork, steps: list[Text]) -> int:
    """Return at most what the bill gives the reward to relieve."""
    if entitled <= work.charged_fen:
        return entitled
    steps.append(
        text("Limited to {yuan} yuan, which is all it may relieve of the bill", yuan=_yuan(work.charged_fen))
    )
    return work.charged_fen


def _rounded(fen: Decimal) -> int:
    return int(fen.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
