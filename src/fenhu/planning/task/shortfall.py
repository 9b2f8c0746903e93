"""The rules of the policy that may be missed, each as one row: what counts towards it and how much is wanted.

Money, crews and physics are never missed; a rule here that cannot be kept becomes a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.task.instance import NO_YEAR, FloatArray, Instance, IntArray
from fenhu.planning.task.worth import FLATS_PER_BUILDING, Worth

TARGET_BUILDINGS, TARGET_FLATS, FAIRNESS, PRIORITY, VOLUNTEERS, PINNED = (
    "target_buildings",
    "target_flats",
    "fairness",
    "priority",
    "volunteers",
    "pinned",
)
COMPLETION = "completion"
HORIZON = "horizon"  # never a row: leaving flats out earns nothing, and what is left over is said
FIRST_KINDS = frozenset({TARGET_BUILDINGS, TARGET_FLATS, VOLUNTEERS, PINNED})
PIN_FLATS = 60_000.0
_FLATS = {
    TARGET_BUILDINGS: FLATS_PER_BUILDING, VOLUNTEERS: FLATS_PER_BUILDING, COMPLETION: FLATS_PER_BUILDING,
    PINNED: PIN_FLATS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """What some buildings count towards a rule: ``each`` is the amount of every one of ``members``."""

    members: IntArray
    each: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """One elastic rule: what is planned in the years ``first`` to ``last`` should measure ``wanted``.

    Rules of one kind and scope share their ``measure``. ``scope`` is a district, a building or -1, ``year``
    0-based or -1; ``share`` is the part of all flats a district should have, else 0.
    """

    kind: str
    scope: int
    year: int
    measure: Measure
    first: int
    last: int
    wanted: float
    share: float = 0.0

    @property
    def flats(self) -> float:
        """Return how many flats missing a unit missing counts as."""
        return _FLATS.get(self.kind, 1.0)

    def each_of(self, count: int) -> FloatArray:
        """Return what each of ``count`` buildings counts in the years of the rule."""
        each = np.zeros(count)
        each[self.measure.members] = self.measure.each
        return each

    def weight(self, worth: Worth) -> float:
        """Return what one unit missing costs in the weighted sum."""
        return self.flats * worth.per_flat

    def missing(self, year_of: IntArray) -> float:
        """Return how much the plan ``year_of`` is short of ``wanted``."""
        year = year_of[self.measure.members]
        counted = (year >= self.first) & (year <= self.last)
        return max(0.0, self.wanted - float(self.measure.each[counted].sum()))


def policy_rows(instance: Instance) -> tuple[PolicyRow, ...]:
    """Return every elastic rule of ``instance``, targets first."""
    return (
        *_targets(instance),
        *_fairness(instance),
        *_priority(instance),
        *_volunteers(instance),
        *_pins(instance),
    )


def measured(each: FloatArray) -> Measure:
    """Return the measure in which every building counts ``each``."""
    members = np.flatnonzero(each)
    return Measure(members, each[members])


def _in_year(kind: str, measure: Measure, year: int, wanted: float, scope: int = -1) -> PolicyRow:
    return PolicyRow(
        kind=kind, scope=scope, year=year, measure=measure, first=year, last=year, wanted=float(wanted)
    )


def _targets(instance: Instance) -> list[PolicyRow]:
    rules = instance.rules
    kinds = (
        (TARGET_BUILDINGS, rules.target_buildings, measured(instance.part_ratio)),
        (TARGET_FLATS, rules.target_flats, measured(instance.buildings.flats.astype(float))),
    )
    return [
        _in_year(kind, measure, year, targets[year])
        for year in range(instance.years)
        for kind, targets, measure in kinds
        if targets[year]
    ]


def _fairness(instance: Instance) -> list[PolicyRow]:
    b = instance.buildings
    stock = max(1, int(b.flats.sum()))
    rows = []
    for district in range(len(instance.budgets.district_fen)):
        inside = b.district == district
        share = instance.rules.equity_ratio * float(b.flats[inside].sum()) / stock
        if share == 0.0:
            continue
        measure = measured(b.flats * (inside - share))
        rows += [_until(FAIRNESS, measure, district, year, year, share) for year in range(instance.years)]
    return rows


def _until(kind: str, measure: Measure, scope: int, year: int, last: int, share: float = 0.0) -> PolicyRow:
    return PolicyRow(
        kind=kind, scope=scope, year=year, measure=measure, first=0, last=last, wanted=0.0, share=share
    )


def _priority(instance: Instance) -> list[PolicyRow]:
    b, rules = instance.buildings, instance.rules
    last = min(rules.priority_years, instance.years) - 1
    if last < 0 or rules.priority_share_ratio == 0.0:
        return []
    measure = measured(b.flats * (b.priority - rules.priority_share_ratio))
    return [_until(PRIORITY, measure, -1, -1, last)]


def _volunteers(instance: Instance) -> list[PolicyRow]:
    measure = measured(instance.buildings.volunteer * instance.part_ratio)
    most = float(measure.each.sum())
    places = enumerate(instance.rules.volunteer_places)
    return [_in_year(VOLUNTEERS, measure, year, min(wanted, most)) for year, wanted in places if wanted]


def _pins(instance: Instance) -> list[PolicyRow]:
    pinned = instance.buildings.pinned_year
    return [
        _in_year(PINNED, Measure(np.array([building]), np.ones(1)), int(pinned[building]), 1.0, building)
        for building in np.flatnonzero(pinned != NO_YEAR).tolist()
    ]
