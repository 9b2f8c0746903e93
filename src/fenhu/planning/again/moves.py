"""What two plans differ in, as a list a person can read: who moves from when to when, why, at what price.

Gains and prices are counted in flats: one is what converting an average flat adds to a plan beside its years
of warmth (β in docs/engineers/planning.md#objective).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.again.holding import Held, Stage, Standing
from fenhu.planning.model.judge import score, violations
from fenhu.planning.model.laying import spent_by
from fenhu.planning.reasons.blocking import Blocker, Books
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.names import amount_said, purse_name
from fenhu.planning.task.purses import Purse, purses_of
from fenhu.planning.task.result import Violation
from fenhu.planning.task.worth import MISSING_FLAT, worth_of
from fenhu.wording import Text, text

DROPPED, REMOVED, MOVED, ADDED = "dropped", "removed", "moved", "added"
CHANGE_KINDS = (DROPPED, REMOVED, MOVED, ADDED)
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChange:
    """One building whose year is another: ``from_year`` or ``to_year`` is NO_YEAR where it has none.

    ``price_flats`` is what its move had to gain (0 where nothing was approved); ``gain_flats`` what the plan
    would lose if it alone went back, None where it cannot go back as things are.
    """

    building: int
    kind: str
    from_year: int
    to_year: int
    stage: Stage
    price_flats: float
    gain_flats: float | None
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseSpending:
    """What a purse has and what two plans take of it, a number a year: fen, crews thousandths of a day."""

    purse: Purse
    had: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]


def moves_between(
    held: Held, before: IntArray, after: IntArray, standing: Standing
) -> tuple[YearChange, ...]:
    """Return every building whose year differs: dropped, removed, moved, added; by year within each.

    Parameters
    ----------
    before, after : 0-based years of both plans, NO_YEAR where unplanned; ``after`` breaks no hard row of
        ``held.instance``.
    """
    reader = _Reader(held.instance, before, after, standing)
    changed = [reader.move(int(one)) for one in np.flatnonzero(before != after)]
    return tuple(sorted(changed, key=lambda one: (CHANGE_KINDS.index(one.kind), one.from_year, one.to_year)))


def spending_between(instance: Instance, before: IntArray, after: IntArray) -> tuple[PurseSpending, ...]:
    """Return every purse's money or crew days and what each plan takes of it, mains with the suppliers."""
    purses = purses_of(instance)
    spent = [spent_by(instance, purses, plan).purses for plan in (before, after)]
    rows = zip(purses.names, purses.limit, *spent, strict=True)
    return tuple(
        PurseSpending(purse=name, had=_whole(had), before=_whole(was), after=_whole(now))
        for name, had, was, now in rows
    )


def _whole(amounts: IntArray) -> tuple[int, ...]:
    return tuple(int(amount) for amount in amounts)


def flat_worth(instance: Instance) -> float:
    """Return what one flat is worth in the weighted sum beside its years of warmth; 1 if nothing is."""
    return (worth_of(instance).per_flat / MISSING_FLAT) or 1.0


class _Reader:
    """Two plans side by side, with the books of the old one opened once."""

    def __init__(self, instance: Instance, before: IntArray, after: IntArray, standing: Standing) -> None:
        self.instance, self.before, self.after, self.standing = instance, before, after, standing
        self.in_force = np.where(standing.stage == Stage.DROPPED, NO_YEAR, before)
        self.books = Books(instance, self.in_force)
        self.purses = self.books.purses
        self.short = _short_purses(instance, self.in_force)
        self.per_flat = flat_worth(instance)
        self.price = worth_of(instance).stay.max(axis=1) / self.per_flat
        self.objective = score(instance, after)

    def move(self, building: int) -> YearChange:
        was, now = int(self.before[building]), int(self.after[building])
        dropped = self.standing.stage[building] == Stage.DROPPED
        kind = DROPPED if dropped else ADDED if was == NO_YEAR else REMOVED if now == NO_YEAR else MOVED
        gain = None if dropped else self._gain(building)
        return YearChange(
            building=building,
            kind=kind,
            from_year=was,
            to_year=now,
            stage=Stage(int(self.standing.stage[building])),
            price_flats=float(self.price[building]),
            gain_flats=gain,
            why=self._why(kind, building, gain),
        )

    def _gain(self, building: int) -> float | None:
        back = self.after.copy()
        back[building] = self.in_force[building]
        if violations(self.instance, back):
            return None
        return (self.objective - score(self.instance, back)) / self.per_flat

    def _why(self, kind: str, building: int, gain: float | None) -> Text:
        if kind == DROPPED:
            return text("It dropped out.")
        if kind == ADDED:
            return self._why_added(building, gain)
        return self._closed(building) or self._why_left(building, gain)

    def _closed(self, building: int) -> Text | None:
        b, year = self.instance.buildings, int(self.before[building])
        if year < self.standing.open_from:
            return text("The year {year} is over.", year=self.instance.year_label(year))
        if b.forbidden[building]:
            return text("It was left out by decision.")
        if b.done[building]:
            return text("It is converted already.")
        if b.earliest[building] > year:
            return text(
                "Its residents' consent is not expected by {year} any more.",
                year=self.instance.year_label(year),
            )
        if not self.instance.open_years[building, year]:
            return text("Another year was fixed by decision.")
        return None

    def _why_left(self, building: int, gain: float | None) -> Text:
        year = int(self.before[building])
        without = self.after.copy()
        without[building] = NO_YEAR
        blockers = Books(self.instance, without).blockers(building, year)
        paid = [one for one in blockers if one.purse is not None]
        if paid:
            return self._purse_said(building, year, max(paid, key=lambda one: one.amount))
        if blockers:
            return text(
                "In {year}: {reasons}.", year=self.instance.year_label(year), reasons=blockers[0].sentence
            )
        if gain is None:
            return text("Others could not keep their years if it went back.")
        return text("The plan gains {gain} flats by it.", gain=f"{gain:,.0f}")

    def _purse_said(self, building: int, year: int, blocker: Blocker) -> Text:
        assert blocker.purse is not None
        name, label = purse_name(self.instance, blocker.purse), self.instance.year_label(year)
        cut = self.short.get((blocker.purse, year)) or self.short.get((blocker.purse, NO_YEAR))
        if cut is not None:
            return text(
                "{purse}: the plan in force is not paid any more, {amount} missing in {year}.",
                purse=name,
                amount=amount_said(blocker.purse, int(cut.amount)),
                year=self.instance.year_label(cut.year),
            )
        entered = self._drawing(blocker.purse, year, self.after, self.in_force, building)
        if entered:
            return text("{purse}: taken in {year} by {codes}.", purse=name, codes=entered, year=label)
        return text("In {year}: {reasons}.", year=label, reasons=blocker.sentence)

    def _why_added(self, building: int, gain: float | None) -> Text:
        year = int(self.after[building])
        paid = [one.purse for one in self.books.blockers(building, year) if one.purse is not None]
        for purse in paid:
            left = self._drawing(purse, year, self.in_force, self.after, building) or self._drawing(
                purse, year, self.before, self.after, building
            )
            if left:
                return text("{purse}: {codes} left room.", codes=left, purse=purse_name(self.instance, purse))
        if gain is None:
            return text("Others need it in its year.")
        return text("The plan gains {gain} flats by it.", gain=f"{gain:,.0f}")

    def _drawing(self, purse: Purse, year: int, plan: IntArray, other: IntArray, building: int) -> str:
        """Return the codes of those who draw most from a purse by ``year`` in ``plan``, not in ``other``."""
        if purse.source == "UPPER":
            return ""
        number = self.purses.names.index(purse)
        first = 0 if self.purses.carries[number] else year
        here = (plan >= first) & (plan <= year) & (plan != NO_YEAR)
        there = (other >= first) & (other <= year) & (other != NO_YEAR)
        amount = np.where(self.purses.drawn_from == number, self.purses.amount, 0).max(axis=1)
        amount = np.where(here & ~there, amount, 0)
        amount[building] = 0
        most = [one for one in np.argsort(-amount, kind="stable")[:_NAMED] if amount[one] > 0]
        return ", ".join(self.instance.buildings.ids[one] for one in most)


def _short_purses(instance: Instance, year_of: IntArray) -> dict[tuple[Purse, int], Violation]:
    """Return where purses do not pay a plan, by purse and year; under NO_YEAR where each lacks most."""
    found: dict[tuple[Purse, int], Violation] = {}
    for one in violations(instance, year_of):
        purse = Purse(one.kind, one.scope)
        found[purse, one.year] = one
        worst = found.get((purse, NO_YEAR))
        if worst is None or one.amount > worst.amount:
            found[purse, NO_YEAR] = one
    return found
