"""How long defects are the contractor's to mend (clause 四（三）)."""

from __future__ import annotations

from datetime import date

from fenhu.policy import Policy


def warranty_ends(policy: Policy, in_use_on: date, *, defect_open: bool, today: date) -> date:
    """Return the last day of the warranty: its last heating season's end, later while a defect is open."""
    year = in_use_on.year
    first_season = policy.calendar.season_of(year)
    if in_use_on > first_season[0]:
        year += 1
    _, ends = policy.calendar.season_of(year + policy.warranty.seasons - 1)
    if defect_open and policy.warranty.extended_while_defect_open:
        return max(ends, today)
    return ends
