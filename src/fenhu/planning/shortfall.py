"""The rules of the policy that may be missed, each as one row: what counts towards it and how much is wanted.

Money, crews and physics are never missed; a rule here that cannot be kept becomes a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.planning.instance import NO_YEAR, FloatArray, Instance, IntArray
from fenhu.planning.worth import Worth

TARGET_BUILDINGS, TARGET_FLATS, FAIRNESS, PRIORITY, VOLUNTEERS, PINNED = (
    "target_buildings",
    "target_flats",
    "fairness",
    "priority",
    "volunteers",
    "pinned",
)
HORIZON = "horizon"  # never a row: leaving flats out earns nothing, and what is left over is said
FIRST_KINDS = frozenset({TARGET_BUILDINGS, TARGET_FLATS, PINNED})
_COUNTS_BUILDINGS = frozenset({TARGET_BUILDINGS, VOLUNTEERS})
_PIN_WEIGHT = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """One elastic rule: the sum of ``count`` over what is planned should reach ``wanted``.

    ``count`` has a row a building and a column a year; ``scope`` is a district, a building or -1, ``year``
    0-based or -1; ``share`` is the part of all flats a district should have, else 0.
    """

    kind: str
    scope: int
    year: int
    count: FloatArray
    wanted: float
    share: float = 0.0

    def weight(self, worth: Worth) -> float:
        """Return what one unit missing costs in the weighted sum."""
        if self.kind == PINNED:
            return worth.per_building * _PIN_WEIGHT
        return worth.per_building if self.kind in _COUNTS_BUILDINGS else worth.per_flat

    def missing(self, year_of: IntArray) -> float:
        """Return how much the plan ``year_of`` is short of ``wanted``."""
        planned = np.flatnonzero(year_of != NO_YEAR)
        return max(0.0, self.wanted - float(self.count[planned, year_of[planned]].sum()))


def policy_rows(instance: Instance) -> tuple[PolicyRow, ...]:
    """Return every elastic rule of ``instance``, targets first."""
    return (
        *_targets(instance),
        *_fairness(instance),
        *_priority(instance),
        *_volunteers(instance),
        *_pins(instance),
    )


def _row(
    instance: Instance,
    kind: str,
    scope: int,
    year: int,
    wanted: float,
    per_building: FloatArray,
    first: int,
    last: int,
    share: float = 0.0,
) -> PolicyRow:
    count = np.zeros((len(instance.buildings), instance.years))
    count[:, first : last + 1] = per_building[:, None]
    return PolicyRow(kind=kind, scope=scope, year=year, count=count, wanted=wanted, share=share)


def _targets(instance: Instance) -> list[PolicyRow]:
    flats, rules = instance.buildings.flats.astype(float), instance.rules
    rows = []
    for year in range(instance.years):
        for kind, wanted, each in (
            (TARGET_BUILDINGS, rules.target_buildings[year], instance.part_ratio),
            (TARGET_FLATS, rules.target_flats[year], flats),
        ):
            if wanted:
                rows.append(_row(instance, kind, -1, year, float(wanted), each, year, year))
    return rows


def _fairness(instance: Instance) -> list[PolicyRow]:
    b = instance.buildings
    stock = max(1, int(b.flats.sum()))
    rows = []
    for district in range(len(instance.budgets.district_fen)):
        inside = b.district == district
        share = instance.rules.equity_ratio * float(b.flats[inside].sum()) / stock
        if share == 0.0:
            continue
        each = b.flats * (inside - share)
        rows += [
            _row(instance, FAIRNESS, district, year, 0.0, each, 0, year, share)
            for year in range(instance.years)
        ]
    return rows


def _priority(instance: Instance) -> list[PolicyRow]:
    b, rules = instance.buildings, instance.rules
    last = min(rules.priority_years, instance.years) - 1
    if last < 0 or rules.priority_share_ratio == 0.0:
        return []
    each = b.flats * (b.priority - rules.priority_share_ratio)
    return [_row(instance, PRIORITY, -1, -1, 0.0, each, 0, last)]


def _volunteers(instance: Instance) -> list[PolicyRow]:
    each = instance.buildings.volunteer * instance.part_ratio
    places = enumerate(instance.rules.volunteer_places)
    return [
        _row(instance, VOLUNTEERS, -1, year, float(min(wanted, each.sum())), each, year, year)
        for year, wanted in places
        if wanted
    ]


def _pins(instance: Instance) -> list[PolicyRow]:
    rows = []
    for building in np.flatnonzero(instance.buildings.pinned_year != NO_YEAR):
        each = np.zeros(len(instance.buildings))
        each[building] = 1.0
        year = int(instance.buildings.pinned_year[building])
        rows.append(_row(instance, PINNED, int(building), year, 1.0, each, year, year))
    return rows
