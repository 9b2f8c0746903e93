"""What buildings can be coloured and narrowed by: state, temperature, priority, planned year."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from fenhu.drawing import TEMPERATURE_BANDS
from fenhu.web.rules import current_policy
from fenhu.web.works.acting import BEFORE_WORKS
from fenhu.wording import Text, text

NO_YEAR = "none"
# Where the score of priority is divided, for buildings the policy does not put first.
_SCORES = (0.5, 0.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One class of buildings: its code in addresses, its words, and which buildings belong to it.

    ``where`` asks for buildings joined by ``with_outcome``; the kinds of a layer leave no building out and
    share none.
    """

    code: str
    label: Text
    where: Q


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One way to colour the city; ``code`` is also the filter that narrows to one of its kinds."""

    code: str
    name: Text
    kinds: Callable[[], tuple[Kind, ...]]

    def kind(self, code: str) -> Kind | None:
        """Return the kind of a code, None where there is none."""
        return next((one for one in self.kinds() if one.code == code), None)


# The states of a project by the kind of building they make it.
_PROJECT_STATES: Mapping[str, tuple[str, ...]] = {
    "prepared": BEFORE_WORKS, "built": ("under_construction",), "finished": ("finished", "rectifying"),
    "accepted": ("accepted",), "used": ("in_use", "rewarded"), "suspended": ("suspended",),
}  # fmt: skip


def state_kind(state: str) -> str:
    """Return the code of the kind a building is of whose living project is in ``state``."""
    return next(code for code, states in _PROJECT_STATES.items() if state in states)


def _in_state(code: str) -> Q:
    return Q(project__state__in=_PROJECT_STATES[code])


_STATES = (
    Kind(
        code="open", label=text("not planned"),
        where=Q(project__isnull=True, outcome__planned_year__isnull=True),
    ),
    Kind(
        code="planned", label=text("planned, not begun"),
        where=Q(project__isnull=True, outcome__planned_year__isnull=False),
    ),
    Kind(code="prepared", label=text("being prepared"), where=_in_state("prepared")),
    Kind(code="built", label=text("under construction"), where=_in_state("built")),
    Kind(code="finished", label=text("waits for acceptance"), where=_in_state("finished")),
    Kind(code="accepted", label=text("accepted"), where=_in_state("accepted")),
    Kind(code="used", label=text("in use"), where=_in_state("used")),
    Kind(code="suspended", label=text("suspended"), where=_in_state("suspended")),
)  # fmt: skip


def _states() -> tuple[Kind, ...]:
    return _STATES


def _warmth() -> tuple[Kind, ...]:
    column = "outcome__before_mean_c"
    bands = []
    for band in TEMPERATURE_BANDS:
        above = {f"{column}__gte": band.from_c} if math.isfinite(band.from_c) else {}
        below = {f"{column}__lt": band.to_c} if math.isfinite(band.to_c) else {}
        bands.append(Kind(code=band.code, label=band.label, where=Q(**above, **below)))
    unknown = Kind(code="unknown", label=text("not simulated"), where=Q(**{f"{column}__isnull": True}))
    return (*bands, unknown)


def _urgency() -> tuple[Kind, ...]:
    high, low = _SCORES
    later, column = Q(outcome__priority_class=False), "outcome__priority"
    return (
        Kind(code="first", label=text("first by the policy"), where=Q(outcome__priority_class=True)),
        Kind(
            code="high", label=text("score {low} and above", low=f"{high:g}"),
            where=later & Q(**{f"{column}__gte": high}),
        ),
        Kind(
            code="middle", label=text("score {low} to {high}", low=f"{low:g}", high=f"{high:g}"),
            where=later & Q(**{f"{column}__gte": low, f"{column}__lt": high}),
        ),
        Kind(
            code="low", label=text("score below {high}", high=f"{low:g}"),
            where=later & Q(**{f"{column}__lt": low}),
        ),
        Kind(code="unknown", label=text("not diagnosed"), where=Q(outcome__isnull=True)),
    )  # fmt: skip


def _years() -> tuple[Kind, ...]:
    years = current_policy().programme.years
    named = [
        Kind(code=str(year), label=text("{year}", year=str(year)), where=Q(outcome__planned_year=year))
        for year in years
    ]
    without = Q(outcome__planned_year__isnull=True) | ~Q(outcome__planned_year__in=years)
    return (*named, Kind(code=NO_YEAR, label=text("no year yet"), where=without))


LAYERS: Mapping[str, Layer] = {
    layer.code: layer
    for layer in (
        Layer(code="state", name=text("State of works"), kinds=_states),
        Layer(code="warmth", name=text("Mean temperature"), kinds=_warmth),
        Layer(code="urgency", name=text("Priority"), kinds=_urgency),
        Layer(code="year", name=text("Planned year"), kinds=_years),
    )
}
