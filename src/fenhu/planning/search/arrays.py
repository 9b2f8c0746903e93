"""From an instance to the arrays of the compiled search, and a plan to its state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from fenhu.planning.search.kernel import BALANCE, DEMANDED, FIRST, TOTALS, State, Task, book, count_up, place
from fenhu.planning.task.instance import NO_YEAR, FloatArray, Instance, IntArray
from fenhu.planning.task.purses import DRAW_REWARD, DRAW_SUPPLIER, NO_PURSE, Purses
from fenhu.planning.task.shortfall import FIRST_KINDS, PINNED, PolicyRow, policy_rows
from fenhu.planning.task.worth import Worth


def task_of(instance: Instance, purses: Purses, worth: Worth, demands: Sequence[PolicyRow] = ()) -> Task:
    """Return the task of the compiled search; ``demands`` are counted beside the rules of the policy."""
    b, count = instance.buildings, len(instance.buildings)
    before_start, before = _neighbours(instance.order[:, [1, 0]], count)
    after_start, after = _neighbours(instance.order, count)
    return Task(
        opened=instance.open_years,
        movable=np.ones(count, dtype=bool),
        seeds=np.flatnonzero(instance.open_years.any(axis=1)),
        value=np.ascontiguousarray(worth.value + worth.stay),
        stayed=_stayed(instance),
        pinned=b.pinned_year != NO_YEAR,
        opening=np.asarray(worth.opening, dtype=float),
        cluster=b.cluster,
        supplier=b.supplier,
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
        **_rules(instance, demands),
        **_groups(instance, purses),
    )


def empty_state(instance: Instance, purses: Purses, task: Task) -> State:
    """Return the state in which nothing is planned."""
    years, suppliers = instance.years, len(purses.supplier_purse)
    state = State(
        year_of=np.full(len(instance.buildings), NO_YEAR, dtype=np.int64),
        inside=np.zeros((len(instance.clusters), years), dtype=np.int64),
        inside_house=np.zeros((len(instance.set_up_fen), years), dtype=np.int64),
        spent=np.zeros_like(purses.limit),
        caps=np.zeros((suppliers, years), dtype=np.int64),
        granted=np.zeros((suppliers, years), dtype=np.int64),
        granted_total=np.zeros(years, dtype=np.int64),
        row_value=np.zeros(len(task.row_wanted)),
        total=np.zeros(TOTALS),
        new_spent=np.zeros(years, dtype=np.int64),
        new_caps=np.zeros(years, dtype=np.int64),
        new_granted=np.zeros(years, dtype=np.int64),
        room=np.zeros(years, dtype=bool),
        won=np.zeros(years + 1),
    )
    count_up(task, state)
    return state


def state_of(instance: Instance, purses: Purses, task: Task, year_of: IntArray) -> State | None:
    """Return the state of a plan, built up year by year; None if it breaks a hard row."""
    state = empty_state(instance, purses, task)
    planned = np.flatnonzero(year_of != NO_YEAR)
    for building in planned[np.argsort(year_of[planned], kind="stable")]:
        if not place(task, state, int(building), int(year_of[building])):
            return None
    return state


def booked(instance: Instance, purses: Purses, task: Task, year_of: IntArray) -> State:
    """Return the state of a plan the search's books refuse: its worth is right, its grants are not.

    For a plan that pays only with mains laid before the first year of works, which the search never tries.
    """
    state = empty_state(instance, purses, task)
    for building in np.flatnonzero(year_of != NO_YEAR):
        book(task, state, int(building), int(year_of[building]))
    return state


def _stayed(instance: Instance) -> FloatArray:
    """Return the flats that stay in their approved year, a row a building and a column a year."""
    b = instance.buildings
    stayed = np.zeros((len(b), instance.years))
    approved = np.flatnonzero(b.approved_year != NO_YEAR)
    stayed[approved, b.approved_year[approved]] = b.flats[approved]
    return stayed


def _rules(instance: Instance, demands: Sequence[PolicyRow]) -> dict[str, Any]:
    """Return the policy rows; rows of one measure share its column, fixed years are kept by themselves."""
    rows = [row for row in policy_rows(instance) if row.kind != PINNED]
    totals = [FIRST if row.kind in FIRST_KINDS else BALANCE for row in rows] + [DEMANDED] * len(demands)
    rows += demands
    measures = list({id(row.measure): row.measure for row in rows}.values())
    counted = np.zeros((len(instance.buildings), len(measures)))
    for column, measure in enumerate(measures):
        counted[measure.members, column] = measure.each
    number = {id(measure): column for column, measure in enumerate(measures)}
    return {
        "counted": counted,
        "row_measure": _whole(number[id(row.measure)] for row in rows),
        "row_first": _whole(row.first for row in rows),
        "row_last": _whole(row.last for row in rows),
        "row_wanted": np.array([row.wanted for row in rows], dtype=float),
        "row_flats": np.array([row.flats for row in rows], dtype=float),
        "row_total": _whole(totals),
    }


def _whole(values: Iterable[int]) -> IntArray:
    return np.array(list(values), dtype=np.int64)


def _groups(instance: Instance, purses: Purses) -> dict[str, Any]:
    """Return the members of every cluster, supplier and reward purse, clusters side by side."""
    b, money = instance.buildings, instance.budgets
    reward = purses.drawn_from[:, DRAW_REWARD]
    purse = np.where(reward == NO_PURSE, len(purses.names), reward)
    kinds = (
        (b.cluster, len(instance.clusters)),
        (b.supplier, len(money.supplier_fen)),
        (purse, len(purses.names) + 1),
    )
    sizes = np.concatenate([np.bincount(group, minlength=count) for group, count in kinds])
    members = [np.lexsort((b.cluster, group)) for group, _ in kinds]
    return {
        "groups": np.concatenate(members).astype(np.int64),
        "group_start": np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        "group_kind": np.concatenate([[0], np.cumsum([count for _, count in kinds])[:-1]]).astype(np.int64),
        "group_of": np.stack([group for group, _ in kinds], axis=1).astype(np.int64),
    }


def _neighbours(pairs: IntArray, count: int) -> tuple[IntArray, IntArray]:
    ordered = pairs[np.argsort(pairs[:, 0], kind="stable")]
    start = np.searchsorted(ordered[:, 0], np.arange(count + 1)).astype(np.int64)
    return start, np.ascontiguousarray(ordered[:, 1])
