"""Sparse symmetric elimination: the order and the pattern once per topology, the numbers once per step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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


@compiled
def _minimum_degree(size, first, second):  # type: ignore[no-untyped-def]
    """Return each unknown's position when always one of the fewest neighbours is eliminated next.

    The neighbours of what is eliminated become neighbours of each other. Unknowns wait in rings by their
    number of neighbours; neighbours lie in a pool, each list with room to grow.
    """
    begin, count, room = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    for e in range(len(first)):
        if first[e] != second[e]:
            room[first[e]] += 1
            room[second[e]] += 1
    for n in range(1, size):
        begin[n] = begin[n - 1] + room[n - 1]
    end = begin[size - 1] + room[size - 1] if size > 0 else 0
    pool = np.empty(2 * end + 16, np.int64)
    seen = np.full(size, -1, np.int64)
    for e in range(len(first)):
        for a, b in ((first[e], second[e]), (second[e], first[e])):
            if a != b:
                pool[begin[a] + count[a]] = b
                count[a] += 1
    for n in range(size):
        kept = begin[n]
        for s in range(begin[n], begin[n] + count[n]):
            if seen[pool[s]] != n:
                seen[pool[s]] = n
                pool[kept] = pool[s]
                kept += 1
        count[n] = kept - begin[n]
    ring, later, earlier = np.full(size + 1, -1, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    for n in range(size - 1, -1, -1):
        _enter(ring, later, earlier, n, count[n])
    seen[:] = -1
    position = np.empty(size, np.int64)
    fewest = 0
    for place in range(size):
        while ring[fewest] < 0:
            fewest += 1
        gone = ring[fewest]
        _leave(ring, later, earlier, gone, count[gone])
        position[gone] = place
        for s in range(begin[gone], begin[gone] + count[gone]):
            n = pool[s]
            _leave(ring, later, earlier, n, count[n])
            most = count[n] + count[gone]
            if most > room[n]:
                if end + 2 * most > len(pool):
                    bigger = np.empty(2 * len(pool) + 2 * most, np.int64)
                    bigger[:end] = pool[:end]
                    pool = bigger
                pool[end : end + count[n]] = pool[begin[n] : begin[n] + count[n]]
                begin[n], room[n] = end, 2 * most
                end += 2 * most
            kept = begin[n]
            mark = size * (place + 1) + n
            for t in range(begin[n], begin[n] + count[n]):
                seen[pool[t]] = mark
                if pool[t] != gone:
                    pool[kept] = pool[t]
                    kept += 1
            for t in range(begin[gone], begin[gone] + count[gone]):
                if pool[t] != n and seen[pool[t]] != mark:
                    pool[kept] = pool[t]
                    kept += 1
            count[n] = kept - begin[n]
            _enter(ring, later, earlier, n, count[n])
            fewest = min(fewest, count[n])
    return position


@compiled
def _enter(ring, later, earlier, n, degree):  # type: ignore[no-untyped-def]
    """Put an unknown first into the ring of its degree."""
    later[n], earlier[n] = ring[degree], -1
    if ring[degree] >= 0:
        earlier[ring[degree]] = n
    ring[degree] = n


@compiled
def _leave(ring, later, earlier, n, degree):  # type: ignore[no-untyped-def]
    """Take an unknown out of the ring of its degree."""
    if earlier[n] >= 0:
        later[earlier[n]] = later[n]
    else:
        ring[degree] = later[n]
    if later[n] >= 0:
        earlier[later[n]] = earlier[n]


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
