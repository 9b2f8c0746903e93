"""What a plan lacks to be paid and built, purse by purse, and the changes that give it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from fenhu.planning.model.judge import violations
from fenhu.planning.reasons.rubber import Limit
from fenhu.planning.task.changes import CREW, SOURCES, Changes, PurseChange, changed
from fenhu.planning.task.instance import Instance, IntArray
from fenhu.planning.task.result import Violation

_STEP_FEN, _STEP_PARTS = 100_00, 100  # amounts are rounded up to hundreds of yuan and tenths of a day
_MOST_ROUNDS = 50

Amounts = Mapping[Limit, int]


def rounded_up(limit: Limit, amount: float) -> int:
    """Return an amount in fen or thousandths of a day, rounded up to what people say."""
    step = _STEP_PARTS if limit.source == CREW else _STEP_FEN
    return ceil(round(amount / step, 6)) * step


def more_of(amounts: Amounts, factor: float = 1.0) -> Changes:
    """Return the changes that give ``factor`` times ``amounts``, each rounded up."""
    return Changes(
        purses=tuple(
            PurseChange(
                source=one.source, scope=one.scope, year=one.year, add=rounded_up(one, amount * factor)
            )
            for one, amount in amounts.items()
        )
    )


def amounts_of(changes: Changes) -> dict[Limit, int]:
    """Return what ``changes`` add to every purse."""
    return {Limit(one.source, one.scope, one.year): one.add for one in changes.purses}


def lacking_for(
    instance: Instance, year_of: IntArray, base: Changes | None = None
) -> dict[Limit, int] | None:
    """Return what every purse lacks for the plan ``year_of``; None if no money or crews could mend it.

    Parameters
    ----------
    base : changes that are made anyway.
    """
    base = base or Changes()
    lacking: dict[Limit, int] = {}
    for _ in range(_MOST_ROUNDS):
        broken = violations(changed(instance, base.joined(more_of(lacking))), year_of)
        if not broken:
            return lacking
        if any(one.kind not in SOURCES for one in broken):
            return None
        for limit, amount in _first_of_each(broken).items():
            lacking[limit] = rounded_up(limit, lacking.get(limit, 0) + amount)
    return None


def _first_of_each(broken: Iterable[Violation]) -> dict[Limit, float]:
    """Return the first year of every purse that is short: where it carries over, later years gain from it."""
    first: dict[tuple[str, int], Violation] = {}
    for one in sorted(broken, key=lambda violation: violation.year):
        first.setdefault((one.kind, one.scope), one)
    return {Limit(one.kind, one.scope, one.year): one.amount for one in first.values()}
