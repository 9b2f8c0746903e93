"""How a reward is divided: proposed by completion, approved by finance, paid, published (clause 四（一）)."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu.programme.roles import Role
from fenhu.programme.workflow import Step, Workflow
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardFacts:
    """What the guards ask of a proposal: its lines, and how many of them no longer say what is due."""

    lines: int
    outdated: int = 0


def _has_lines(facts: RewardFacts) -> Text | None:
    return None if facts.lines else text("Nothing is due: no accepted building waits for its reward")


def _still_due(facts: RewardFacts) -> Text | None:
    if not facts.outdated:
        return None
    return text(
        "Of {count} buildings something else is due today; have the proposal worked out again",
        count=facts.outdated,
    )


_JUDGED = (_has_lines, _still_due)
_PROPOSERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV)

REWARD: Workflow[RewardFacts] = Workflow(
    name="reward",
    states={
        "draft": text("Being drafted"),
        "proposed": text("Proposed"),
        "returned": text("Returned"),
        "approved": text("Approved"),
        "paid": text("Paid"),
        "published": text("Published"),
        "dropped": text("Dropped"),
    },
    initial="draft",
    final=("published", "dropped"),
    steps=(
        Step(
            name="propose", label=text("Propose the allocation"), sources=("draft", "returned"),
            target="proposed", roles=_PROPOSERS, guards=_JUDGED,
        ),
        Step(
            name="approve", label=text("Approve the allocation"), sources=("proposed",), target="approved",
            roles=(Role.FINANCE,), guards=_JUDGED, apart_from=("propose",),
        ),
        Step(
            name="return", label=text("Return the allocation with a reason"),
            sources=("proposed", "approved"), target="returned", roles=(Role.FINANCE,), needs_note=True,
            apart_from=("propose",), aside=True,
        ),
        Step(
            name="pay", label=text("Pay the reward"), sources=("approved",), target="paid",
            roles=(Role.FINANCE,), guards=_JUDGED, apart_from=("propose",),
        ),
        Step(
            name="publish", label=text("Publish the allocation"), sources=("paid",), target="published",
            roles=_PROPOSERS,
        ),
        Step(
            name="drop", label=text("Drop the proposal"), sources=("draft", "returned"), target="dropped",
            roles=_PROPOSERS, aside=True,
        ),
    ),
)  # fmt: skip
