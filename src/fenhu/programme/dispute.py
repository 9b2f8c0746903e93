"""Disputes, obstructions, complaints, criticism: settled or passed on (clauses 四（一）, 四（二）)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fenhu.policy import Liability, Policy
from fenhu.programme.roles import Role
from fenhu.programme.workflow import Step, Workflow
from fenhu.wording import Text, text

KINDS: Mapping[str, Text] = {
    "dispute": text("Dispute"),
    "obstruction": text("Works obstructed"),
    "complaint": text("Complaint"),
    "refusal": text("A flat refuses"),
    "criticism": text("Published criticism"),
}
# What may speak for a liability, by the policy's code of evidence.
EVIDENCE: Mapping[str, Text] = {
    "dispute_case": text("The conflict is on record"),
    "owner_reminded": text("The owner unit was reminded in writing"),
    "conditions_met": text("The flat could be converted"),
    "household_reminded": text("The household was reminded in writing"),
    "incident_report": text("The incident is reported"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the guards ask of a case; ``liable_open`` where a liability is proposed and nobody has decided."""

    outcome: str = ""
    liable_open: bool = False


def _outcome_written(facts: CaseFacts) -> Text | None:
    return None if facts.outcome else text("The outcome is not written down yet")


def _liability_decided(facts: CaseFacts) -> Text | None:
    if not facts.liable_open:
        return None
    return text("A liability is proposed; the bureau has to decide it before the case is closed")


def proposed_liability(policy: Policy, evidence: Collection[str]) -> tuple[Liability, ...]:
    """Return the policy's liabilities all of whose evidence is at hand; a person decides, never the rule."""
    return tuple(rule for rule in policy.liability if set(rule.evidence) <= set(evidence))


_HANDLERS = (Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.CITY_BUREAU, Role.DISTRICT_GOV)
_GOVERNMENT = (Role.CITY_BUREAU, Role.DISTRICT_GOV)

CASE: Workflow[CaseFacts] = Workflow(
    name="case",
    states={
        "open": text("Open"),
        "in_hand": text("In hand"),
        "at_bureau": text("With the government"),
        "at_security": text("With public security"),
        "settled": text("Settled"),
        "closed": text("Closed"),
    },
    initial="open",
    final=("closed",),
    steps=(
        Step(
            name="take", label=text("Take it in hand"), sources=("open",), target="in_hand", roles=_HANDLERS
        ),
        Step(
            name="escalate", label=text("Pass on to the government"), sources=("open", "in_hand"),
            target="at_bureau", roles=(Role.HEAT_SUPPLIER, Role.COMMUNITY), needs_note=True, aside=True,
        ),
        Step(
            name="call_security", label=text("Pass on to public security"),
            sources=("open", "in_hand", "at_bureau"), target="at_security", roles=_HANDLERS,
            needs_note=True, aside=True,
        ),
        Step(
            name="report_back", label=text("Report what was done"), sources=("at_security",),
            target="in_hand", roles=(Role.PUBLIC_SECURITY,), needs_note=True,
        ),
        Step(
            name="send_back", label=text("Send back with an instruction"), sources=("at_bureau",),
            target="in_hand", roles=_GOVERNMENT, needs_note=True,
        ),
        Step(
            name="settle", label=text("It is settled"), sources=("in_hand", "at_bureau"), target="settled",
            roles=_HANDLERS, guards=(_outcome_written,),
        ),
        Step(
            name="reopen", label=text("Open it again"), sources=("settled",), target="in_hand",
            roles=_HANDLERS, needs_note=True, aside=True,
        ),
        Step(
            name="close", label=text("Close the case"), sources=("settled",), target="closed",
            roles=_GOVERNMENT, guards=(_liability_decided,),
        ),
    ),
)  # fmt: skip
