"""What a plan misses, why it has to, and the cheapest ways out: help for every shortfall of a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fenhu.planning.reasons.conflict import Conflict, conflict_of
from fenhu.planning.reasons.demands import demand_name, demands_of, missed
from fenhu.planning.reasons.reaching import REACH_ROUNDS
from fenhu.planning.reasons.relaxing import Relaxation, relaxations_of
from fenhu.planning.search.exact import EXACT_COLUMNS
from fenhu.planning.task.changes_json import changes_json
from fenhu.planning.task.instance import Instance, IntArray
from fenhu.planning.task.shortfall import FAIRNESS, FIRST_KINDS, PolicyRow
from fenhu.wording import Text, text

MOST_HELPED = 5

Helping = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """One rule that is missed: what contradicts it, if that is proven, and the ways out, cheapest first."""

    demand: PolicyRow
    conflict: Conflict | None
    ways: tuple[Relaxation, ...]
    sentence: Text

    @property
    def sentences(self) -> tuple[Text, ...]:
        """Return why it is missed, then every way out."""
        return (self.sentence, *(one.sentence for one in self.ways))


def help_for(
    instance: Instance,
    year_of: IntArray,
    *,
    most: int = MOST_HELPED,
    rounds: int = REACH_ROUNDS,
    seed: int = 0,
    progress: Helping | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Help, ...]:
    """Return help for what a plan misses: targets first, of the balance each district's worst year.

    Rules of the first rank that are kept stay kept in every way out.

    Parameters
    ----------
    most : so many rules are helped with, targets first. progress : hears how many of how many are through.
    cancelled : asked before each; True ends with fewer.

    References
    ----------
    docs/engineers/planning.md#explanations
    """
    every = demands_of(instance)
    lacking = missed(instance, year_of, every)
    kept = tuple(row for row in every if row.kind in FIRST_KINDS and not missed(instance, year_of, (row,)))
    asked = _worst(lacking, year_of)[:most]
    found = []
    for number, row in enumerate(asked):
        if cancelled is not None and cancelled():
            break
        if progress is not None:
            progress(number, len(asked))
        found.append(_help(instance, row, kept, year_of, rounds, seed))
    return tuple(found)


def help_json(instance: Instance, one: Help) -> dict[str, object]:
    """Return one shortfall's help as JSON values: sentences, and changes as ``changes_json`` writes them."""
    return {
        "demand": str(demand_name(instance, one.demand)),
        "conflict": str(one.sentence),
        "proven": one.conflict is not None,
        "ways_out": [
            {
                "kind": way.kind,
                "confirmed": way.confirmed,
                "sentence": str(way.sentence),
                "changes": changes_json(instance, way.changes),
            }
            for way in one.ways
        ],
    }


def _worst(lacking: tuple[PolicyRow, ...], year_of: IntArray) -> list[PolicyRow]:
    worst: dict[tuple[str, int, int], PolicyRow] = {}
    for row in lacking:
        key = (row.kind, row.scope, -1 if row.kind == FAIRNESS else row.year)
        if key not in worst or row.missing(year_of) > worst[key].missing(year_of):
            worst[key] = row
    return list(worst.values())


def _help(
    instance: Instance, row: PolicyRow, kept: tuple[PolicyRow, ...], year_of: IntArray, rounds: int, seed: int
) -> Help:
    conflict = conflict_of(instance, (row,)) or _with_kept(instance, row, kept)
    ways = relaxations_of(instance, (row, *kept), year_of, rounds=rounds, seed=seed)
    not_found = text(
        "{demand}: no plan that keeps it was found; it is not proven that there is none.",
        demand=demand_name(instance, row),
    )
    said = conflict.sentence if conflict else not_found
    return Help(demand=row, conflict=conflict, ways=ways, sentence=said)


def _with_kept(instance: Instance, row: PolicyRow, kept: tuple[PolicyRow, ...]) -> Conflict | None:
    """Return the conflict with what is kept; of a large plan it is not looked for, as that takes minutes."""
    if not kept or np.count_nonzero(instance.open_years) > EXACT_COLUMNS:
        return None
    return conflict_of(instance, (row, *kept))
