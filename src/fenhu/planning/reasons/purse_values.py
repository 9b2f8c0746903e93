"""What a little more of a purse, or of a supplier's crews, is worth: about by its price, and tried out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fenhu.planning.model.blocks import whole_program
from fenhu.planning.model.formulation import formulate
from fenhu.planning.model.highs import Cancelled, solve_program
from fenhu.planning.model.rows import RowName
from fenhu.planning.search.standing import NEAR_ROUNDS, mended, standing
from fenhu.planning.task.changes import CREW, Changes, PurseChange, changed
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.names import amount_said, purse_name
from fenhu.planning.task.purses import CREW_PARTS, Purse, purses_of
from fenhu.planning.task.worth import worth_of
from fenhu.wording import Text, text

FEN_ASKED, DAYS_ASKED = 10_000_00, 10.0  # the value of 10,000 yuan, or of ten crew days
_LEAST_FEN, _LEAST_PARTS = 100_000_00, 10 * CREW_PARTS
_LEAST_RATIO = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseValue:
    """About what 10,000 yuan more (ten crew days) of a purse in a year add to the weighted sum.

    ``had`` is what the purse has in the year, in fen or thousandths of a day. ``worth`` is the relaxation's
    price: exact for the relaxation and a small step, about right for the plan.
    """

    source: str
    scope: int
    year: int
    had: int
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedValue:
    """What ``added`` (fen, thousandths of a day) more of a purse really added when the plan was made again.

    Both plans were searched for with the same effort; nothing here is below zero but ``flats``, which may be
    fewer where the money helps those who need it more.
    """

    source: str
    scope: int
    year: int
    added: int
    worth: float
    missed_flats: float
    flats: int
    plan: IntArray
    changes: Changes
    sentence: Text


def purse_values(instance: Instance, *, cancelled: Cancelled | None = None) -> tuple[PurseValue, ...]:
    """Return the value of a little more of every purse in every year, one linear program for all.

    References
    ----------
    docs/engineers/planning.md#explanations
    """
    purses = purses_of(instance)
    model = formulate(instance, purses, worth_of(instance))
    answer = solve_program(whole_program(model), relaxed=True, interior=True, cancelled=cancelled)
    carried = {(one.source, one.scope): bool(c) for one, c in zip(purses.names, purses.carries, strict=True)}
    carried["UPPER", 0] = purses.upper_carries
    limits = {(one.source, one.scope): row for one, row in zip(purses.names, purses.limit, strict=True)}
    limits["UPPER", 0] = purses.upper

    def price(source: str, scope: int, year: int) -> float:
        later = range(year, instance.years if carried[source, scope] else year + 1)
        names: list[RowName] = [(source, scope, one) for one in later]
        rows = [row for name in names if name in model.named for row in model.named[name]]
        return float(np.maximum(answer.row_duals[rows], 0.0).sum()) if rows else 0.0

    return tuple(
        PurseValue(
            source=source,
            scope=scope,
            year=year,
            had=int(row[year]),
            worth=price(source, scope, year) * (DAYS_ASKED if source == CREW else 1.0),
        )
        for (source, scope), row in limits.items()
        for year in range(instance.years)
    )


def step_of(instance: Instance, source: str, scope: int, year: int) -> int:
    """Return how much more is tried: a tenth of the purse, 100,000 yuan or ten crew days at least."""
    purses = purses_of(instance)
    if source == "UPPER":
        return max(_LEAST_FEN, round(_LEAST_RATIO * int(purses.upper[year])))
    had = int(purses.limit[purses.names.index(Purse(source, scope)), year])
    return max(_LEAST_PARTS if source == CREW else _LEAST_FEN, round(_LEAST_RATIO * had))


def try_more(
    instance: Instance,
    year_of: IntArray,
    source: str,
    scope: int,
    year: int,
    *,
    goal: str,
    added: int | None = None,
    rounds: int = NEAR_ROUNDS,
    seed: int = 0,
) -> TriedValue:
    """Return what ``added`` more of a purse in a year adds to the plan, found by making it again.

    Parameters
    ----------
    added : in fen or thousandths of a day; ``step_of`` unless given. rounds : ruins of each of three
        searches.
    """
    added = step_of(instance, source, scope, year) if added is None else added
    changes = Changes(purses=(PurseChange(source=source, scope=scope, year=year, add=added),))
    poor, rich = both_ways(instance, changed(instance, changes), year_of, goal=goal, rounds=rounds, seed=seed)
    before, after = standing(instance, goal, poor), standing(instance, goal, rich)
    flats = instance.buildings.flats
    tried = TriedValue(
        source=source, scope=scope, year=year, added=added,
        worth=max(0.0, after[1] - before[1]) if after >= before else 0.0,
        missed_flats=max(0.0, after[0] - before[0]),
        flats=int(flats[rich != NO_YEAR].sum() - flats[poor != NO_YEAR].sum()),
        plan=rich, changes=changes, sentence=Text(""),
    )  # fmt: skip
    return _with_sentence(instance, tried)


def both_ways(
    instance: Instance, otherwise: Instance, year_of: IntArray, *, goal: str, rounds: int, seed: int
) -> tuple[IntArray, IntArray]:
    """Return the best plans found of two tasks with the same effort; the second is no worse in its own task.

    Both searches go on from the same plan, and the second may take over the first's where that is better.
    """
    every = np.ones(len(year_of), dtype=bool)
    first = mended(instance, year_of, every, goal=goal, rounds=rounds, seed=seed)
    first = max(first, year_of, key=lambda plan: standing(instance, goal, plan))
    here = mended(instance, first, every, goal=goal, rounds=rounds, seed=seed + 1)
    here = max(here, first, key=lambda plan: standing(instance, goal, plan))
    there = mended(otherwise, first, every, goal=goal, rounds=rounds, seed=seed + 1)
    return here, max(there, here, key=lambda plan: standing(otherwise, goal, plan))


def _with_sentence(instance: Instance, tried: TriedValue) -> TriedValue:
    purse = Purse(tried.source, tried.scope)
    said = text(
        "{amount} more for {purse} in {year} add {worth} to the plan's worth and {flats} flats.",
        amount=amount_said(purse, tried.added),
        purse=purse_name(instance, purse),
        year=instance.year_label(tried.year),
        worth=f"{tried.worth:,.1f}",
        flats=f"{tried.flats:,}",
    )
    if tried.missed_flats > 0.0:
        said = text(
            "{amount} more for {purse} in {year} bring targets and fixed years {missed} flats nearer.",
            amount=amount_said(purse, tried.added),
            purse=purse_name(instance, purse),
            year=instance.year_label(tried.year),
            missed=f"{tried.missed_flats:,.0f}",
        )
    return replace(tried, sentence=said)
