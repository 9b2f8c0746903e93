"""How buildings are judged: criteria and priority, residents' consent, and the forms that may be built."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from fenhu.policy.entry import Code, Entry, Named, Ratio, Share
from fenhu.records import SystemForm
from fenhu.wording import Text, bilingual, text

Level = Literal["building", "system", "estate"]
Evidence = Literal[
    "mean_room_c", "coldest_room_c", "coldest_below_mean_k", "corrosion_grade", "water_loss_percent",
    "hard_to_maintain", "fee_collection_percent", "complaints_per_100_flats", "consent_ratio",
]  # fmt: skip
EVIDENCE_LEVEL: dict[str, Level] = {
    "mean_room_c": "building", "coldest_room_c": "building", "coldest_below_mean_k": "building",
    "corrosion_grade": "system", "water_loss_percent": "system", "hard_to_maintain": "system",
    "fee_collection_percent": "estate", "complaints_per_100_flats": "building", "consent_ratio": "building",
}  # fmt: skip
Form = Annotated[SystemForm, Field(strict=False)]


class Criterion(Named):
    """``[[criterion]]``: what makes a building urgent.

    The score runs from 0 at ``none_at`` to 1 at ``full_at``.
    Where ``full_at`` is the larger, the criterion is met from ``threshold`` up; else below ``threshold``.
    """

    code: Code
    applies_to: Level
    evidence: Evidence
    threshold: Share
    none_at: Share
    full_at: Share
    weight: Ratio

    @property
    def rises(self) -> bool:
        """Return whether more of the evidence means more urgency."""
        return self.full_at > self.none_at

    def said(self) -> Text:
        """Return the criterion as words."""
        weight, threshold = str(self.weight), shown(self.threshold)
        if self.rises:
            return text(
                "{name}: at least {threshold}, weight {weight}",
                name=self.name,
                threshold=threshold,
                weight=weight,
            )
        return text(
            "{name}: below {threshold}, weight {weight}", name=self.name, threshold=threshold, weight=weight
        )


class PriorityGroup(Named):
    """``[[priority_group]]``: criteria that put a building first when ``at_least`` of them are met."""

    criteria: tuple[Code, ...] = Field(min_length=1)
    at_least: int = Field(ge=1)

    def said(self) -> Text:
        """Return the group as words."""
        return text("{name}: at least {at_least} of {count}", name=self.name, at_least=self.at_least,
                    count=len(self.criteria))  # fmt: skip


class ConsentRule(Named):
    """``[[consent]]``: how many residents must agree, for what, and from when to when the rule holds."""

    purpose: Literal["conversion", "repair_fund"]
    scope: Literal["unit", "building", "estate"]
    of: Literal["all", "voting"]
    heads: Share | None = None
    area: Share | None = None
    more_than: bool = False
    quorum_heads: Share | None = None
    quorum_area: Share | None = None
    valid_from: date = Field(alias="from")
    valid_to: date | None = Field(default=None, alias="to")

    def in_force(self, day: date) -> bool:
        """Return whether the rule holds on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def said(self) -> Text:
        """Return the thresholds as words."""
        return text(
            "{name}: heads {heads}, area {area}",
            name=self.name,
            heads=shown(self.heads) if self.heads is not None else "-",
            area=shown(self.area) if self.area is not None else "-",
        )


class FormChange(Entry):
    """``[[form.change]]``: what existing forms become."""

    existing: tuple[Form, ...] = Field(min_length=1)
    becomes: Form


class TargetForm(Named):
    """``[[form.target]]``: a form that may be built; ``fileable`` only where each flat can be run alone."""

    form: Form
    fileable: bool
    advice_zh: str = Field(default="", alias="advice")
    advice_en: str = ""

    @property
    def advice(self) -> Text | None:
        """Return what newer standards say of the form, or None."""
        return bilingual(self.advice_zh, self.advice_en) if self.advice_zh else None


class FormRules(Entry):
    """``[form]``: what each flat must be able to do alone, and the forms that let it."""

    each_flat: tuple[Literal["circulate", "shut_off", "regulate", "meter"], ...] = Field(min_length=1)
    change: tuple[FormChange, ...] = Field(min_length=1)
    target: tuple[TargetForm, ...] = Field(min_length=1)

    def fileable(self, form: SystemForm) -> Text | None:
        """Return None where a plan with ``form`` may be filed, else the reason why not."""
        for target in self.target:
            if target.form is form:
                return None if target.fileable else target.reason
        return text(
            "Form {form} cannot be filed: a flat cannot be shut off, regulated and metered alone"
            " (clause {clause})", form=form.value, clause=self.clause,
        )  # fmt: skip

    def target_of(self, existing: SystemForm) -> SystemForm:
        """Return the form a building of form ``existing`` is converted to."""
        for change in self.change:
            if existing in change.existing:
                return change.becomes
        return next(target.form for target in self.target if target.fileable)


def shown(value: Fraction) -> str:
    """Return a threshold as an office writes it: a decimal where that is exact, else a fraction."""
    hundredths = value * 100
    return f"{float(value):g}" if hundredths.denominator == 1 else str(value)
