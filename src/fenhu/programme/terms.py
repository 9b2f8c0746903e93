"""Until when a case may stay where it is: the policy's terms in working days, its deadlines as days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

from fenhu.policy import Policy


def due_on(
    policy: Policy, workflow: str, state: str, since: date, *, deadline: date | None = None
) -> date | None:
    """Return the last day for a case in ``state`` since a day: the policy's term, or an earlier deadline.

    None where the policy sets neither.
    """
    term = policy.term(workflow, state)
    days = [] if term is None else [working_day_after(since, term.working_days)]
    if deadline is not None:
        days.append(deadline)
    return min(days) if days else None


def working_day_after(day: date, count: int) -> date:
    """Return the ``count``-th working day after a day, by the State Council's calendar of its year.

    Weekends that are worked for a holiday count; years not yet announced are taken without such exchanges.
    """
    found = day
    for _ in range(count):
        found += timedelta(days=1)
        while not _calendar(found.year).is_working_day(found):
            found += timedelta(days=1)
    return found


@cache
def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)
