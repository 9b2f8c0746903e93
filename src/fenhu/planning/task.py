"""From an instance to the arrays of the compiled search, and a plan to its state."""

from __future__ import annotations

import numpy as np

from fenhu.planning.instance import NO_YEAR, FloatArray, Instance, IntArray
from fenhu.planning.kernel import State, Task, place
from fenhu.planning.purses import DRAW_SUPPLIER, Purses
from fenhu.planning.shortfall import FIRST_KINDS, PINNED, TARGET_BUILDINGS, VOLUNTEERS, PolicyRow, policy_rows
from fenhu.planning.worth import FLATS_PER_BUILDING, Worth

WEIGHTED, LEXICOGRAPHIC = "weighted", "lexicographic"
GOALS = (WEIGHTED, LEXICOGRAPHIC)
_PIN_FIRST = 1e6


def task_of(instance: Instance, purses: Purses, worth: Worth, goal: str) -> Task:
    """Return the task of the compiled search; prices are zero until ``priced`` sets them."""
    b, count = instance.buildings, len(instance.buildings)
    rows = policy_rows(instance)
    before_start, before = _neighbours(instance.order[:, [1, 0]], count)
    after_start, after = _neighbours(instance.order, count)
    return Task(
        opened=instance.open_years,
        movable=np.ones(count, dtype=bool),
        value=np.ascontiguousarray(worth.value + worth.stay),
        price=np.zeros((count, instance.years)),
        opening=np.asarray(worth.opening, dtype=float),
        cluster=b.cluster,
        supplier=b.supplier,
        district=b.district,
        drawn_from=np.ascontiguousarray(purses.drawn_from[:, :DRAW_SUPPLIER]),
        amount=np.ascontiguousarray(purses.amount),
        available=np.ascontiguousarray(purses.available),
        carries=purses.carries,
        supplier_purse=purses.supplier_purse,
        mains=instance.clusters.mains_fen,
        mobilise=instance.clusters.mobilise_fen,
        house=instance.house_of,
        set_up=instance.set_up_fen,
        upper_cap=purses.upper_cap,
        upper_available=np.ascontiguousarray(purses.upper_available),
        upper_carries=purses.upper_carries,
        max_active=instance.rules.max_active_years,
        before_start=before_start,
        before=before,
        after_start=after_start,
        after=after,
        row_count=_stacked(rows, count, instance.years),
        row_wanted=np.array([row.wanted for row in rows]),
        row_weight=np.array([row.weight(worth) for row in rows]),
        row_first=np.array([first_weight(row, goal) for row in rows]),
    )


def empty_state(instance: Instance, purses: Purses, task: Task) -> State:
    """Return the state in which nothing is planned."""
    years, suppliers = instance.years, len(purses.supplier_purse)
    return State(
        year_of=np.full(len(instance.buildings), NO_YEAR, dtype=np.int64),
        inside=np.zeros((len(instance.clusters), years), dtype=np.int64),
        inside_house=np.zeros((len(instance.set_up_fen), years), dtype=np.int64),
        spent=np.zeros_like(purses.limit),
        caps=np.zeros((suppliers, years), dtype=np.int64),
        granted=np.zeros((suppliers, years), dtype=np.int64),
        granted_total=np.zeros(years, dtype=np.int64),
        row_value=np.zeros(len(task.row_wanted)),
        new_spent=np.zeros(years, dtype=np.int64),
        new_caps=np.zeros(years, dtype=np.int64),
        new_granted=np.zeros(years, dtype=np.int64),
    )


def state_of(instance: Instance, purses: Purses, task: Task, year_of: IntArray) -> State | None:
    """Return the state of a plan, built up year by year; None if it breaks a hard row."""
    state = empty_state(instance, purses, task)
    planned = np.flatnonzero(year_of != NO_YEAR)
    for building in planned[np.argsort(year_of[planned], kind="stable")]:
        if not place(task, state, int(building), int(year_of[building])):
            return None
    return state


def first_weight(row: PolicyRow, goal: str) -> float:
    if goal == WEIGHTED or row.kind not in FIRST_KINDS | {VOLUNTEERS}:
        return 0.0
    if row.kind == PINNED:
        return _PIN_FIRST
    return FLATS_PER_BUILDING if row.kind in (TARGET_BUILDINGS, VOLUNTEERS) else 1.0


def _stacked(rows: tuple[PolicyRow, ...], count: int, years: int) -> FloatArray:
    stacked = np.zeros((count, years, len(rows)))
    for number, row in enumerate(rows):
        stacked[:, :, number] = row.count
    return stacked


def _neighbours(pairs: IntArray, count: int) -> tuple[IntArray, IntArray]:
    ordered = pairs[np.argsort(pairs[:, 0], kind="stable")]
    start = np.searchsorted(ordered[:, 0], np.arange(count + 1)).astype(np.int64)
    return start, np.ascontiguousarray(ordered[:, 1])
