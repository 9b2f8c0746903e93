"""The cheapest ways out of demands that are missed: more money, more crews, less demanded, more time.

The rubber relaxation names the least amounts ("at least"); each is then confirmed by a plan of the task as it
would be, with amounts raised in counted steps where the least is not enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fenhu.planning.model.formulation import FEN_PER_UNIT, WORKS_YEARS
from fenhu.planning.reasons.crowding import crowded_plan
from fenhu.planning.reasons.demands import demand_name, demands_of, missed, missing_said, weight_of
from fenhu.planning.reasons.limit_names import amounts_said
from fenhu.planning.reasons.paying import Amounts, amounts_of, lacking_for, more_of, rounded_up
from fenhu.planning.reasons.reaching import REACH_ROUNDS, reach
from fenhu.planning.reasons.rubber import Limit, Rubber
from fenhu.planning.task.changes import CREW, SOURCES, Changes, PurseChange, changed
from fenhu.planning.task.instance import NO_YEAR, Instance, IntArray
from fenhu.planning.task.purses import CREW_PARTS
from fenhu.planning.task.shortfall import (
    COMPLETION,
    FAIRNESS,
    PINNED,
    PRIORITY,
    TARGET_BUILDINGS,
    TARGET_FLATS,
    PolicyRow,
)
from fenhu.wording import Text, text

MONEY, CREWS, MIXED, LESS, LATER, WORKS = "money", "crews", "mixed", "less", "later", "works"
FACTORS = (1.0, 1.25)
TRIMS = 4
AMPLE = 10**12  # fen, or thousandths of a day: more than any plan takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """One way out: ``changes`` as the planner takes them, and the sentence that says it.

    ``least`` are the amounts no plan can do without, in fen or thousandths of a crew day. ``plan`` is a plan
    that keeps the demands with ``changes``; where none was found it is None and ``changes`` are the least.
    ``price_fen`` orders the ways out.
    """

    kind: str
    changes: Changes
    least: Amounts
    price_fen: int
    plan: IntArray | None
    sentence: Text

    @property
    def confirmed(self) -> bool:
        """Return whether a plan was found that keeps what is demanded."""
        return self.plan is not None


def relaxations_of(
    instance: Instance,
    demands: Sequence[PolicyRow],
    year_of: IntArray,
    *,
    rounds: int = REACH_ROUNDS,
    seed: int = 0,
) -> tuple[Relaxation, ...]:
    """Return the ways to keep ``demands``, the cheapest first; nothing if the plan ``year_of`` keeps them.

    Parameters
    ----------
    year_of : 0-based year of every building in the plan at hand, NO_YEAR where unplanned.
    rounds : counted work of each search for a confirming plan.

    References
    ----------
    docs/engineers/planning.md#explanations
    """
    wanted = tuple(demands)
    if not missed(instance, year_of, wanted):
        return ()
    ways = _Ways(instance, wanted, year_of, rounds, seed)
    found = [
        ways.stretched(MONEY),
        ways.stretched(CREWS),
        ways.stretched(MIXED),
        *ways.less(),
        *ways.others(),
    ]
    known = [one for one in found if one is not None]
    return tuple(sorted(_without_twins(known), key=lambda one: (not one.confirmed, one.price_fen)))


def _without_twins(found: list[Relaxation]) -> list[Relaxation]:
    kept: list[Relaxation] = []
    for one in found:
        if all(one.changes != other.changes for other in kept):
            kept.append(one)
    return kept


class _Ways:
    """The ways out of one set of demands."""

    def __init__(
        self, instance: Instance, demands: tuple[PolicyRow, ...], year_of: IntArray, rounds: int, seed: int
    ) -> None:
        self.instance, self.demands, self.year_of = instance, demands, year_of
        self.rounds, self.seed = rounds, seed
        self.missed = missed(instance, year_of, demands)
        self.rubber = Rubber(instance, self.missed)

    def stretched(self, kind: str) -> Relaxation | None:
        """Return the cheapest stretch of money, crews or both; None if that cannot help."""
        prices = self._prices(kind)
        amounts = self.rubber.cheapest(prices, range(len(self.missed)))
        if amounts is None:
            return None
        least = {one: rounded_up(one, amounts[one] * _unit(one)) for one in sorted(amounts)}
        found = self._confirmed(kind, least)
        if found is None and not least:
            return None
        changes, plan = found or (more_of(least), None)
        needed = amounts_of(changes)
        return Relaxation(
            kind=kind,
            changes=changes,
            least=least,
            price_fen=round(
                sum(prices[one] * amount / _unit(one) for one, amount in needed.items()) * FEN_PER_UNIT
            ),
            plan=plan,
            sentence=_more_said(self.instance, least, needed, plan is not None),
        )

    def _prices(self, kind: str) -> dict[Limit, float]:
        day = _day_units(self.instance)
        return {
            one: day if one.source == CREW else 1.0
            for one in self.rubber.limits
            if one.source in SOURCES and (kind == MIXED or (one.source == CREW) == (kind == CREWS))
        }

    def _confirmed(self, kind: str, least: Amounts) -> tuple[Changes, IntArray] | None:
        """Return changes with a plan that keeps the demands: the least if it can be, else what a plan takes.

        Where the least is not enough, the demanded buildings go into the plan at hand with all the money (or
        crews) they take; then less and less of that is tried.
        """
        for factor in FACTORS if least else ():
            plan = self._kept(more_of(least, factor))
            if plan is not None:
                return more_of(least, factor), plan
        crowded = crowded_plan(self._ample(kind), self.demands, self.year_of)
        enough = lacking_for(self.instance, crowded)
        if not enough or missed(self.instance, crowded, self.demands):
            return None
        return self._trimmed(enough, crowded)

    def _ample(self, kind: str) -> Instance:
        sources = {MONEY: set(SOURCES) - {CREW}, CREWS: {CREW}}.get(kind, set(SOURCES))
        ample = {source: PurseChange(source=source, add=AMPLE) for source in sorted(sources)}
        return changed(self.instance, Changes(purses=tuple(ample.values())))

    def _trimmed(self, enough: Amounts, plan: IntArray) -> tuple[Changes, IntArray]:
        best, low, high = (more_of(enough), plan), 0.0, 1.0
        for _ in range(TRIMS):
            middle = (low + high) / 2.0
            changes = more_of(enough, middle)
            found = self._kept(changes)
            if found is None:
                low = middle
            else:
                best, high = (changes, found), middle
        return best

    def less(self) -> list[Relaxation | None]:
        """Return what can be had of the demands as things are, as demands a plan keeps."""
        best = reach(self.instance, self.demands, start=self.year_of, rounds=self.rounds, seed=self.seed)
        return [self._lowered(row, best) for row in missed(self.instance, best, self.demands)]

    def _lowered(self, row: PolicyRow, best: IntArray) -> Relaxation | None:
        changes = _lower(self.instance, row, best)
        if changes is None:
            return None
        missing = row.missing(best)
        return Relaxation(
            kind=LESS, changes=changes, least={}, plan=best,
            price_fen=round(missing * weight_of(row) * _flat_fen(self.instance)),
            sentence=_lower_said(self.instance, row, changes, missing),
        )  # fmt: skip

    def others(self) -> list[Relaxation | None]:
        """Return more years of works in a cluster, and a year more for what has to be completed."""
        years = self.instance.rules.max_active_years
        found = []
        missed_now = self.rubber.least_missed(self.rubber.limits, range(len(self.missed)))
        if Limit(WORKS_YEARS) in missed_now.limits and years < self.instance.years:
            said = text(
                "Works in a cluster in {years} years instead of {before}.", years=years + 1, before=years
            )
            found.append(self._tried(WORKS, Changes(rules={"max_active_years": years + 1}), said))
        if any(row.kind == COMPLETION for row in self.demands):
            last = self.instance.year_label(self.instance.years)
            said = text("One year more: the plan ends in {year}.", year=last)
            found.append(self._tried(LATER, Changes(years=self.instance.years + 1), said))
        return found

    def _tried(self, kind: str, changes: Changes, said: Text) -> Relaxation | None:
        plan = self._kept(changes)
        if plan is None:
            return None
        return Relaxation(
            kind=kind, changes=changes, least={}, price_fen=0, plan=plan,
            sentence=text("{change} Confirmed by a plan.", change=said),
        )  # fmt: skip

    def _kept(self, changes: Changes) -> IntArray | None:
        """Return a plan of the changed task that keeps all demands, None if none is found."""
        later = changed(self.instance, changes)
        demands = self.demands if later.years == self.instance.years else _at(later, self.demands)
        plan = reach(later, demands, start=self.year_of, rounds=self.rounds, seed=self.seed)
        return None if missed(later, plan, demands) else plan


def _at(later: Instance, demands: tuple[PolicyRow, ...]) -> tuple[PolicyRow, ...]:
    """Return the same demands of a task with other years."""
    keys = {(row.kind, row.scope, row.year) for row in demands}
    return tuple(row for row in demands_of(later, completed=True) if (row.kind, row.scope, row.year) in keys)


def _unit(limit: Limit) -> float:
    return CREW_PARTS if limit.source == CREW else FEN_PER_UNIT


def _day_units(instance: Instance) -> float:
    """Return what a crew day is taken to be worth, in 10,000 yuan: what works cost a day."""
    b = instance.buildings
    fen = int((b.supplier_fen + b.owner_fen + b.repair_fen + b.reward_fen).sum())
    return fen / FEN_PER_UNIT / max(1.0, float(b.crew_days.sum()))


def _flat_fen(instance: Instance) -> float:
    """Return what a flat not converted is taken to be worth: the works' money for each flat."""
    b = instance.buildings
    fen = int((b.supplier_fen + b.owner_fen + b.repair_fen + b.reward_fen).sum())
    return fen / max(1, int(b.flats.sum()))


def _lower(instance: Instance, row: PolicyRow, best: IntArray) -> Changes | None:
    reached = int(np.floor(row.wanted - row.missing(best) + 1e-6))
    if row.kind == TARGET_BUILDINGS:
        return Changes(target_buildings={row.year: reached})
    if row.kind == TARGET_FLATS:
        return Changes(target_flats={row.year: reached})
    if row.kind == PINNED:
        return Changes(freed=frozenset({row.scope}))
    if row.kind in (FAIRNESS, PRIORITY):
        return _lower_ratio(instance, row, best)
    return None


def _lower_ratio(instance: Instance, row: PolicyRow, best: IntArray) -> Changes:
    """Return the share, rounded down to whole percent, that the plan ``best`` keeps."""
    b, last = instance.buildings, row.year
    if row.kind == PRIORITY:
        last = min(instance.rules.priority_years, instance.years) - 1
    planned = (best != NO_YEAR) & (best <= last)
    inside = b.district == row.scope if row.kind == FAIRNESS else b.priority
    share = float(b.flats[planned & inside].sum()) / max(1, int(b.flats[planned].sum()))
    if row.kind == PRIORITY:
        return Changes(rules={"priority_share_ratio": np.floor(share * 100.0) / 100.0})
    stock = float(b.flats[inside].sum()) / max(1, int(b.flats.sum()))
    return Changes(rules={"equity_ratio": np.floor(share / stock * 100.0) / 100.0})


def _lower_said(instance: Instance, row: PolicyRow, changes: Changes, missing: float) -> Text:
    name = demand_name(instance, row)
    year = instance.year_label(row.year) if row.year != NO_YEAR else ""
    lowered = {**changes.target_buildings, **changes.target_flats}
    if lowered:
        return text(
            "For {year} {reached} instead of {wanted} {unit}: a plan that reaches it was found.",
            year=year,
            reached=f"{lowered[row.year]:,}",
            wanted=f"{row.wanted:,.0f}",
            unit=text("buildings") if row.kind == TARGET_BUILDINGS else text("flats"),
        )
    if row.kind == PINNED:
        return text("Give up the fixed year: {demand}.", demand=name)
    ratio = next(iter(changes.rules.values()))
    return text(
        "{ratio} % as the rule behind {demand}: a plan that keeps it was found; now {missing} are missing.",
        ratio=f"{100 * ratio:.0f}",
        demand=name,
        missing=missing_said(row, missing),
    )


def _more_said(
    instance: Instance, least: Mapping[Limit, int], needed: Mapping[Limit, int], found: bool
) -> Text:
    if not least:
        more = amounts_said(instance, needed)
        return text("A plan was found with {needed} more; perhaps less would do.", needed=more)
    at_least = amounts_said(instance, least)
    if not found:
        return text("At least {amounts} more; no plan was found yet, so it may take more.", amounts=at_least)
    if needed == least:
        return text("At least {amounts} more; a plan was found with it.", amounts=at_least)
    return text(
        "At least {amounts} more; a plan was found with {needed}.",
        amounts=at_least,
        needed=amounts_said(instance, needed),
    )
