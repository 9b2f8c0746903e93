"""The answer a building's page opens with: what keeps the planner's reasons apart from the diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from fenhu.web.works.queries import BuildingView, of_diagnosis
from fenhu.wording import Text, text

MOST_SAID = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A building's place in the programme in words.

    ``state`` is in_use, closed, approved, filed, planned, unplanned or unstudied; ``because`` is the short
    reason, ``reasons`` all of the planner's, those that name a year in its order.
    """

    state: str
    year: int | None
    because: Text
    reasons: tuple[Text, ...]


def verdict(view: BuildingView) -> Verdict:
    """Return the answer for the building on the page."""
    reasons = tuple(reason for reason in view.reasons if not of_diagnosis(reason))
    state, year = _place(view)
    because = _urgency(view) if year is not None else None
    if because is None:
        because = next(iter(reasons), text("no reason is kept"))
    return Verdict(state=state, year=year, because=because, reasons=tuple(sorted(reasons, key=_year_said)))


def _place(view: BuildingView) -> tuple[str, int | None]:
    if view.in_use_since is not None:
        return "in_use", view.in_use_since
    if view.plans:
        last = view.plans[-1]
        if last.state in ("approved", "closed", "filed"):
            return last.state, last.year
        return "approved" if view.conversion else "planned", last.year
    if view.planned_year is not None:
        return "planned", view.planned_year
    return ("unplanned" if view.studied else "unstudied"), None


def _urgency(view: BuildingView) -> Text | None:
    """Return what puts the building first: the policy's groups, else the weightiest criteria it meets."""
    groups = [group for reason in view.reasons if isinstance(group := reason.params.get("group"), Text)]
    met = sorted((one for one in view.criteria if one.met), key=lambda one: -one.score * one.weight)
    named = groups or [one.name for one in met]
    if not named:
        return None
    return reduce(
        lambda first, second: text("{first}; {second}", first=first, second=second), named[:MOST_SAID]
    )


def _year_said(reason: Text) -> str:
    return str(reason.params.get("year", ""))
