"""What the rules of a plan cost: the plan made again without each of them, with the same effort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from fenhu.planning.reasons.purse_values import both_ways
from fenhu.planning.search.standing import NEAR_ROUNDS, standing
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray, no_years
from fenhu.planning.task.worth import worth_of
from fenhu.wording import Text, text

RulePriced = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePrice:
    """What one rule costs: the worth a plan gains, counted without the rule, if it need not be kept.

    ``worth`` is never below zero. ``flats`` and ``benefit`` are what the plan without the rule has more; a
    rule may cost worth and still bring flats, then they are below zero.
    """

    rule: str
    name: Text
    worth: float
    worth_ratio: float
    flats: int
    benefit: float
    plan: IntArray
    sentence: Text


def rule_prices(
    instance: Instance,
    year_of: IntArray,
    *,
    goal: str,
    rounds: int = NEAR_ROUNDS,
    seed: int = 0,
    progress: RulePriced | None = None,
) -> tuple[RulePrice, ...]:
    """Return the price of every rule that is set, the dearest first.

    Parameters
    ----------
    rounds : ruins of each of three searches for every rule. progress : hears how many rules are through.

    References
    ----------
    docs/engineers/planning.md#explanations
    """
    asked = [(rule, name, without(instance)) for rule, name, is_set, without in _RULES if is_set(instance)]
    found = []
    for number, (rule, name, free) in enumerate(asked):
        if progress is not None:
            progress(number, len(asked))
        found.append(_price(instance, free, year_of, rule, name, goal, rounds, seed))
    return tuple(sorted(found, key=lambda one: -one.worth))


def _price(
    instance: Instance, free: Instance, year_of: IntArray, rule: str, name: Text, goal: str, rounds: int,
    seed: int,
) -> RulePrice:  # fmt: skip
    kept, loose = both_ways(instance, free, year_of, goal=goal, rounds=rounds, seed=seed)
    before, after = standing(free, goal, kept), standing(free, goal, loose)
    gained = max(0.0, after[1] - before[1])
    ratio = gained / abs(before[1]) if before[1] else 0.0
    flats = int(_flats(instance, loose) - _flats(instance, kept))
    return RulePrice(
        rule=rule, name=name, worth=gained, worth_ratio=ratio, flats=flats,
        benefit=_benefit(instance, loose) - _benefit(instance, kept), plan=loose,
        sentence=_said(name, gained, ratio, flats),
    )  # fmt: skip


def _flats(instance: Instance, year_of: IntArray) -> int:
    return int(instance.buildings.flats[year_of != NO_YEAR].sum())


def _benefit(instance: Instance, year_of: IntArray) -> float:
    planned = np.flatnonzero(year_of != NO_YEAR)
    return float(worth_of(instance).value[planned, year_of[planned]].sum())


def _said(name: Text, gained: float, ratio: float, flats: int) -> Text:
    if gained == 0.0:
        return text("{rule}: costs nothing; no better plan was found without it.", rule=name)
    return text(
        "{rule}: costs {worth} ({percent} %) of the plan's worth; without it {flats} more flats are planned.",
        rule=name,
        worth=f"{gained:,.1f}",
        percent=f"{100 * ratio:.2f}",
        flats=f"{flats:+,}",
    )


def _loosened(**fields: object) -> Callable[[Instance], Instance]:
    def without(instance: Instance) -> Instance:
        return replace(instance, rules=replace(instance.rules, **fields))  # type: ignore[arg-type]

    return without


def _without_targets(instance: Instance) -> Instance:
    none = (0,) * instance.years
    return replace(instance, rules=replace(instance.rules, target_buildings=none, target_flats=none))


def _without_works_years(instance: Instance) -> Instance:
    return replace(instance, rules=replace(instance.rules, max_active_years=instance.years))


def _without_fixed_years(instance: Instance) -> Instance:
    free = replace(instance.buildings, pinned_year=no_years(len(instance.buildings)))
    return replace(instance, buildings=free)


_RULES: tuple[tuple[str, Text, Callable[[Instance], bool], Callable[[Instance], Instance]], ...] = (
    ("targets", text("Targets of the years"),
     lambda one: any(one.rules.target_buildings + one.rules.target_flats), _without_targets),
    ("fairness", text("Balance between districts"),
     lambda one: one.rules.equity_ratio > 0.0 and len(one.budgets.district_fen) > 1,
     _loosened(equity_ratio=0.0)),
    ("priority", text("Priority class first"),
     lambda one: one.rules.priority_share_ratio > 0.0, _loosened(priority_share_ratio=0.0)),
    ("volunteers", text("Places for volunteers"),
     lambda one: any(one.rules.volunteer_places), _loosened(volunteer_places=())),
    ("pinned", text("Years fixed by decision"),
     lambda one: bool((one.buildings.pinned_year != NO_YEAR).any()), _without_fixed_years),
    ("openings", text("Weight on opening clusters"),
     lambda one: one.rules.mobilise_weight > 0.0, _loosened(mobilise_weight=0.0)),
    ("works_years", text("Years of works in a cluster"),
     lambda one: one.rules.max_active_years < one.years, _without_works_years),
    ("stability", text("Staying with the approved plan"),
     lambda one: one.rules.stay_weight > 0.0, _loosened(stay_weight=0.0)),
)  # fmt: skip
