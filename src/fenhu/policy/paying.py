"""Who pays: cost shares, the repair fund, grants from above, rewards, and the officials' own sums."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from fenhu.policy.entry import Code, Entry, Named, Number, Ratio, Strict, Words, Yuan
from fenhu.policy.programme import Authority
from fenhu.policy.words import PAYERS, percent
from fenhu.records import OwnerKind, Payer
from fenhu.wording import Text, text

Event = Literal["contract", "start", "acceptance"]
EVENT_NAMES: Mapping[Event, Text] = {
    "contract": text("the contract"),
    "start": text("the start of the works"),
    "acceptance": text("the acceptance"),
}
PayerName = Literal["user", "owner", "supplier", "repair_fund", "reward", "upper"]


class CostShare(Named):
    """``[[cost_share]]``: one payer's part of one item, taken in ``order``.

    ``share`` takes ``value`` of the cost (``of = "cost"``) or of what earlier rules left (``of = "rest"``);
    ``per_flat`` and ``per_m2`` take ``value`` yuan for each flat or square metre; ``available`` takes what
    the payer's purse still holds; ``remainder`` takes all that is left. Caps bound a payer's part from above.
    """

    item: Code
    payer: PayerName
    order: int = Field(ge=1)
    rule: Literal["share", "per_flat", "per_m2", "available", "remainder"]
    value: Yuan | None = None
    of: Literal["cost", "rest"] = "cost"
    cap_yuan_per_flat: Yuan | None = None
    cap_yuan_per_m2: Yuan | None = None
    instead: Literal["user", "supplier"] | None = None
    advanced_by: Literal["owner", "supplier"] | None = None

    def said(self) -> Text:
        """Return the rule's name and what it says as words."""
        return text("{name} ({part})", name=self.name, part=self.part())

    def part(self) -> Text:
        """Return who pays how much as words, and who lays it out at first."""
        if self.advanced_by is None:
            return self._own_part()
        return text("{part}, advanced by {payer}", part=self._own_part(), payer=PAYERS[self.advanced_by])

    def _own_part(self) -> Text:
        payer, value = PAYERS[self.payer], str(self.value)
        match self.rule:
            case "share" if self.of == "cost":
                return text("{payer} pays {value} of the cost", payer=payer, value=value)
            case "share":
                return text("{payer} pays {value} of what is left", payer=payer, value=value)
            case "per_flat":
                return text("{payer} pays {value} yuan a flat", payer=payer, value=value)
            case "per_m2":
                return text("{payer} pays {value} yuan a square metre", payer=payer, value=value)
            case "available":
                return text("{payer} pays as far as it reaches", payer=payer)
            case "remainder":
                return text("{payer} pays what is left", payer=payer)


class Ceiling(Named):
    """``[[ceiling]]``: what a payer pays at most for each flat of ``items`` together.

    ``excess`` pays what lies above. A purse (``reward``, ``repair_fund``, ``upper``) needs none: what it does
    not pay falls to the rules after its own.
    """

    payer: PayerName
    items: tuple[Code, ...] = Field(min_length=1)
    yuan_per_flat: Yuan | None = None
    yuan_per_m2: Yuan | None = None
    excess: Literal["user", "supplier"] | None = None

    def said(self) -> Text:
        """Return the limits as words."""
        payer = PAYERS[self.payer]
        if self.yuan_per_flat is not None:
            return text("{payer}: at most {yuan} yuan a flat", payer=payer, yuan=str(self.yuan_per_flat))
        return text("{payer}: at most {yuan} yuan a square metre", payer=payer, yuan=str(self.yuan_per_m2))


class RepairFund(Entry):
    """``[repair_fund]``: pays only where paid in, only part of ``items``, never above the balance."""

    items: tuple[Code, ...] = Field(min_length=1)
    part_ratio: Ratio

    def said(self) -> Text:
        """Return the part as words."""
        return text("at most {ratio} of each item", ratio=str(self.part_ratio))


class Grant(Entry):
    """``[grant]``: central and provincial project money, only for ``items``, at most ``part_ratio``."""

    items: tuple[Code, ...] = Field(min_length=1)
    part_ratio: Ratio

    def said(self) -> Text:
        """Return the part as words."""
        return text("at most {ratio} of each item", ratio=str(self.part_ratio))


class Progress(Strict):
    """``[[reward.progress]]``: the factor for buildings accepted before a date."""

    before: date
    factor: Number = Field(ge=0)


class RewardFormula(Strict):
    """``[reward.formula]``: base × [item weight × (1 − effect weight) + effect × effect weight]."""

    base_yuan_per_m2: Yuan
    item_weight_ratio: Ratio
    effect_weight_ratio: Ratio
    effect_ratio: Ratio

    def yuan_per_m2(self) -> Decimal:
        """Return the reward of a square metre before the progress factor.

        References
        ----------
        财建〔2007〕957号, as given in ``docs/sources.md`` (facts C2).
        """
        by_item = self.item_weight_ratio * (1 - self.effect_weight_ratio)
        return self.base_yuan_per_m2 * (by_item + self.effect_ratio * self.effect_weight_ratio)


class Deduction(Named):
    """``[[reward.deduction]]``: what is taken off the reward, as a part of it, and for what."""

    evidence: Literal["finished_late", "rectified", "open_defect"]
    ratio: Ratio


class RewardRule(Named):
    """``[[reward]]``: what one level of government, or one district, pays for an accepted building."""

    level: Authority
    district: str = ""
    rule: Literal["none", "per_flat", "per_m2", "formula"]
    value: Yuan | None = None
    formula: RewardFormula | None = None
    progress: tuple[Progress, ...] = ()
    deductions: tuple[Deduction, ...] = Field(alias="deduction", default=())
    advance_ratio: Ratio | None = None
    cap_yuan_per_building: Yuan | None = None
    volunteers: bool = True
    valid_from: date = Field(alias="from")
    valid_to: date | None = Field(default=None, alias="to")

    def in_force(self, day: date) -> bool:
        """Return whether the rule holds on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def said(self) -> Text:
        """Return the rate as words."""
        if self.formula is not None:
            return text("{value} yuan a square metre by formula", value=str(self.formula.yuan_per_m2()))
        match self.rule:
            case "per_flat":
                return text("{value} yuan a flat", value=str(self.value))
            case "per_m2":
                return text("{value} yuan a square metre", value=str(self.value))
            case _:
                return text("no reward")


class InstalmentRule(Entry):
    """``[[instalment]]``: a part of what a payer owes, due ``within_days`` of an event."""

    payer: Annotated[Payer, Field(strict=False)]
    event: Event
    share: Ratio
    within_days: int = Field(ge=0, le=3650)

    def said(self) -> Text:
        """Return when how much is due as words."""
        return text(
            "{payer}: {percent} %, {days} days after {event}",
            payer=PAYERS[self.payer.value],
            percent=percent(self.share),
            days=self.within_days,
            event=EVENT_NAMES[self.event],
        )


class CaseLine(Strict):
    """``[[case.line]]``: a line of an official's hand sum."""

    item: Code
    flat: str = ""
    cost_yuan: Yuan


class Case(Strict):
    """``[[case]]``: an official's hand sum, which the tests recompute."""

    name: Words
    name_en: Words
    owner_kind: Annotated[OwnerKind, Field(strict=False)]
    district: str = ""
    owner_exists: bool = True
    flats: tuple[Yuan, ...] = Field(min_length=1)
    repair_fund_yuan: Yuan | None = None
    grant_yuan: Yuan | None = None
    day: date
    line: tuple[CaseLine, ...] = Field(min_length=1)
    expect_yuan: dict[Annotated[Payer, Field(strict=False)], Yuan]
