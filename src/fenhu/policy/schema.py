"""The whole of a policy file as one tree of values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field, PrivateAttr

from fenhu.errors import UnknownItem
from fenhu.policy.conduct import (
    Acceptance,
    Commendation,
    Contracting,
    Filing,
    Gate,
    Liability,
    Notice,
    Publication,
    Publicity,
    Reminding,
    Review,
    Rewarding,
    Term,
    Warranty,
)
from fenhu.policy.entry import Strict, Words, entries
from fenhu.policy.judging import ConsentRule, Criterion, FormRules, PriorityGroup
from fenhu.policy.metering import LowTemperature, Tariff
from fenhu.policy.paying import Case, Ceiling, CostShare, Grant, InstalmentRule, RepairFund, RewardRule
from fenhu.policy.programme import (
    Aim,
    Authority,
    Basis,
    Calendar,
    City,
    Climate,
    Duty,
    Planning,
    Programme,
    Responsibility,
)
from fenhu.records import OwnerKind, Payer
from fenhu.wording import Text, bilingual, text


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyAssumption:
    """A value the document leaves open: where it stands in the file, what was taken, and why."""

    key: str
    clause: str
    value: Text
    reason: Text


class Policy(Strict):
    """A city's rules from one date on; read by ``fenhu.policy.load``, never changed afterwards."""

    schema_version: Literal[1] = Field(alias="schema")
    id: Words = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    version: Words
    title_zh: Words = Field(alias="title")
    title_en: Words
    document: Words
    document_title: str = ""
    issued: date
    valid_from: date
    valid_to: date | None = None
    supersedes: str = ""
    silent_as: str = ""

    basis: tuple[Basis, ...] = Field(min_length=1)
    city: City
    aims: tuple[Aim, ...] = Field(alias="aim", min_length=1)
    programme: Programme
    calendar: Calendar
    responsibility: Responsibility
    duties: tuple[Duty, ...] = Field(alias="duty", min_length=1)
    publicity: tuple[Publicity, ...] = Field(min_length=1)
    notice: Notice
    filing: Filing
    publication: Publication
    gates: tuple[Gate, ...] = Field(alias="gate", min_length=1)
    terms: tuple[Term, ...] = Field(alias="term", default=())
    reminding: Reminding | None = None
    reviews: tuple[Review, ...] = Field(alias="review", min_length=1)
    form: FormRules
    criteria: tuple[Criterion, ...] = Field(alias="criterion", min_length=1)
    priority_groups: tuple[PriorityGroup, ...] = Field(alias="priority_group", min_length=1)
    consent: tuple[ConsentRule, ...] = Field(min_length=1)
    cost_shares: tuple[CostShare, ...] = Field(alias="cost_share", min_length=1)
    ceilings: tuple[Ceiling, ...] = Field(alias="ceiling", default=())
    repair_fund: RepairFund | None = None
    grant: Grant | None = None
    instalments: tuple[InstalmentRule, ...] = Field(alias="instalment", default=())
    rewards: tuple[RewardRule, ...] = Field(alias="reward", default=())
    rewarding: Rewarding | None = None
    tariff: Tariff | None = None
    low_temperature: tuple[LowTemperature, ...] = ()
    liability: tuple[Liability, ...] = ()
    commendation: tuple[Commendation, ...] = ()
    warranty: Warranty
    acceptance: Acceptance
    contracting: Contracting
    climate: Climate
    planning: Planning
    cases: tuple[Case, ...] = Field(alias="case", default=())

    _digest: str = PrivateAttr(default="")

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file the policy was read from, as hex."""
        return self._digest

    @property
    def title(self) -> Text:
        """Return the document's title in the reader's language."""
        return bilingual(self.title_zh, self.title_en)

    @property
    def cited_as(self) -> str:
        """Return the name papers cite the document by, in Chinese."""
        return self.document_title or self.title_zh

    def responsible_authority(self, owner_kind: OwnerKind) -> Authority:
        """Return the government that answers for buildings of ``owner_kind`` and pays their reward."""
        return self.responsibility.of(owner_kind)

    def consent_on(self, day: date, purpose: str = "conversion") -> ConsentRule:
        """Return the consent rule in force on ``day``.

        Raises
        ------
        UnknownItem
            If no rule for ``purpose`` is in force on that day.
        """
        for rule in self.consent:
            if rule.purpose == purpose and rule.in_force(day):
                return rule
        raise UnknownItem(
            text(
                "Policy {policy} has no consent rule for {purpose} on {day}; add a [[consent]] for it",
                policy=self.id,
                purpose=purpose,
                day=day.isoformat(),
            )
        )

    def term(self, workflow: str, state: str) -> Term | None:
        """Return within how many working days a case leaves a state; None where the policy sets no term."""
        return next((one for one in self.terms if (one.workflow, one.state) == (workflow, state)), None)

    def reward_on(self, day: date, level: Authority, district: str = "") -> RewardRule | None:
        """Return the reward rule of a level on ``day``, the district's own before the general one."""
        fitting = [rule for rule in self.rewards if rule.level == level and rule.in_force(day)]
        for wanted in (district, ""):
            for rule in fitting:
                if rule.district == wanted:
                    return rule
        return None

    def instalments_of(self, payer: Payer) -> tuple[InstalmentRule, ...]:
        """Return in which parts a payer pays, in the order of the file."""
        return tuple(rule for rule in self.instalments if rule.payer is payer)

    def shares_of(self, item: str) -> tuple[CostShare, ...]:
        """Return the rules of an item in the order in which they take their part."""
        return tuple(sorted((rule for rule in self.cost_shares if rule.item == item), key=_order))

    def assumptions(self) -> tuple[PolicyAssumption, ...]:
        """Return every value the document leaves open, in the order of the schema."""
        return tuple(
            PolicyAssumption(key=key, clause=entry.clause, value=entry.said(), reason=entry.reason)
            for key, entry in entries(self)
            if entry.assumed
        )


def _order(rule: CostShare) -> int:
    return rule.order
