"""The one word under which an unplanned building is counted."""

from __future__ import annotations

from fenhu.planning.reasons.explain import Explainer
from fenhu.wording import Text, text

_PURSES = {
    "CITY": text("The city's reward money is used up"),
    "DIST": text("Its district's reward money is used up"),
    "REPAIR": text("The repair fund is used up"),
    "OWNER": text("Its owner unit's money is used up"),
    "SUPPLIER": text("Its supplier's money is used up"),
    "UPPER": text("The upper-level project money is used up"),
    "CREW": text("Its supplier's crews are used up"),
}


def cause_of(explainer: Explainer, building: int) -> Text:
    """Return the class of reason that keeps an unplanned building out in the year nearest to fitting."""
    closed = explainer.closed(building)
    if closed is not None:
        return closed
    nearest = explainer.nearest(building)
    if not nearest:
        return text("Targets or the balance between districts would lose more than it gains")
    purses = [blocker.purse for blocker in nearest if blocker.purse is not None]
    return _PURSES[purses[0].source] if purses else text("Its cluster or its place in the order is not free")
