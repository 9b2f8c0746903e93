"""What would have to change, and by how much, for one building to get a year: changes that are tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from fenhu.planning.reasons.limit_names import amounts_said
from fenhu.planning.reasons.paying import Amounts, lacking_for, more_of
from fenhu.planning.search.standing import NEAR_ROUNDS, mended, neighbours
from fenhu.planning.task.changes import CREW, Changes, changed
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.worth import CONSENT_MOST
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Changes with which ``building`` gets ``year`` and nobody else gives way; ``amounts`` are the money.

    ``plan`` breaks no hard row of the changed task: that is counted, not guessed. ``chosen`` says that the
    planner, asked again, keeps the building without being told to; else ``changes`` fix it to its year.
    ``agreed_flats`` is how many more of its flats have to agree first, which no change can bring about.
    """

    building: int
    year: int
    changes: Changes
    amounts: Amounts
    agreed_flats: int
    chosen: bool
    plan: IntArray
    sentence: Text


def flip_of(
    instance: Instance,
    year_of: IntArray,
    building: int,
    *,
    goal: str,
    years: Sequence[int] | None = None,
    rounds: int = NEAR_ROUNDS,
    seed: int = 0,
) -> Flip | None:
    """Return the cheapest changes that give ``building`` a year; None if money, crews and decisions cannot.

    Parameters
    ----------
    years : 0-based years to look at; every year in which it may be converted unless given.

    References
    ----------
    docs/engineers/planning.md#explanations
    """
    admitted = _admitted(instance, building)
    if admitted is None:
        return None
    task, decided, agreed = admitted
    asked = np.flatnonzero(task.open_years[building]).tolist() if years is None else years
    for base in (decided, decided.joined(_works_longer(task))):
        found = _payable(task, year_of, building, asked, base)
        if found:
            _, year, amounts, plan = min(found, key=lambda one: one[:2])
            return _tried(task, building, year, base, amounts, plan, agreed, goal, rounds, seed)
    return None


def _payable(
    task: Instance, year_of: IntArray, building: int, years: Sequence[int], base: Changes
) -> list[tuple[float, int, Amounts, IntArray]]:
    """Return price, year, amounts and plan of every year that money and crews, with ``base``, allow."""
    found: list[tuple[float, int, Amounts, IntArray]] = []
    for year in years:
        plan = year_of.copy()
        plan[building] = year
        amounts = lacking_for(task, plan, base)
        if amounts is not None:
            found.append((_price(task, amounts), year, amounts, plan))
    return found


def _works_longer(task: Instance) -> Changes:
    return Changes(rules={"max_active_years": task.rules.max_active_years + 1})


def agreeing_flats(instance: Instance, building: int, year: int) -> int:
    """Return how many more flats have to agree now for the consent expected in ``year`` to be enough."""
    rules, b = instance.rules, instance.buildings
    if rules.consent_needed_ratio is None:
        return 0
    won = 1.0 - rules.campaign_keep_ratio ** (year + 1.0)
    needed = (min(rules.consent_needed_ratio, CONSENT_MOST) - won) / max(1e-9, 1.0 - won)
    flats = int(b.flats[building])
    return int(max(0, ceil(round(needed * flats - float(b.consent_ratio[building]) * flats, 6))))


def _admitted(instance: Instance, building: int) -> tuple[Instance, Changes, int] | None:
    """Return the task with the gates open, the decision that takes, and how many flats must agree."""
    b, decided, agreed = instance.buildings, Changes(), 0
    if b.done[building]:
        return None
    opened = bool(instance.open_years[building].any())
    if b.forbidden[building] or (b.pinned_year[building] != NO_YEAR and not opened):
        decided = Changes(freed=frozenset({building}))
        instance = changed(instance, decided)
    if not instance.open_years[building].any():
        last = instance.years - 1
        agreed = agreeing_flats(instance, building, last)
        if not agreed:
            return None
        earliest = instance.buildings.earliest.copy()
        earliest[building] = last
        instance = replace(instance, buildings=replace(instance.buildings, earliest=earliest))
    return instance, decided, agreed


def _price(instance: Instance, amounts: Amounts) -> float:
    """Order amounts: money in fen, a crew day at what works cost a day."""
    b = instance.buildings
    works = float((b.supplier_fen + b.owner_fen + b.repair_fen + b.reward_fen).sum())
    part = works / max(1.0, float(b.crew_days.sum())) / 1000.0
    return sum(amount * (part if one.source == CREW else 1.0) for one, amount in amounts.items())


def _tried(
    task: Instance, building: int, year: int, decided: Changes, amounts: Amounts, plan: IntArray, agreed: int,
    goal: str, rounds: int, seed: int,
) -> Flip:  # fmt: skip
    changes = decided.joined(more_of(amounts))
    pinned = changes.joined(Changes(pinned={building: year}))
    chosen = False
    if changes != Changes() or agreed:
        later = changed(task, changes)
        again = mended(later, plan, neighbours(later, building), goal=goal, rounds=rounds, seed=seed)
        chosen = bool(NO_YEAR < again[building] <= year)
    return Flip(
        building=building,
        year=year,
        changes=changes if chosen else pinned,
        amounts=amounts,
        agreed_flats=agreed,
        chosen=chosen,
        plan=plan,
        sentence=_said(task, year, decided, amounts, agreed, chosen),
    )


def _said(task: Instance, year: int, decided: Changes, amounts: Amounts, agreed: int, chosen: bool) -> Text:
    label = task.year_label(year)
    parts = []
    if agreed:
        parts.append(text("{count} more of its flats have to agree", count=agreed))
    if decided.rules:
        years = task.rules.max_active_years
        parts.append(
            text(
                "works in a cluster may last {years} years instead of {before}", years=years + 1, before=years
            )
        )
    if decided.freed:
        parts.append(text("the decision about it has to be lifted"))
    if amounts:
        parts.append(text("it takes {amounts} in addition", amounts=amounts_said(task, amounts)))
    if not chosen:
        parts.append(text("it has to be fixed to {year}, as the planner would choose others", year=label))
    said = parts[0]
    for one in parts[1:]:
        said = text("{first}; {second}", first=said, second=one)
    return text(
        "For {year}: {changes}. Then it fits and nobody else gives way; counted and solved again.",
        year=label,
        changes=said,
    )
