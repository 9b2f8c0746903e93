"""The housing repair fund: voted on by the owners, applied for, approved, released, closed (二（五）)."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu.programme.roles import Role
from fenhu.programme.workflow import Step, Workflow
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFacts:
    """What the guards ask of an application, in fen.

    ``vote_said`` says how the owners' vote stands under the rule of the day; ``asked_fen`` is the fund's part
    of the bill; ``unused_fen`` was released and is not needed.
    """

    paid_in_fen: int
    asked_fen: int
    vote_reached: bool
    vote_said: Text
    unused_fen: int = 0


def _paid_in(facts: FundFacts) -> Text | None:
    return None if facts.paid_in_fen > 0 else text("Nothing was paid into the repair fund for this building")


def _something_asked(facts: FundFacts) -> Text | None:
    if facts.asked_fen > 0:
        return None
    return text("The bill gives the repair fund nothing to pay; contracts come first")


def _vote_reached(facts: FundFacts) -> Text | None:
    return None if facts.vote_reached else facts.vote_said


def _nothing_unused(facts: FundFacts) -> Text | None:
    if facts.unused_fen <= 0:
        return None
    return text("{yuan} yuan were not used; give them back first", yuan=f"{facts.unused_fen / 100:,.2f}")


_APPLICANTS = (Role.HEAT_SUPPLIER, Role.OWNER_UNIT)

FUND: Workflow[FundFacts] = Workflow(
    name="fund",
    states={
        "draft": text("Owners vote"),
        "applied": text("Applied for"),
        "returned": text("Returned"),
        "approved": text("Approved, to be released"),
        "released": text("Released"),
        "closed": text("Closed"),
        "dropped": text("Done without the fund"),
    },
    initial="draft",
    final=("closed", "dropped"),
    steps=(
        Step(
            name="apply", label=text("Apply for the repair fund"), sources=("draft", "returned"),
            target="applied", roles=_APPLICANTS, guards=(_paid_in, _something_asked, _vote_reached),
        ),
        Step(
            name="approve", label=text("Approve the application"), sources=("applied",), target="approved",
            roles=(Role.FINANCE,), guards=(_something_asked,), apart_from=("apply",),
        ),
        Step(
            name="return", label=text("Return the application with a reason"), sources=("applied",),
            target="returned", roles=(Role.FINANCE,), needs_note=True, apart_from=("apply",), aside=True,
        ),
        Step(
            name="release", label=text("Release the money"), sources=("approved",), target="released",
            roles=(Role.FINANCE,), apart_from=("apply",),
        ),
        Step(
            name="close", label=text("Close the application"), sources=("released",), target="closed",
            roles=_APPLICANTS, guards=(_nothing_unused,), aside=True,
        ),
        Step(
            name="drop", label=text("Do without the repair fund"), sources=("draft", "returned"),
            target="dropped", roles=_APPLICANTS, needs_note=True, aside=True,
        ),
    ),
)  # fmt: skip
