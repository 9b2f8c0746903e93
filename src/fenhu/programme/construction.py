"""How far the works in a building are, and when they will be done (clause 三（二）)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from fenhu.wording import Text, text

# The stages of a flat, in order; each one includes those before it.
STAGES: Mapping[str, Text] = {
    "none": text("Not begun"),
    "removed": text("Old pipes removed"),
    "piped": text("Loop laid"),
    "connected": text("Connected to the risers"),
    "tested": text("Tested"),
    "done": text("Done and tidied up"),
}
DONE = "done"
_LOOK_BACK_DAYS = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """When the works will be done at the pace of the last weeks; None where nothing moves."""

    finished_on: date | None
    late_days: int
    share: float


def share_done(stages: Sequence[str]) -> float:
    """Return how much of the work in flats at these stages is done, from 0 to 1."""
    if not stages:
        return 0.0
    order = list(STAGES)
    return sum(order.index(stage) for stage in stages) / (len(stages) * (len(order) - 1))


def next_stage(stage: str) -> str | None:
    """Return the stage after this one; None after the last."""
    order = list(STAGES)
    following = order[order.index(stage) + 1 :]
    return following[0] if following else None


def goes_back(before: str, after: str) -> bool:
    """Return whether a flat would be less far than it was."""
    order = list(STAGES)
    return order.index(after) < order.index(before)


def forecast(
    progress: Sequence[tuple[date, float]], *, today: date, deadline: date, started: date
) -> Forecast:
    """Return when the works are done if they go on as in the last three weeks.

    Parameters
    ----------
    progress : (day, share done) in order of days; the start counts as nothing done.
    today, deadline : the deadline is the policy's or an approved extension's.
    started : the day the works began.
    """
    known = [(started, 0.0), *progress]
    share = known[-1][1]
    if share >= 1.0:
        return Forecast(finished_on=known[-1][0], late_days=_late(known[-1][0], deadline), share=share)
    begin_day, begin_share = _before(known, today - timedelta(days=_LOOK_BACK_DAYS))
    days = (today - begin_day).days
    gained = share - begin_share
    if days <= 0 or gained <= 0.0:
        return Forecast(finished_on=None, late_days=0, share=share)
    left = (1.0 - share) * days / gained
    # Rounded first: a difference of two shares makes 147 days 147.00000000000003.
    finished = today + timedelta(days=ceil(round(left, 6)))
    return Forecast(finished_on=finished, late_days=_late(finished, deadline), share=share)


def _before(known: Sequence[tuple[date, float]], day: date) -> tuple[date, float]:
    """Return the last report up to ``day``, the first where none is so old."""
    older = [one for one in known if one[0] <= day]
    return older[-1] if older else known[0]


def _late(finished: date, deadline: date) -> int:
    return max(0, (finished - deadline).days)
