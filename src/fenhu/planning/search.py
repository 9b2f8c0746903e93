"""Ruin and recreate: empty a few clusters, fill what became free in a changed order, keep what is better.

Compiled; the random numbers are our own, so that a seed gives the same plan on every machine.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from fenhu.planning.instance import NO_YEAR, FloatArray, IntArray
from fenhu.planning.kernel import State, Task, fits, gain, put, take_out, worth_now

RandomState = npt.NDArray[np.uint64]
_KINDS = 4


@njit(cache=True, nogil=True)
def uniform(random: RandomState) -> float:
    """Return the next number of [0, 1) (splitmix64)."""
    random[0] += np.uint64(0x9E3779B97F4A7C15)
    z = random[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return float(z >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True, nogil=True)
def _below(random: RandomState, count: int) -> int:
    return min(int(uniform(random) * count), count - 1)


@njit(cache=True, nogil=True)
def _choose(task: Task, state: State, random: RandomState, chosen: IntArray) -> int:
    """Fill ``chosen`` with the planned buildings to take out and return how many."""
    count = len(state.year_of)
    seed = _below(random, count)
    kind = _below(random, _KINDS)
    share = 0.1 + 0.5 * uniform(random)
    year = _below(random, state.spent.shape[1])
    found = 0
    for building in range(count):
        if state.year_of[building] == NO_YEAR:
            continue
        same_cluster = task.cluster[building] == task.cluster[seed]
        same_supplier = task.supplier[building] == task.supplier[seed]
        if kind == 0:
            wanted = same_cluster
        elif kind == 1:
            wanted = same_supplier and (same_cluster or uniform(random) < share)
        elif kind == 2:
            wanted = (
                task.district[building] == task.district[seed]
                and state.year_of[building] == year
                and uniform(random) < 0.3 * share
            )
        else:
            wanted = uniform(random) < 20.0 * share / count
        if wanted:
            chosen[found] = building
            found += 1
    return found


@njit(cache=True, nogil=True)
def _with_followers(task: Task, state: State, chosen: IntArray, found: int) -> int:
    """Append what may not stay planned when the chosen are not, followers of followers included."""
    at = 0
    while at < found:
        for k in range(task.after_start[chosen[at]], task.after_start[chosen[at] + 1]):
            follower = task.after[k]
            known = state.year_of[follower] == NO_YEAR
            for other in range(found):
                known = known or chosen[other] == follower
            if not known:
                chosen[found] = follower
                found += 1
        at += 1
    return found


@njit(cache=True, nogil=True)
def _ranked(
    task: Task, state: State, random: RandomState, touched: npt.NDArray[np.bool_], noise: float
) -> IntArray:
    """Return the unplanned buildings worth trying, best first, in an order changed by ``noise``."""
    count, years = task.value.shape
    picked = np.empty(count, dtype=np.int64)
    rank = np.empty(count)
    found = 0
    for building in range(count):
        if state.year_of[building] != NO_YEAR:
            continue
        if not touched[task.supplier[building]] and uniform(random) > 0.15:
            continue
        best = 0.0
        for year in range(years):
            if task.opened[building, year]:
                best = max(best, task.value[building, year] / (1.0 + task.price[building, year]))
        if best > 0.0:
            picked[found] = building
            rank[found] = -best * (1.0 + noise * (uniform(random) - 0.5))
            found += 1
    return picked[:found][np.argsort(rank[:found])]


@njit(cache=True, nogil=True)
def _refill(task: Task, state: State, random: RandomState, order: IntArray, added: IntArray) -> int:
    years = task.value.shape[1]
    weight = 0.5 + uniform(random)
    count = 0
    for building in order:
        best, best_year = -np.inf, NO_YEAR
        for year in range(years):
            if not task.opened[building, year]:
                continue
            won = gain(task, state, building, year)
            rank = (won - weight * task.price[building, year]) * (1.0 + 0.1 * uniform(random))
            if won > 0.0 and rank > best and fits(task, state, building, year):
                best, best_year = rank, year
        if best_year != NO_YEAR:
            put(task, state, building, best_year)
            added[count] = building
            count += 1
    return count


@njit(cache=True, nogil=True)
def anneal(
    task: Task,
    state: State,
    best_year_of: IntArray,
    best: FloatArray,
    random: RandomState,
    rounds: int,
    hot: float,
    cold: float,
) -> int:
    """Ruin and recreate ``rounds`` times while cooling from ``hot`` to ``cold`` (in worth).

    ``state`` is the plan worked on, ``best_year_of`` and ``best`` the best plan, its first shortfall and
    its worth; returns how often the best improved.
    """
    count = len(state.year_of)
    chosen = np.empty(count, dtype=np.int64)
    was = np.empty(count, dtype=np.int64)
    added = np.empty(count, dtype=np.int64)
    touched = np.zeros(len(task.supplier_purse), dtype=np.bool_)
    first_now, worth = worth_now(task, state)
    improved = 0
    for one in range(rounds):
        heat = hot * (cold / hot) ** (one / rounds)
        found = _with_followers(task, state, chosen, _choose(task, state, random, chosen))
        touched[:] = False
        touched[task.supplier[_below(random, count)]] = True
        sound = True
        for k in range(found):
            was[k] = state.year_of[chosen[k]]
        for k in range(found):
            touched[task.supplier[chosen[k]]] = True
            sound = take_out(task, state, chosen[k]) and sound
        news = 0
        if sound:
            news = _refill(task, state, random, _ranked(task, state, random, touched, 1.0), added)
        first_new, worth_new = worth_now(task, state)
        level = first_new - first_now
        allowed = heat * np.log(uniform(random) + 1e-300)
        if sound and (level < 0.0 or (level == 0.0 and worth_new - worth > allowed)):
            first_now, worth = first_new, worth_new
            if first_now < best[0] or (first_now == best[0] and worth > best[1] + 1e-7):
                best[0], best[1] = first_now, worth
                best_year_of[:] = state.year_of
                improved += 1
            continue
        for k in range(news):
            take_out(task, state, added[k])
        for k in range(found):
            put(task, state, chosen[k], was[k])
    return improved
