"""A plan into which demands are crowded: the cheapest buildings that count for them are added one by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fenhu.planning.reasons.demands import missed
from fenhu.planning.search.arrays import state_of
from fenhu.planning.search.goals import WEIGHTED
from fenhu.planning.search.incumbent import Incumbent
from fenhu.planning.search.kernel import place
from fenhu.planning.task.instance import NO_YEAR, FloatArray, Instance, IntArray
from fenhu.planning.task.shortfall import PolicyRow


def crowded_plan(ample: Instance, demands: Sequence[PolicyRow], year_of: IntArray) -> IntArray:
    """Return ``year_of`` with buildings added or moved until it keeps ``demands``, or nothing more fits.

    Parameters
    ----------
    ample : the task with so much of what may be raised that it limits nothing.
    """
    plan = year_of.copy()
    for row in demands:
        for movable in (plan == NO_YEAR, np.ones(len(plan), dtype=bool)):
            if missed(ample, plan, (row,)):
                plan = _crowd(ample, row, plan, np.flatnonzero(movable & ~_counts(row, plan)))
    return plan


def _counts(row: PolicyRow, plan: IntArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return (row.each_of(len(plan)) > 0.0) & (plan >= row.first) & (plan <= row.last)


def _crowd(ample: Instance, row: PolicyRow, plan: IntArray, candidates: IntArray) -> IntArray:
    incumbent = Incumbent(ample, WEIGHTED, 0)
    start = plan.copy()
    start[candidates] = NO_YEAR
    state = state_of(ample, incumbent.purses, incumbent.task, start)
    if state is None:
        return plan
    each = row.each_of(len(plan))
    for building in candidates[np.argsort(_dearness(ample, row, start)[candidates], kind="stable")]:
        if row.missing(state.year_of) <= 0.0:
            break
        for year in range(row.first, row.last + 1):
            if each[building] > 0.0 and place(incumbent.task, state, int(building), year):
                break
    for building in candidates[plan[candidates] != NO_YEAR]:
        if state.year_of[building] == NO_YEAR:
            place(incumbent.task, state, int(building), int(plan[building]))
    return state.year_of.copy()


def _dearness(instance: Instance, row: PolicyRow, plan: IntArray) -> FloatArray:
    """Return what a building costs for each unit it counts, a fair part of its cluster's opening included."""
    b, clusters = instance.buildings, instance.clusters
    works = (b.supplier_fen + b.owner_fen + b.repair_fen + b.reward_fen).astype(float)
    opening = (clusters.mains_fen + clusters.mobilise_fen).astype(float)
    opening[b.cluster[plan != NO_YEAR]] = 0.0
    works += (opening / np.maximum(1, np.bincount(b.cluster, minlength=len(clusters))))[b.cluster]
    counted = row.each_of(len(plan))
    return np.where(counted > 0.0, works / np.where(counted > 0.0, counted, 1.0), np.inf)
