"""Where a programme stands, and the planning task that keeps what cannot be undone.

What is built or under contract stays, whatever it costs: a purse that cannot pay it is filled up to what that
takes and named, so that the rest of the plan never spends money that is not there twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from fenhu.errors import InputFault
from fenhu.planning.model.judge import violations
from fenhu.planning.model.spending import active_years
from fenhu.planning.task.changes import EVERY_YEAR, SOURCES, Changes, PurseChange, changed
from fenhu.planning.task.instance import NO_YEAR, BoolArray, Instance, IntArray
from fenhu.planning.task.names import amount_said, purse_name
from fenhu.planning.task.purses import Purse, purses_of
from fenhu.wording import Text, text

UPPER_PURSE = Purse("UPPER", 0)
_FILLINGS = 8


class Stage(IntEnum):
    """How far a building of the plan in force is."""

    FREE = 0
    APPROVED = 1
    SIGNED = 2
    BUILT = 3
    DROPPED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Every building's stage, one number of ``Stage`` each; years before ``open_from`` (0-based) are over."""

    stage: IntArray
    open_from: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overspent:
    """A purse that cannot pay what is built and signed: ``amount`` in fen, or thousandths of a crew day."""

    purse: Purse
    year: int
    amount: int
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A task in which what cannot be undone is fixed.

    ``fixed`` says which buildings these are, ``overspent`` which purses had to be filled up for them.
    """

    instance: Instance
    fixed: BoolArray
    overspent: tuple[Overspent, ...]


def hold(instance: Instance, before: IntArray, standing: Standing) -> Held:
    """Return ``instance`` with everything that cannot be undone fixed and approved years at their price.

    Whoever has to go before something fixed is fixed too; an order that cannot be kept any more is left out.

    Raises
    ------
    InputFault
        If the plan or the standing does not fit the buildings, or something signed has no year.
    """
    _check(instance, before, standing)
    fixed = _with_leaders(instance, before, standing)
    task = _with_stages(instance, before, standing.stage, fixed, standing.open_from)
    task = _with_works_apart(task, np.where(fixed, before, NO_YEAR))
    filled = _filled_up(task, np.where(fixed, before, NO_YEAR))
    return Held(instance=filled, fixed=fixed, overspent=tuple(_overspent(task, filled)))


def _check(instance: Instance, before: IntArray, standing: Standing) -> None:
    count, stage = len(instance.buildings), standing.stage
    if len(before) != count or len(stage) != count:
        raise InputFault(
            text("A plan in force needs a year and a stage for each of {count} buildings.", count=count)
        )
    if before.max(initial=NO_YEAR) >= instance.years or before.min(initial=NO_YEAR) < NO_YEAR:
        raise InputFault(
            text(
                "The plan in force has years beyond {first}–{last}.",
                first=instance.year_label(0),
                last=instance.year_label(instance.years - 1),
            )
        )
    if not 0 <= standing.open_from < instance.years:
        raise InputFault(text("Every year of the plan is over: there is nothing left to plan again."))
    homeless = np.flatnonzero(_bound(stage) & (before == NO_YEAR))
    if homeless.size:
        raise InputFault(
            text(
                "Building {code} is built or under contract, but has no year in the plan in force.",
                code=instance.buildings.ids[homeless[0]],
            )
        )


def _bound(stage: IntArray) -> BoolArray:
    bound: BoolArray = (stage == Stage.SIGNED) | (stage == Stage.BUILT)
    return bound


def _with_leaders(instance: Instance, before: IntArray, standing: Standing) -> BoolArray:
    """Return what is fixed, those included who have to go before it and can."""
    fixed = _bound(standing.stage)
    able = (before >= np.maximum(instance.buildings.earliest, standing.open_from)) & ~_gone(
        instance, standing.stage
    )
    while True:
        first, then = instance.order[:, 0], instance.order[:, 1]
        pulled = first[fixed[then] & ~fixed[first] & able[first] & (before[first] <= before[then])]
        if not len(pulled):
            return fixed
        fixed[pulled] = True


def _gone(instance: Instance, stage: IntArray) -> BoolArray:
    gone: BoolArray = (stage == Stage.DROPPED) | instance.buildings.forbidden | instance.buildings.done
    return gone


def _with_stages(
    instance: Instance, before: IntArray, stage: IntArray, fixed: BoolArray, open_from: int
) -> Instance:
    b, order = instance.buildings, instance.order
    approved = (stage == Stage.APPROVED) & ~fixed
    kept_order = ~fixed[order[:, 1]] | (fixed[order[:, 0]] & (before[order[:, 0]] <= before[order[:, 1]]))
    return replace(
        instance,
        order=order[kept_order],
        buildings=replace(
            b,
            forbidden=~fixed & (b.forbidden | (stage == Stage.DROPPED)),
            done=~fixed & b.done,
            earliest=np.where(fixed, np.minimum(b.earliest, before), np.maximum(b.earliest, open_from)),
            pinned_year=np.where(fixed, before, np.where(stage == Stage.DROPPED, NO_YEAR, b.pinned_year)),
            approved_year=np.where(approved, before, NO_YEAR),
        ),
    )


def _with_works_apart(instance: Instance, year_of: IntArray) -> Instance:
    """Return ``instance`` with a cluster that has fixed works in too many years cut in two."""
    clusters, cluster_of = instance.clusters, instance.buildings.cluster.copy()
    active, most = active_years(instance, year_of).astype(bool), instance.rules.max_active_years
    crowded = np.flatnonzero(active.sum(axis=1) > most)
    for apart, cluster in enumerate(crowded, start=len(clusters)):
        late = np.flatnonzero(active[cluster])[most:]
        cluster_of[(cluster_of == cluster) & np.isin(year_of, late)] = apart
    doubled = np.concatenate([np.arange(len(clusters)), crowded])
    mains_fen = clusters.mains_fen[doubled]
    mains_fen[len(clusters) :] = 0
    return replace(
        instance,
        buildings=replace(instance.buildings, cluster=cluster_of),
        clusters=replace(
            clusters,
            names=tuple(clusters.names[one] for one in doubled),
            supplier=clusters.supplier[doubled],
            mains_fen=mains_fen,
            mobilise_fen=clusters.mobilise_fen[doubled],
        ),
    )


def _filled_up(instance: Instance, year_of: IntArray) -> Instance:
    """Return ``instance`` with every purse holding at least what the plan ``year_of`` takes of it."""
    for _ in range(_FILLINGS):
        lacking = tuple(_lacking(instance, year_of))
        if not lacking:
            return instance
        instance = changed(instance, Changes(purses=lacking))
    return instance


def _lacking(instance: Instance, year_of: IntArray) -> Iterator[PurseChange]:
    """Yield what has to be added to every purse; where money carries over, missing money is missed once."""
    carry, missed = instance.rules.carry, dict[Purse, int]()
    spread = "SUPPLIER" in carry and "UPPER" not in carry  # then the judge says what every year lacks alike
    for one in violations(instance, year_of):
        if one.kind not in SOURCES:
            continue
        purse = Purse(one.kind, one.scope)
        already = missed.get(purse, 0) if one.kind in carry else 0
        missed[purse] = max(already, int(one.amount))
        if one.amount > already:
            year = EVERY_YEAR if one.kind == UPPER_PURSE.source and spread else one.year
            yield PurseChange(source=one.kind, scope=one.scope, year=year, add=int(one.amount) - already)


def _overspent(instance: Instance, filled: Instance) -> Iterator[Overspent]:
    """Yield what was filled up, purse after purse and year after year."""
    had, has = purses_of(instance), purses_of(filled)
    names = (*had.names, UPPER_PURSE)
    more = np.vstack([has.limit, has.upper]) - np.vstack([had.limit, had.upper])
    for number, year in zip(*np.nonzero(more > 0), strict=True):
        purse, amount = names[number], int(more[number, year])
        said = text(
            "{purse} cannot pay what is built and under contract: {amount} missing in {year}. "
            "It stays all the same.",
            purse=purse_name(instance, purse),
            amount=amount_said(purse, amount),
            year=instance.year_label(int(year)),
        )
        yield Overspent(purse=purse, year=int(year), amount=amount, text=said)
