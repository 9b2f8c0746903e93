"""What it costs to put one building into a year or to leave it out: the plan around it is solved again."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fenhu.planning.search.standing import NEAR_ROUNDS, mended, neighbours, standing
from fenhu.planning.task.changes import Changes, changed
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.wording import Text, text

STAY_WEIGHT = 0.05  # of the bonus of its flats: who need not move for the building's sake stays


@dataclass(frozen=True, slots=True)
class Move:
    """A building that changes its year; NO_YEAR before or after means unplanned."""

    building: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forced:
    """A plan with ``building`` in ``year`` (NO_YEAR: left out), against the best plan found without that.

    ``base`` is the plan at hand after the same search, ``moved`` who has another year than there. ``loss`` is
    in the weighted sum, ``missed_flats`` what the first rules miss more; neither is ever below zero, for a
    plan that turns out better is ``adopted``. ``flats`` are those the plan has less.
    """

    building: int
    year: int
    reached: bool
    adopted: bool
    base: IntArray
    plan: IntArray
    moved: tuple[Move, ...]
    loss: float
    loss_ratio: float
    missed_flats: float
    flats: int
    sentence: Text


def force(
    instance: Instance,
    year_of: IntArray,
    building: int,
    year: int,
    *,
    goal: str,
    rounds: int = NEAR_ROUNDS,
    seed: int = 0,
) -> Forced:
    """Return what ``building`` in ``year`` costs, NO_YEAR meaning that it is left out.

    Parameters
    ----------
    year_of : 0-based year of every building in the plan at hand. rounds : ruins of each of two searches.

    References
    ----------
    docs/engineers/planning.md#explanations
    """
    near = neighbours(instance, building)
    base = mended(instance, year_of, near, goal=goal, rounds=rounds, seed=seed)
    base = max(base, year_of, key=lambda plan: standing(instance, goal, plan))
    start = base.copy()
    start[building] = year
    near[building] = True
    plan = mended(_wanting(instance, base, building, year), start, near, goal=goal, rounds=rounds, seed=seed)
    return _compared(instance, goal, building, year, base, plan)


def _wanting(instance: Instance, base: IntArray, building: int, year: int) -> Instance:
    wish = Changes(forbidden=frozenset({building})) if year == NO_YEAR else Changes(pinned={building: year})
    wanted = changed(instance, wish)
    return replace(
        wanted,
        buildings=replace(wanted.buildings, approved_year=np.where(base == NO_YEAR, NO_YEAR, base)),
        rules=replace(wanted.rules, stay_weight=STAY_WEIGHT),
    )


def _compared(
    instance: Instance, goal: str, building: int, year: int, base: IntArray, plan: IntArray
) -> Forced:
    reached = bool(plan[building] == year)
    before, after = standing(instance, goal, base), standing(instance, goal, plan)
    adopted = reached and after > before
    missed = 0.0 if adopted else max(0.0, before[0] - after[0])
    loss = 0.0 if adopted else max(0.0, before[1] - after[1])
    moved = tuple(
        Move(int(one), int(base[one]), int(plan[one]))
        for one in np.flatnonzero(base != plan)
        if one != building
    )
    flats = instance.buildings.flats
    fewer = int(flats[base != NO_YEAR].sum() - flats[plan != NO_YEAR].sum())
    forced = Forced(
        building=building, year=year, reached=reached, adopted=adopted, base=base, plan=plan, moved=moved,
        loss=loss, loss_ratio=loss / abs(before[1]) if before[1] else 0.0, missed_flats=missed, flats=fewer,
        sentence=Text(""),
    )  # fmt: skip
    return replace(forced, sentence=_said(instance, forced))


def _said(instance: Instance, forced: Forced) -> Text:
    if not forced.reached:
        return text(
            "No plan was found with it in {year}, whoever else gives way.", year=_label(instance, forced.year)
        )
    if forced.year == NO_YEAR:
        return _without_it(forced)
    year = _label(instance, forced.year)
    if forced.adopted:
        return text(
            "A better plan was found on the way, with it in {year}: taking that one costs nothing.", year=year
        )
    if forced.missed_flats > 0.0:
        return text(
            "In {year} instead, {count} others change their year and targets and fixed years miss {missed} "
            "more flats.",
            year=year,
            count=len(forced.moved),
            missed=f"{np.ceil(forced.missed_flats):,.0f}",
        )
    return text(
        "In {year} instead, {count} others change their year and the plan is worth {loss} ({percent} %) "
        "less.",
        year=year,
        count=len(forced.moved),
        loss=f"{forced.loss:,.1f}",
        percent=f"{100 * forced.loss_ratio:.2f}",
    )


def _without_it(forced: Forced) -> Text:
    if forced.adopted:
        return text("A better plan was found on the way, without it: taking that one costs nothing.")
    sooner = sum(
        one.after != NO_YEAR and (one.before == NO_YEAR or one.after < one.before) for one in forced.moved
    )
    if not sooner:
        return text(
            "It holds nobody back: without it the plan would be worth {loss} ({percent} %) less.",
            loss=f"{forced.loss:,.1f}",
            percent=f"{100 * forced.loss_ratio:.2f}",
        )
    return text(
        "Without it {count} others would come in or come sooner; the plan would still be worth {loss} "
        "({percent} %) less.",
        count=sooner,
        loss=f"{forced.loss:,.1f}",
        percent=f"{100 * forced.loss_ratio:.2f}",
    )


def _label(instance: Instance, year: int) -> str:
    return instance.year_label(year)


def moves_said(instance: Instance, moved: tuple[Move, ...]) -> tuple[Text, ...]:
    """Return a line for everybody who moves."""
    return tuple(_move_said(instance, one) for one in moved)


def _move_said(instance: Instance, move: Move) -> Text:
    code = instance.buildings.ids[move.building]
    if move.after == NO_YEAR:
        return text("{code}: {before}, then without a year", code=code, before=_label(instance, move.before))
    if move.before == NO_YEAR:
        return text("{code}: newly in {after}", code=code, after=_label(instance, move.after))
    return text(
        "{code}: {before}, then {after}",
        code=code,
        before=_label(instance, move.before),
        after=_label(instance, move.after),
    )
