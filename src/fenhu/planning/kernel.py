"""The compiled heart of the search: put a building into a year, take it out, ruin a part and build it anew.

Every function works on plain arrays gathered in two tuples, the task (never changed) and the state. Money and
crews are compared in whole numbers, so what fits here fits in the books. Upper-level money is not decided but
derived: per supplier the least cumulative amount that still pays its mains, year by year. The random numbers
are our own, so that a seed gives the same plan on every machine.

All in one module on purpose: the compiler's cache looks at a function's own file only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

from fenhu.planning.instance import NO_YEAR, BoolArray, FloatArray, IntArray

_Function = TypeVar("_Function", bound=Callable[..., object])
RandomState = npt.NDArray[np.uint64]
Whole = int | np.int64
_EASE = 1e-9
_KINDS = 4


_INNER: dict[str, Any] = {
    "cache": True, "nogil": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True,
}  # fmt: skip


def _entry(function: _Function) -> _Function:
    """Compile a function that Python calls."""
    return cast(_Function, njit(cache=True, nogil=True)(function))


def _inner(function: _Function) -> _Function:
    """Compile a function that only compiled code calls; leaving its wrappers out saves half the time."""
    return cast(_Function, njit(**_INNER)(function))


class Task(NamedTuple):
    """What never changes; ``available`` is cumulative for purses that carry over, row values likewise."""

    opened: BoolArray
    movable: BoolArray
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
    house: IntArray
    set_up: IntArray
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
    inside_house: IntArray
    spent: IntArray
    caps: IntArray
    granted: IntArray
    granted_total: IntArray
    row_value: FloatArray
    new_spent: IntArray
    new_caps: IntArray
    new_granted: IntArray


@_inner
def uniform(random: RandomState) -> float:
    """Return the next number of [0, 1) (splitmix64)."""
    random[0] += np.uint64(0x9E3779B97F4A7C15)
    z = random[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return float(z >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@_inner
def _active_years(inside: IntArray) -> int:
    count = 0
    for planned in inside:
        if planned > 0:
            count += 1
    return count


@_inner
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


@_inner
def _spend(task: Task, purse: int, spent: IntArray, year: Whole, amount: Whole) -> None:
    last = len(spent) if task.carries[purse] else year + 1
    for later in range(year, last):
        spent[later] += amount


@_inner
def _first_active(inside: IntArray, skip: Whole) -> Whole:
    for year in range(len(inside)):
        if inside[year] > 0 and year != skip:
            return np.int64(year)
    return np.int64(NO_YEAR)


@_inner
def _shift_supplier(task: Task, state: State, building: int, year: Whole, sign: Whole) -> bool:
    """Work out the supplier's books after adding (+1) or taking out (-1) a building; False if they break."""
    supplier, cluster = task.supplier[building], task.cluster[building]
    purse = task.supplier_purse[supplier]
    spent, caps = state.new_spent, state.new_caps
    spent[:] = state.spent[purse]
    caps[:] = state.caps[supplier]
    _spend(task, purse, spent, year, sign * task.amount[building, 4])
    alone = 0 if sign > 0 else 1
    if state.inside_house[task.house[building], year] == alone:
        _spend(task, purse, spent, year, sign * task.set_up[task.house[building]])
    inside = state.inside[cluster]
    if inside[year] == alone:
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


@_inner
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
    if inside[year] == 0 and _active_years(inside) >= task.max_active:
        return False
    for draw in range(4):
        purse = task.drawn_from[building, draw]
        if purse < 0:
            continue
        last = state.spent.shape[1] if task.carries[purse] else year + 1
        for later in range(year, last):
            if state.spent[purse, later] + task.amount[building, draw] > task.available[purse, later]:
                return False
    return _shift_supplier(task, state, building, year, np.int64(1))


@_inner
def _book(task: Task, state: State, building: int, year: Whole, sign: Whole) -> bool:
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
    state.inside_house[task.house[building], year] += sign
    for row in range(len(state.row_value)):
        state.row_value[row] += sign * task.row_count[building, year, row]
    state.year_of[building] = year if sign > 0 else NO_YEAR
    return sound


@_inner
def put(task: Task, state: State, building: int, year: Whole) -> bool:
    """Put an unplanned building into ``year``; False if the supplier's books break."""
    return _book(task, state, building, year, np.int64(1))


@_entry
def place(task: Task, state: State, building: int, year: int) -> bool:
    """Put an unplanned building into ``year`` if it fits; return whether it did."""
    return fits(task, state, building, year) and put(task, state, building, year)


@_inner
def take_out(task: Task, state: State, building: int) -> bool:
    """Take a planned building out; False if the mains, laid later now, find no money."""
    return _book(task, state, building, state.year_of[building], np.int64(-1))


@_inner
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


@_entry
def worth_now(task: Task, state: State) -> tuple[float, float]:
    """Return the shortfall of the first rules and the weighted worth of everything else."""
    first, worth = 0.0, 0.0
    for building in range(len(state.year_of)):
        year = state.year_of[building]
        if year != NO_YEAR:
            worth += task.value[building, year]
    for cluster in range(state.inside.shape[0]):
        worth -= task.opening[cluster] * _active_years(state.inside[cluster])
    for row in range(len(state.row_value)):
        lacked = task.row_wanted[row] - state.row_value[row]
        if lacked > _EASE:
            first += task.row_first[row] * lacked
            if task.row_first[row] == 0.0:
                worth -= task.row_weight[row] * lacked
    return first, worth


@_entry
def fill_year_by_year(task: Task, state: State, order: IntArray) -> None:
    """Put the buildings of ``order`` into the first year until nothing fits, then into the next."""
    for year in range(task.value.shape[1]):
        for building in order:
            if state.year_of[building] == NO_YEAR and fits(task, state, building, year):
                put(task, state, building, np.int64(year))


@_entry
def fill(task: Task, state: State, order: IntArray, random: RandomState, added: IntArray) -> int:
    """Put each unplanned building of ``order`` into the year that fits and gains most over its price.

    Gain and price are changed a little at random; a year that gains nothing is left. Returns how many were
    put and notes them in ``added``.
    """
    years = task.value.shape[1]
    weight = 0.5 + uniform(random)
    count = 0
    for building in order:
        if state.year_of[building] != NO_YEAR:
            continue
        best, best_year = -np.inf, np.int64(NO_YEAR)
        for year in range(years):
            won = gain(task, state, building, year)
            rank = (won - weight * task.price[building, year]) * (1.0 + 0.1 * uniform(random))
            if won <= 0.0:
                continue
            if rank > best and fits(task, state, building, year):
                best, best_year = rank, np.int64(year)
        if best_year != NO_YEAR:
            put(task, state, building, best_year)
            added[count] = building
            count += 1
    return count


@_inner
def _below(random: RandomState, count: int) -> int:
    return min(int(uniform(random) * count), count - 1)


@_inner
def _choose(task: Task, state: State, random: RandomState, chosen: IntArray) -> int:
    """Fill ``chosen`` with the planned buildings to take out and return how many."""
    count = len(state.year_of)
    seed = _below(random, count)
    kind = _below(random, _KINDS)
    share = 0.1 + 0.5 * uniform(random)
    year = _below(random, state.spent.shape[1])
    found = 0
    for building in range(count):
        if state.year_of[building] == NO_YEAR or not task.movable[building]:
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


@_inner
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


@_inner
def _ranked(
    task: Task, state: State, random: RandomState, touched: npt.NDArray[np.bool_], noise: float
) -> IntArray:
    """Return the unplanned buildings worth trying, best first, in an order changed by ``noise``."""
    count, years = task.value.shape
    picked = np.empty(count, dtype=np.int64)
    rank = np.empty(count)
    found = 0
    for building in range(count):
        if state.year_of[building] != NO_YEAR or not task.movable[building]:
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


@_entry
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
            news = fill(task, state, _ranked(task, state, random, touched, 1.0), random, added)
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
