"""Everything there is to say about one building of a plan, the cheap part first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.reasons.explain import Explainer
from fenhu.planning.reasons.flipping import Flip, flip_of
from fenhu.planning.reasons.forcing import Forced, force
from fenhu.planning.search.standing import NEAR_ROUNDS
from fenhu.planning.task.changes_json import changes_json
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One building: its year (or NO_YEAR), the reasons, and what it would take to have it otherwise.

    ``sooner`` is the plan with it in the nearest year it could have (if unplanned) or the year before (if
    planned); ``without`` the plan if it is left out; ``flip`` what would have to change for that year.
    """

    building: int
    year: int
    reasons: tuple[Text, ...]
    sooner: Forced | None
    without: Forced | None
    flip: Flip | None

    @property
    def sentences(self) -> tuple[Text, ...]:
        """Return all that is said, the main reason first."""
        asked = (self.sooner, self.without, self.flip)
        return (*self.reasons, *(one.sentence for one in asked if one is not None))


def why(
    instance: Instance,
    year_of: IntArray,
    building: int,
    *,
    goal: str,
    rounds: int = NEAR_ROUNDS,
    seed: int = 0,
) -> Why:
    """Return why ``building`` has its year or none, what another year costs and what would bring it about.

    Parameters
    ----------
    year_of : 0-based year of every building, NO_YEAR where unplanned. rounds : ruins of each search, of which
        there are five at most.

    References
    ----------
    docs/engineers/planning.md#explanations
    """
    explainer = Explainer(instance, year_of)
    year = int(year_of[building])
    reasons = explainer.why_not(building) if year == NO_YEAR else explainer.why_year(building)
    asked = _year_to_ask(explainer, building, year)
    sooner = without = flip = None
    if asked != NO_YEAR:
        sooner = force(instance, year_of, building, asked, goal=goal, rounds=rounds, seed=seed)
    if year == NO_YEAR:
        flip = flip_of(instance, year_of, building, goal=goal, rounds=rounds, seed=seed)
    else:
        without = force(instance, year_of, building, NO_YEAR, goal=goal, rounds=rounds, seed=seed)
        if asked != NO_YEAR:
            flip = flip_of(instance, year_of, building, goal=goal, years=[asked], rounds=rounds, seed=seed)
    return Why(building=building, year=year, reasons=reasons, sooner=sooner, without=without, flip=flip)


def _year_to_ask(explainer: Explainer, building: int, year: int) -> int:
    """Return the year before its own it could have; for an unplanned building the year nearest to fitting."""
    opened = np.flatnonzero(explainer.instance.open_years[building])
    if year == NO_YEAR:
        return explainer.nearest_year(building) if len(opened) else NO_YEAR
    earlier = opened[opened < year]
    return int(earlier[-1]) if len(earlier) else NO_YEAR


def why_json(instance: Instance, answer: Why) -> dict[str, object]:
    """Return an answer as JSON values: years as labels, changes as ``changes_json`` writes them."""
    flip = answer.flip
    return {
        "year": _label(instance, answer.year),
        "sentences": [str(one) for one in answer.sentences],
        "sooner": _forced_json(instance, answer.sooner),
        "without": _forced_json(instance, answer.without),
        "change": changes_json(instance, flip.changes) if flip is not None else None,
    }


def _forced_json(instance: Instance, forced: Forced | None) -> dict[str, object] | None:
    if forced is None:
        return None
    ids = instance.buildings.ids
    return {
        "year": _label(instance, forced.year),
        "reached": forced.reached,
        "loss": forced.loss,
        "missed_flats": forced.missed_flats,
        "moved": [
            {
                "code": ids[one.building],
                "before": _label(instance, one.before),
                "after": _label(instance, one.after),
            }
            for one in forced.moved
        ],
    }


def _label(instance: Instance, year: int) -> int | None:
    return None if year == NO_YEAR else instance.first_year + year
