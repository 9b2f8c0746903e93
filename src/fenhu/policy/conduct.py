"""How the works are carried out: papers, gates, review, acceptance, and what follows from conduct."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from fenhu.policy.entry import Code, Entry, Named, Number, Setting, Strict
from fenhu.policy.programme import Party
from fenhu.wording import Text, text


class Publicity(Named):
    """``[[publicity]]``: a way of informing residents and the public, and whose task it is."""

    parties: tuple[Party, ...] = Field(min_length=1)


class Notice(Named):
    """``[notice]``: the paper that tells residents before anything else happens."""

    issuer: Party
    helpers: tuple[Party, ...] = ()
    hands_out: tuple[str, ...] = ()


class Filing(Entry):
    """``[filing]``: what is filed each year, by whom, and who judges it."""

    filed_by: Party
    judged_by: Party
    paper: tuple[Named, ...] = Field(min_length=1)


class Publication(Entry):
    """``[publication]``: whose name and telephone number the public is told before works begin."""

    leads_of: tuple[Party, ...] = Field(min_length=1)
    fields: tuple[Literal["name", "phone"], ...] = Field(min_length=1)


GateCode = Literal[
    "notice_delivered", "plan_approved", "consent_reached", "contracts_signed", "contacts_published",
    "drawings_approved", "mains_ready", "technician_named", "briefing_held", "accepted",
]  # fmt: skip
# The states a case can wait in, by workflow; ``fenhu.programme`` tells what they mean.
WAITING = {
    "fund": ("draft", "applied", "returned", "approved", "released"),
    "reward": ("draft", "proposed", "returned", "approved", "paid"),
    "annual_plan": ("draft", "filed", "returned", "amending", "amended"),
    "project": (
        "listed", "informed", "consented", "contracted", "designed", "checked", "drawings_approved",
        "under_construction", "finished", "rectifying", "accepted", "in_use", "suspended",
    ),
    "case": ("open", "in_hand", "at_bureau", "at_security", "settled"),
}  # fmt: skip


class Gate(Named):
    """``[[gate]]``: a condition without which a step may not be taken."""

    code: GateCode
    before: Literal["start", "in_use"]


class Term(Entry):
    """``[[term]]``: within how many working days a case leaves a state."""

    workflow: Literal["annual_plan", "project", "case", "fund", "reward"]
    state: Code
    working_days: int = Field(ge=1, le=400)

    def said(self) -> Text:
        """Return the term as words."""
        return text(
            "{workflow}, {state}: {days} working days",
            workflow=self.workflow,
            state=self.state,
            days=self.working_days,
        )


class Reminding(Strict):
    """``[reminding]``: when people are reminded of what is due, and when the bureau is told."""

    soon_working_days: Setting[int]
    escalate_working_days: Setting[int]


class Review(Named):
    """``[[review]]``: what is checked, by whom, and who approves it."""

    subjects: tuple[Code, ...] = Field(min_length=1)
    checked_by: Party
    approved_by: Party | None = None


class Measurement(Named):
    """``[[acceptance.test]]``: a measured value and its limits."""

    code: Code
    standard: str
    at_least: Number | None = None
    at_most: Number | None = None
    unit: str

    def said(self) -> Text:
        """Return the limits as words."""
        if self.at_most is not None and self.at_least is not None:
            return text(
                "{name}: {low} to {high} {unit}", name=self.name, low=str(self.at_least),
                high=str(self.at_most), unit=self.unit,
            )  # fmt: skip
        if self.at_most is None:
            return text(
                "{name}: at least {limit} {unit}", name=self.name, limit=str(self.at_least), unit=self.unit
            )
        return text("{name}: at most {limit} {unit}", name=self.name, limit=str(self.at_most), unit=self.unit)


class Acceptance(Entry):
    """``[acceptance]``: who organises it and who takes part, and what is measured."""

    organised_by: tuple[Party, ...] = Field(min_length=1)
    designed_by: Party
    built_by: Party
    parties: Setting[tuple[Party, ...]]
    test: tuple[Measurement, ...] = ()


class Warranty(Entry):
    """``[warranty]``: heating seasons during which defects are the contractor's."""

    seasons: int = Field(ge=0)
    extended_while_defect_open: bool

    def said(self) -> Text:
        """Return the period as words."""
        return text("{seasons} heating seasons", seasons=self.seasons)


class Liability(Named):
    """``[[liability]]``: who answers when heat is missing because somebody did not do his part."""

    code: Code
    evidence: tuple[
        Literal["dispute_case", "owner_reminded", "conditions_met", "household_reminded", "incident_report"],
        ...,
    ] = Field(min_length=1)
    liable: tuple[Literal["owner_unit", "developer", "household"], ...] = Field(min_length=1)


Published = Literal["nothing", "building", "masked_flat"]


class Commendation(Named):
    """``[[commendation]]``: what those who cooperate on time receive, and how much of it the public is told.

    ``publish`` names no person: ``building`` tells how many households of which building, ``masked_flat``
    their stairwells besides; without it nothing is published.
    """

    code: Code
    evidence: tuple[Literal["ready_by_timetable", "flat_accepted"], ...] = Field(min_length=1)
    award: tuple[Literal["praise", "reward"], ...] = Field(min_length=1)
    amount_yuan_per_flat: Setting[Number]
    publish: Setting[Published] | None = None

    @property
    def published_as(self) -> Published:
        """Return how much of a commendation the public is told."""
        return "nothing" if self.publish is None else self.publish.value


class Contracting(Entry):
    """``[contracting]``: what is asked of contractors and of how they work."""

    requirement: tuple[Named, ...] = Field(min_length=1)


class Rewarding(Strict):
    """``[rewarding]``: who proposes, approves and raises the reward money."""

    proposed_by: Setting[Party]
    approved_by: Setting[Party]
    raised_by: Setting[Party]
    basis: Setting[Literal["accepted_work"]]
