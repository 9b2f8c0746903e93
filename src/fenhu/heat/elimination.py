"""Sparse symmetric elimination: the order and the pattern once per topology, the numbers once per step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.linalg import splu

from fenhu.heat.compiled import compiled

Ints = NDArray[np.int64]


class Elimination(NamedTuple):
    """Pattern of L in L·D·Lᵀ by columns; ``target`` lists, in the order of work, where each update lands."""

    size: int
    start: Ints
    row: Ints
    target: Ints


def eliminate(size: int, first: Ints, second: Ints) -> tuple[Elimination, Ints, Ints]:
    """Return the elimination of a symmetric pattern, the position of each unknown, and each edge's slot in L.

    Parameters
    ----------
    size : number of unknowns.
    first, second : the unknowns each edge joins; equal ends (a loop) get the slot -1.
    """
    position = _minimum_degree(size, first, second)
    low = np.minimum(position[first], position[second])
    high = np.maximum(position[first], position[second])
    start, row, target, slot = _symbolic(size, low, high)
    return Elimination(size, start, row, target), position, slot


def _minimum_degree(size: int, first: Ints, second: Ints) -> Ints:
    if size == 0 or len(first) == 0:
        return np.arange(size, dtype=np.int64)
    everyone = np.arange(size)
    rows = np.concatenate((first, second, everyone))
    columns = np.concatenate((second, first, everyone))
    values = np.concatenate((np.full(2 * len(first), -1.0), np.full(size, 2.0 * len(first) + 1.0)))
    matrix = coo_matrix((values, (rows, columns)), shape=(size, size)).tocsc()
    return np.asarray(splu(matrix, permc_spec="MMD_AT_PLUS_A").perm_c, dtype=np.int64)


@compiled
def _symbolic(size, low, high):  # type: ignore[no-untyped-def]
    """Return column starts, rows, update targets and edge slots of L for edges ``low`` < ``high``."""
    below_start = np.zeros(size + 1, np.int64)
    for e in range(len(low)):
        if low[e] != high[e]:
            below_start[low[e] + 1] += 1
    for j in range(size):
        below_start[j + 1] += below_start[j]
    below = np.empty(below_start[size], np.int64)
    fill = below_start[:-1].copy()
    for e in range(len(low)):
        if low[e] != high[e]:
            below[fill[low[e]]] = high[e]
            fill[low[e]] += 1

    start = np.zeros(size + 1, np.int64)
    row = np.empty(2 * len(below) + 16, np.int64)
    seen = np.full(size, -1, np.int64)
    first_child = np.full(size, -1, np.int64)
    next_child = np.full(size, -1, np.int64)
    updates = 0
    for j in range(size):
        begin = start[j]
        end = begin
        child = first_child[j]
        own = True
        while own or child >= 0:
            if own:
                source, a, b = below, below_start[j], below_start[j + 1]
            else:
                source, a, b = row, start[child], start[child + 1]
            if end + (b - a) > len(row):
                bigger = np.empty(2 * len(row) + (b - a), np.int64)
                bigger[:end] = row[:end]
                row = bigger
                if not own:
                    source = row
            for k in range(a, b):
                i = source[k]
                if i != j and seen[i] != j:
                    seen[i] = j
                    row[end] = i
                    end += 1
            if own:
                own = False
            else:
                child = next_child[child]
        row[begin:end] = np.sort(row[begin:end])
        start[j + 1] = end
        count = end - begin
        updates += count * (count - 1) // 2
        if count:
            parent = row[begin]
            next_child[j] = first_child[parent]
            first_child[parent] = j
    row = row[: start[size]].copy()

    target = np.empty(updates, np.int64)
    t = 0
    for j in range(size):
        for s in range(start[j], start[j + 1]):
            place = start[row[s]]
            for other in range(s + 1, start[j + 1]):
                while row[place] != row[other]:
                    place += 1
                target[t] = place
                t += 1

    slot = np.full(len(low), -1, np.int64)
    for e in range(len(low)):
        if low[e] != high[e]:
            a, b = start[low[e]], start[low[e] + 1]
            slot[e] = a + np.searchsorted(row[a:b], high[e])
    return start, row, target, slot


@compiled
def solve_symmetric(elimination, diagonal, off, unknown):  # type: ignore[no-untyped-def]
    """Solve in place: ``unknown`` enters as the right-hand side and leaves as the solution."""
    start, row, target = elimination.start, elimination.row, elimination.target
    t = 0
    for j in range(elimination.size):
        pivot = diagonal[j]
        value = unknown[j]
        end = start[j + 1]
        for s in range(start[j], end):
            lower = off[s] / pivot
            i = row[s]
            diagonal[i] -= lower * off[s]
            unknown[i] -= lower * value
            for other in range(s + 1, end):
                off[target[t]] -= lower * off[other]
                t += 1
            off[s] = lower
    for j in range(elimination.size - 1, -1, -1):
        value = unknown[j] / diagonal[j]
        for s in range(start[j], start[j + 1]):
            value -= off[s] * unknown[row[s]]
        unknown[j] = value
