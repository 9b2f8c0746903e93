"""Who is praised and rewarded for cooperating on time (clause 四（一）)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from fenhu.policy import Commendation, Policy

IN_TIME = frozenset({"ready_by_timetable", "flat_accepted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """What is known of a flat: when it was to be ready, when it was, and whether its works were accepted."""

    ready_by: date | None
    ready_on: date | None
    accepted: bool

    @property
    def evidence(self) -> frozenset[str]:
        """Return the policy's codes of evidence that speak for this flat."""
        found = set()
        if self.ready_by is not None and self.ready_on is not None and self.ready_on <= self.ready_by:
            found.add("ready_by_timetable")
        if self.accepted:
            found.add("flat_accepted")
        return frozenset(found)


def commendations(policy: Policy, evidence: Collection[str]) -> tuple[Commendation, ...]:
    """Return the policy's commendations a flat has earned."""
    return tuple(rule for rule in policy.commendation if set(rule.evidence) <= set(evidence))
