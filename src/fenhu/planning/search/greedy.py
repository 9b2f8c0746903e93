"""Plans without search: the clerk's ranking, cut where the money ends, and the same thought by cluster."""

from __future__ import annotations

import numpy as np

from fenhu.planning.search.arrays import empty_state
from fenhu.planning.search.kernel import State, Task, fill, fill_year_by_year
from fenhu.planning.task.instance import NO_YEAR, FloatArray, Instance, IntArray
from fenhu.planning.task.purses import Purses


def by_ranking(instance: Instance, purses: Purses, task: Task) -> State:
    """Return the plan of a clerk: best score first until the first year is full, then the next year."""
    state = empty_state(instance, purses, task)
    order = np.argsort(-instance.buildings.rank_score, kind="stable")
    fill_year_by_year(task, state, _with_leaders(instance, order))
    return state


def by_cluster(instance: Instance, purses: Purses, task: Task, weight: FloatArray) -> State:
    """Return the plan that finishes clusters one after the other, the most value for their money first.

    ``weight`` says what a unit of every total is worth.
    """
    state = empty_state(instance, purses, task)
    b, clusters = instance.buildings, instance.clusters
    value = task.value.max(axis=1, initial=0.0, where=task.opened)
    cost = (b.supplier_fen + b.owner_fen + b.repair_fen + b.reward_fen).astype(float)
    count = len(clusters)
    total = np.bincount(b.cluster, weights=value, minlength=count)
    spent = np.bincount(b.cluster, weights=cost, minlength=count) + clusters.mains_fen + clusters.mobilise_fen
    worth = total / np.maximum(spent, 1.0)
    own = value / np.maximum(cost, 1.0)
    order = np.lexsort((-own, b.cluster, -worth[b.cluster]))
    order = _with_leaders(instance, order)
    nowhere = np.full(count, NO_YEAR, dtype=np.int64)
    fill(task, state, weight, 0.0, order, np.zeros(1, dtype=np.uint64), np.empty_like(order), nowhere)
    return state


def _with_leaders(instance: Instance, order: IntArray) -> IntArray:
    """Return ``order`` with every building after the one that has to go before it (two rounds of trying)."""
    return np.concatenate([order, order[np.isin(order, instance.order[:, 1])]])
