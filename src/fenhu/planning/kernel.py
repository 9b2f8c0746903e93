"""The compiled heart of the search: put a building into a year, take it out, ruin a part and build it anew.

Every function works on plain arrays gathered in two tuples, the task (never changed) and the state. Money and
crews are compared in whole numbers, so what fits here fits in the books. Upper-level money is not decided but
derived: per supplier the least cumulative amount that still pays its mains, year by year.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from fenhu.planning.instance import NO_YEAR, BoolArray, FloatArray, IntArray

_EASE = 1e-9


class Task(NamedTuple):
    """What never changes; ``available`` is cumulative for purses that carry over, row values likewise."""

    opened: BoolArray
    value: FloatArray
    price: FloatArray
    opening: FloatArray
    cluster: IntArray
    supplier: IntArray
    district: IntArray
    drawn_from: IntArray
    amount: IntArray
    available: IntArray
    carries: BoolArray
    supplier_purse: IntArray
    mains: IntArray
    mobilise: IntArray
    upper_cap: IntArray
    upper_available: IntArray
    upper_carries: bool
    max_active: int
    before_start: IntArray
    before: IntArray
    after_start: IntArray
    after: IntArray
    row_count: FloatArray
    row_wanted: FloatArray
    row_weight: FloatArray
    row_first: FloatArray


class State(NamedTuple):
    """A plan with everything derived from it; the ``new_`` arrays are a supplier's books being worked out."""

    year_of: IntArray
    inside: IntArray
    spent: IntArray
    caps: IntArray
    granted: IntArray
    granted_total: IntArray
    row_value: FloatArray
    new_spent: IntArray
    new_caps: IntArray
    new_granted: IntArray


@njit(cache=True, nogil=True)
def least_grant(task: Task, purse: int, spent: IntArray, caps: IntArray, granted: IntArray) -> bool:
    """Fill ``granted`` with the least upper-level money that pays for ``spent``; False if none does.

    Cumulative where the supplier's purse carries over: need_t = max(0, spent_t - available_t), and backwards
    least_t = max(need_t, least_(t+1) - cap_(t+1)), which is the smallest in every year at once.
    """
    years = len(spent)
    if task.carries[purse]:
        later = np.int64(0)
        for year in range(years - 1, -1, -1):
            need = max(np.int64(0), spent[year] - task.available[purse, year])
            granted[year] = max(need, later)
            later = granted[year] - caps[year]
        if later > 0:
            return False
        for year in range(1, years):
            granted[year] = max(granted[year], granted[year - 1])
        if not task.upper_carries:
            for year in range(years - 1, 0, -1):
                granted[year] -= granted[year - 1]
        return True
    for year in range(years):
        granted[year] = max(np.int64(0), spent[year] - task.available[purse, year])
        if granted[year] > caps[year]:
            return False
    if task.upper_carries:
        for year in range(1, years):
            granted[year] += granted[year - 1]
    return True


@njit(cache=True, nogil=True)
def _spend(task: Task, purse: int, spent: IntArray, year: int, amount: int) -> None:
    last = len(spent) if task.carries[purse] else year + 1
    for later in range(year, last):
        spent[later] += amount


@njit(cache=True, nogil=True)
def _first_active(inside: IntArray, skip: int) -> int:
    for year in range(len(inside)):
        if inside[year] > 0 and year != skip:
            return year
    return NO_YEAR


@njit(cache=True, nogil=True)
def _shift_supplier(task: Task, state: State, building: int, year: int, sign: int) -> bool:
    """Work out the supplier's books after adding (+1) or taking out (-1) a building; False if they break."""
    supplier, cluster = task.supplier[building], task.cluster[building]
    purse = task.supplier_purse[supplier]
    spent, caps = state.new_spent, state.new_caps
    spent[:] = state.spent[purse]
    caps[:] = state.caps[supplier]
    _spend(task, purse, spent, year, sign * task.amount[building, 4])
    inside = state.inside[cluster]
    if inside[year] == (0 if sign > 0 else 1):
        _spend(task, purse, spent, year, sign * task.mobilise[cluster])
        other = _first_active(inside, year)
        if other == NO_YEAR or other > year:
            _spend(task, purse, spent, year, sign * task.mains[cluster])
            caps[year] += sign * task.upper_cap[cluster]
            if other != NO_YEAR:
                _spend(task, purse, spent, other, -sign * task.mains[cluster])
                caps[other] -= sign * task.upper_cap[cluster]
    if not least_grant(task, purse, spent, caps, state.new_granted):
        return False
    for one in range(len(spent)):
        total = state.granted_total[one] + state.new_granted[one] - state.granted[supplier, one]
        if total > task.upper_available[one]:
            return False
    return True


@njit(cache=True, nogil=True)
def fits(task: Task, state: State, building: int, year: int) -> bool:
    """Return whether ``building``, now unplanned, can be put into ``year`` with every hard row kept."""
    if not task.opened[building, year]:
        return False
    for k in range(task.before_start[building], task.before_start[building + 1]):
        earlier = state.year_of[task.before[k]]
        if earlier == NO_YEAR or earlier > year:
            return False
    for k in range(task.after_start[building], task.after_start[building + 1]):
        later = state.year_of[task.after[k]]
        if later != NO_YEAR and later < year:
            return False
    inside = state.inside[task.cluster[building]]
    if inside[year] == 0 and np.count_nonzero(inside) >= task.max_active:
        return False
    for draw in range(4):
        purse = task.drawn_from[building, draw]
        if purse < 0:
            continue
        last = state.spent.shape[1] if task.carries[purse] else year + 1
        for later in range(year, last):
            if state.spent[purse, later] + task.amount[building, draw] > task.available[purse, later]:
                return False
    return _shift_supplier(task, state, building, year, 1)


@njit(cache=True, nogil=True)
def _book(task: Task, state: State, building: int, year: int, sign: int) -> bool:
    sound = _shift_supplier(task, state, building, year, sign)
    supplier = task.supplier[building]
    state.spent[task.supplier_purse[supplier]] = state.new_spent
    state.caps[supplier] = state.new_caps
    if sound:
        state.granted_total[:] += state.new_granted - state.granted[supplier]
        state.granted[supplier] = state.new_granted
    for draw in range(4):
        purse = task.drawn_from[building, draw]
        if purse >= 0:
            _spend(task, purse, state.spent[purse], year, sign * task.amount[building, draw])
    state.inside[task.cluster[building], year] += sign
    for row in range(len(state.row_value)):
        state.row_value[row] += sign * task.row_count[building, year, row]
    state.year_of[building] = year if sign > 0 else NO_YEAR
    return sound


@njit(cache=True, nogil=True)
def put(task: Task, state: State, building: int, year: int) -> bool:
    """Put an unplanned building into ``year``; False if the supplier's books break."""
    return _book(task, state, building, year, 1)


@njit(cache=True, nogil=True)
def place(task: Task, state: State, building: int, year: int) -> bool:
    """Put an unplanned building into ``year`` if it fits; return whether it did."""
    return fits(task, state, building, year) and put(task, state, building, year)


@njit(cache=True, nogil=True)
def take_out(task: Task, state: State, building: int) -> bool:
    """Take a planned building out; False if the mains, laid later now, find no money."""
    return _book(task, state, building, state.year_of[building], -1)


@njit(cache=True, nogil=True)
def gain(task: Task, state: State, building: int, year: int) -> float:
    """Return what putting ``building`` into ``year`` adds: its value, the opening, the policy rows."""
    won: float = task.value[building, year]
    if state.inside[task.cluster[building], year] == 0:
        won -= task.opening[task.cluster[building]]
    for row in range(len(state.row_value)):
        counted = task.row_count[building, year, row]
        if counted != 0.0:
            lacked = task.row_wanted[row] - state.row_value[row]
            won += task.row_weight[row] * (max(0.0, lacked) - max(0.0, lacked - counted))
    return won


@njit(cache=True, nogil=True)
def worth_now(task: Task, state: State) -> tuple[float, float]:
    """Return the shortfall of the first rules and the weighted worth of everything else."""
    first, worth = 0.0, 0.0
    for building in range(len(state.year_of)):
        year = state.year_of[building]
        if year != NO_YEAR:
            worth += task.value[building, year]
    for cluster in range(state.inside.shape[0]):
        worth -= task.opening[cluster] * np.count_nonzero(state.inside[cluster])
    for row in range(len(state.row_value)):
        lacked = task.row_wanted[row] - state.row_value[row]
        if lacked > _EASE:
            first += task.row_first[row] * lacked
            if task.row_first[row] == 0.0:
                worth -= task.row_weight[row] * lacked
    return first, worth


@njit(cache=True, nogil=True)
def fill_in_order(task: Task, state: State, order: IntArray) -> None:
    """Put each building of ``order`` into the first year in which it fits, as a clerk with a ranking does."""
    for building in order:
        if state.year_of[building] != NO_YEAR:
            continue
        for year in range(state.spent.shape[1]):
            if fits(task, state, building, year):
                put(task, state, building, year)
                break


@njit(cache=True, nogil=True)
def fill_best(task: Task, state: State, order: IntArray, noise: FloatArray) -> None:
    """Put each building of ``order`` into the fitting year with the best gain over its price."""
    years = state.spent.shape[1]
    for building in order:
        if state.year_of[building] != NO_YEAR:
            continue
        best, best_year = -np.inf, NO_YEAR
        for year in range(years):
            if not task.opened[building, year]:
                continue
            won = gain(task, state, building, year)
            if won <= 0.0:
                continue
            rank = won - noise[year] * task.price[building, year]
            if rank > best and fits(task, state, building, year):
                best, best_year = rank, year
        if best_year != NO_YEAR:
            put(task, state, building, best_year)
