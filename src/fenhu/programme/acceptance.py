"""One round of acceptance: measured, signed by one party after the other, passed or not (clause 三（四）)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fenhu.policy import Measurement
from fenhu.programme.roles import Role
from fenhu.programme.workflow import Step, Workflow
from fenhu.wording import Text, text

# Who may sign for a party of the policy that has no login of its own.
SIGNS_FOR: Mapping[str, Role] = {
    "resident_representatives": Role.COMMUNITY,
    "property_company": Role.COMMUNITY,
}
# The one test of the policy that is measured flat by flat; every other is of the whole system.
ROOM_TEMPERATURE = "room_temperature_c"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """What the guards ask of a round: what is not measured, what missed its limit, who has not signed."""

    unmeasured: tuple[Text, ...] = ()
    missed: tuple[Text, ...] = ()
    unsigned: tuple[Text, ...] = ()
    refused: tuple[Text, ...] = ()
    flats_failed: int = 0


def within_limits(test: Measurement, value: Decimal) -> bool:
    """Return whether a measured value keeps a test's limits, both of which belong to what passes."""
    above = test.at_least is None or value >= test.at_least
    return above and (test.at_most is None or value <= test.at_most)


def next_to_sign(parties: Sequence[str], signed: Sequence[str]) -> str | None:
    """Return whose turn it is: the policy's parties sign one after the other; None when all have."""
    return next((party for party in parties if party not in signed), None)


def _everything_measured(facts: RoundFacts) -> Text | None:
    return text("Not measured yet: {test}", test=facts.unmeasured[0]) if facts.unmeasured else None


def _limits_kept(facts: RoundFacts) -> Text | None:
    return text("Outside its limits: {test}", test=facts.missed[0]) if facts.missed else None


def _everybody_signed(facts: RoundFacts) -> Text | None:
    return text("Not signed yet: {party}", party=facts.unsigned[0]) if facts.unsigned else None


def _nobody_refused(facts: RoundFacts) -> Text | None:
    return text("Signed against it: {party}", party=facts.refused[0]) if facts.refused else None


def _every_flat_passed(facts: RoundFacts) -> Text | None:
    if not facts.flats_failed:
        return None
    return text("{count} flats did not pass; the round can pass in part", count=facts.flats_failed)


def _some_flat_failed(facts: RoundFacts) -> Text | None:
    return None if facts.flats_failed else text("Every flat passed; let the whole round pass")


_ORGANISERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV)
_COMPLETE = (_everything_measured, _everybody_signed, _nobody_refused, _limits_kept)

ACCEPTANCE: Workflow[RoundFacts] = Workflow(
    name="acceptance",
    states={
        "open": text("Being held"),
        "passed": text("Passed"),
        "partly": text("Passed in part"),
        "failed": text("Not passed"),
    },
    initial="open",
    final=("passed", "partly", "failed"),
    steps=(
        Step(
            name="pass", label=text("Passed"), sources=("open",), target="passed", roles=_ORGANISERS,
            guards=(*_COMPLETE, _every_flat_passed),
        ),
        Step(
            name="pass_part", label=text("Passed in part"), sources=("open",), target="partly",
            roles=_ORGANISERS, guards=(*_COMPLETE, _some_flat_failed), needs_note=True, aside=True,
        ),
        Step(
            name="fail", label=text("Not passed"), sources=("open",), target="failed", roles=_ORGANISERS,
            needs_note=True, aside=True,
        ),
    ),
)  # fmt: skip
