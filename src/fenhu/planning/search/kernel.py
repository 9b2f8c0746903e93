"""The compiled heart of the search: put a building into a year, take it out, ruin a part and build it anew.

Every function works on plain arrays gathered in tuples: the task (never changed), the state, the aim. Money
and crews are compared in whole numbers, so what fits here fits in the books. Upper-level money is not decided
but derived: per supplier the least cumulative amount that still pays its mains, year by year. One step costs
the same in a city of any size: what it touches is found by lists of members, and what a plan is worth is kept
up with every building moved. The random numbers are our own, so that a seed gives the same plan on every
machine.

All in one module on purpose: the compiler's cache looks at a function's own file only, and a caller in
another file would go on with the old code of what it calls. In order: task and state, random numbers, books,
worth, filling, ruins, annealing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

from fenhu.planning.task.instance import NO_YEAR, BoolArray, FloatArray, IntArray
from fenhu.planning.task.shortfall import PIN_FLATS

_Function = TypeVar("_Function", bound=Callable[..., object])
RandomState = npt.NDArray[np.uint64]
Whole = int | np.int64
_EASE = 1e-7

TOTALS = 7
DEMANDED, FIRST, BALANCE, VALUE, STAYED, OPENING, OPENED = range(TOTALS)

_INNER: dict[str, Any] = {
    "cache": True, "nogil": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True, "forceinline": True,
}  # fmt: skip


def _entry(function: _Function) -> _Function:
    """Compile a function that Python calls."""
    return cast(_Function, njit(cache=True, nogil=True)(function))


def _inner(function: _Function) -> _Function:
    """Compile a function that only compiled code calls; leaving its wrappers out saves half the time."""
    return cast(_Function, njit(**_INNER)(function))


class Task(NamedTuple):
    """What never changes; ``available`` is cumulative for purses that carry over.

    Only ``movable`` buildings move; ``seeds`` lists those of them that have an open year.
    ``counted`` has a row a building and a column a measure; a policy row demands ``row_wanted`` of measure
    ``row_measure`` in the years ``row_first`` to ``row_last`` and counts as ``row_flats`` a unit missing,
    under the total ``row_total``. ``groups`` lists buildings, group after group: group g of kind k begins at
    ``group_start[group_kind[k] + g]``; ``group_of`` has a column a kind.
    """

    opened: BoolArray
    movable: BoolArray
    seeds: IntArray
    value: FloatArray
    stayed: FloatArray
    pinned: BoolArray
    opening: FloatArray
    cluster: IntArray
    supplier: IntArray
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
    counted: FloatArray
    row_measure: IntArray
    row_first: IntArray
    row_last: IntArray
    row_wanted: FloatArray
    row_flats: FloatArray
    row_total: IntArray
    groups: IntArray
    group_start: IntArray
    group_kind: IntArray
    group_of: IntArray


class State(NamedTuple):
    """A plan with everything derived from it; the ``new_`` arrays are a supplier's books being worked out.

    ``total`` holds what the plan adds up to (DEMANDED to OPENED), ``room`` and ``won`` what one building
    would find year by year.
    """

    year_of: IntArray
    inside: IntArray
    inside_house: IntArray
    spent: IntArray
    caps: IntArray
    granted: IntArray
    granted_total: IntArray
    row_value: FloatArray
    total: FloatArray
    new_spent: IntArray
    new_caps: IntArray
    new_granted: IntArray
    room: BoolArray
    won: FloatArray


class Aim(NamedTuple):
    """What is sought now: goal after goal, each a sum over the totals, more being better.

    ``goals`` has a row a goal; ``goal`` is the one sought. Goals before it may fall short of the best known
    by ``slack``; ``weight`` is what the walk goes by, less ``pull`` for every unit beyond the slack.
    """

    goals: FloatArray
    goal: int
    slack: FloatArray
    weight: FloatArray
    pull: FloatArray


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
def _below(random: RandomState, count: int) -> int:
    return min(int(uniform(random) * count), count - 1)


@_inner
def _active_years(inside: IntArray) -> int:
    count = 0
    for planned in inside:
        if planned > 0:
            count += 1
    return count


@_inner
def _first_active(inside: IntArray, skip: Whole) -> Whole:
    for year in range(len(inside)):
        if inside[year] > 0 and year != skip:
            return np.int64(year)
    return np.int64(NO_YEAR)


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
def _spend_of_supplier(
    task: Task, state: State, building: int, year: Whole, sign: Whole, spent: IntArray, caps: IntArray
) -> None:
    """Add to a supplier's books what putting in (+1) or taking out (-1) a building costs it in all."""
    cluster, house = task.cluster[building], task.house[building]
    purse = task.supplier_purse[task.supplier[building]]
    _spend(task, purse, spent, year, sign * task.amount[building, 4])
    alone = 0 if sign > 0 else 1
    if task.set_up[house] > 0 and state.inside_house[house, year] == alone:
        _spend(task, purse, spent, year, sign * task.set_up[house])
    inside = state.inside[cluster]
    if inside[year] != alone:
        return
    _spend(task, purse, spent, year, sign * task.mobilise[cluster])
    other = _first_active(inside, year)
    if other == NO_YEAR or other > year:
        _spend(task, purse, spent, year, sign * task.mains[cluster])
        caps[year] += sign * task.upper_cap[cluster]
        if other != NO_YEAR:
            _spend(task, purse, spent, other, -sign * task.mains[cluster])
            caps[other] -= sign * task.upper_cap[cluster]


@_inner
def _upper_holds(task: Task, state: State, supplier: int) -> bool:
    """Return whether the upper-level money holds if the supplier is granted ``new_granted``."""
    for year in range(len(state.granted_total)):
        total = state.granted_total[year] + state.new_granted[year] - state.granted[supplier, year]
        if total > task.upper_available[year]:
            return False
    return True


@_inner
def _supplier_pays(task: Task, state: State, building: int, year: Whole) -> bool:
    """Return whether supplier and upper level can pay for a building more; leaves the grant it takes."""
    supplier = task.supplier[building]
    purse = task.supplier_purse[supplier]
    state.new_spent[:] = state.spent[purse]
    state.new_caps[:] = state.caps[supplier]
    _spend_of_supplier(task, state, building, year, np.int64(1), state.new_spent, state.new_caps)
    if not least_grant(task, purse, state.new_spent, state.new_caps, state.new_granted):
        return False
    return _upper_holds(task, state, supplier)


@_inner
def _grant(state: State, supplier: int) -> None:
    state.granted_total[:] += state.new_granted - state.granted[supplier]
    state.granted[supplier] = state.new_granted


@_inner
def _settle(task: Task, state: State, supplier: int) -> bool:
    """Grant a supplier the least that pays its books as they stand; False if nothing does."""
    purse = task.supplier_purse[supplier]
    if not least_grant(task, purse, state.spent[purse], state.caps[supplier], state.new_granted):
        return False
    _grant(state, supplier)
    return True


@_inner
def _find_room(task: Task, state: State, building: int) -> bool:
    """Note in ``room`` the years in which everything but the supplier's money allows the building."""
    years = len(state.room)
    first, last = 0, years - 1
    for k in range(task.before_start[building], task.before_start[building + 1]):
        earlier = state.year_of[task.before[k]]
        first = years if earlier == NO_YEAR else max(first, earlier)
    for k in range(task.after_start[building], task.after_start[building + 1]):
        later = state.year_of[task.after[k]]
        if later != NO_YEAR:
            last = min(last, later)
    inside = state.inside[task.cluster[building]]
    full = _active_years(inside) >= task.max_active
    for year in range(years):
        state.room[year] = (
            first <= year <= last and task.opened[building, year] and not (full and inside[year] == 0)
        )
    for draw in range(4):
        purse = task.drawn_from[building, draw]
        if purse < 0:
            continue
        amount, carries, short = task.amount[building, draw], task.carries[purse], False
        for year in range(years - 1, -1, -1):
            lacks = state.spent[purse, year] + amount > task.available[purse, year]
            short = lacks or (carries and short)
            if short:
                state.room[year] = False
    return bool(np.any(state.room))


@_inner
def _book(task: Task, state: State, building: int, year: Whole, sign: Whole) -> None:
    """Write a building into the books (+1) or out of them (-1), all but the grants of upper-level money."""
    cluster, supplier = task.cluster[building], task.supplier[building]
    purse = task.supplier_purse[supplier]
    _spend_of_supplier(task, state, building, year, sign, state.spent[purse], state.caps[supplier])
    for draw in range(4):
        purse = task.drawn_from[building, draw]
        if purse >= 0:
            _spend(task, purse, state.spent[purse], year, sign * task.amount[building, draw])
    if state.inside[cluster, year] == (0 if sign > 0 else 1):
        state.total[OPENING] += sign * task.opening[cluster]
        state.total[OPENED] += sign
    state.inside[cluster, year] += sign
    state.inside_house[task.house[building], year] += sign
    state.total[VALUE] += sign * task.value[building, year]
    state.total[STAYED] += sign * task.stayed[building, year]
    if task.pinned[building]:
        state.total[FIRST] -= sign * PIN_FLATS
    for row in range(len(state.row_value)):
        counts = sign * task.counted[building, task.row_measure[row]]
        if counts != 0.0 and task.row_first[row] <= year <= task.row_last[row]:
            lacked = task.row_wanted[row] - state.row_value[row]
            more = max(0.0, lacked - counts) - max(0.0, lacked)
            state.total[task.row_total[row]] += task.row_flats[row] * more
            state.row_value[row] += counts
    state.year_of[building] = year if sign > 0 else NO_YEAR


@_inner
def _put(task: Task, state: State, building: int, year: Whole) -> None:
    """Put a building into ``year``, right after ``_supplier_pays`` said yes."""
    _book(task, state, building, year, np.int64(1))
    _grant(state, task.supplier[building])


@_entry
def place(task: Task, state: State, building: int, year: int) -> bool:
    """Put an unplanned building into ``year`` if every hard row is kept; return whether it was."""
    if not _find_room(task, state, building) or not state.room[year]:
        return False
    if not _supplier_pays(task, state, building, year):
        return False
    _put(task, state, building, year)
    return True


@_entry
def book(task: Task, state: State, building: int, year: int) -> None:
    """Put an unplanned building into ``year`` whatever breaks; grants stay as they are."""
    _book(task, state, building, np.int64(year), np.int64(1))


@_entry
def count_up(task: Task, state: State) -> None:
    """Add up ``total`` and the policy rows from the years alone, free of what rounding left behind."""
    state.total[:] = 0.0
    state.row_value[:] = 0.0
    for building in range(len(state.year_of)):
        year = state.year_of[building]
        if year == NO_YEAR:
            if task.pinned[building]:
                state.total[FIRST] += PIN_FLATS
            continue
        state.total[VALUE] += task.value[building, year]
        state.total[STAYED] += task.stayed[building, year]
        for row in range(len(state.row_value)):
            if task.row_first[row] <= year <= task.row_last[row]:
                state.row_value[row] += task.counted[building, task.row_measure[row]]
    for cluster in range(state.inside.shape[0]):
        opened = _active_years(state.inside[cluster])
        state.total[OPENING] += task.opening[cluster] * opened
        state.total[OPENED] += opened
    for row in range(len(state.row_value)):
        lacked = task.row_wanted[row] - state.row_value[row]
        state.total[task.row_total[row]] += task.row_flats[row] * max(0.0, lacked)


@_inner
def _find_gains(task: Task, state: State, weight: FloatArray, building: int) -> None:
    """Note in ``won`` what putting the building into each year adds, by the weight of every total."""
    won, inside = state.won, state.inside[task.cluster[building]]
    years = len(won) - 1
    opening = weight[OPENING] * task.opening[task.cluster[building]] + weight[OPENED]
    won[:] = 0.0
    for row in range(len(state.row_value)):
        counts = task.counted[building, task.row_measure[row]]
        if counts == 0.0:
            continue
        lacked = task.row_wanted[row] - state.row_value[row]
        less = max(0.0, lacked) - max(0.0, lacked - counts)
        if less != 0.0:
            less *= -weight[task.row_total[row]] * task.row_flats[row]
            won[task.row_first[row]] += less
            won[task.row_last[row] + 1] -= less
    for year in range(1, years):
        won[year] += won[year - 1]
    for year in range(years):
        won[year] += weight[VALUE] * task.value[building, year]
        won[year] += weight[STAYED] * task.stayed[building, year]
        if inside[year] == 0:
            won[year] += opening
        if task.pinned[building]:
            won[year] -= weight[FIRST] * PIN_FLATS


@_entry
def fill_year_by_year(task: Task, state: State, order: IntArray) -> None:
    """Put the buildings of ``order`` into the first year until nothing fits, then into the next."""
    for year in range(task.value.shape[1]):
        for building in order:
            if state.year_of[building] == NO_YEAR:
                place(task, state, building, year)


@_entry
def fill(
    task: Task, state: State, weight: FloatArray, least: float, order: IntArray, random: RandomState,
    added: IntArray, favoured: IntArray,
) -> int:  # fmt: skip
    """Put each unplanned building of ``order`` into the year that fits and gains most.

    Gains are changed a little at random; a year that gains no more than ``least`` is left, and the year a
    cluster is ``favoured`` in counts three times. Returns how many were put and notes them in ``added``.
    """
    years = task.value.shape[1]
    rank = np.empty(years)
    count = 0
    for building in order:
        if state.year_of[building] != NO_YEAR or not _find_room(task, state, building):
            continue
        _find_gains(task, state, weight, building)
        for year in range(years):
            rank[year] = -np.inf
            if state.room[year] and state.won[year] > least:
                rank[year] = state.won[year] * (1.0 + 0.1 * uniform(random))
                if favoured[task.cluster[building]] == year:
                    rank[year] += 2.0 * abs(rank[year])
        for _ in range(years):
            best = np.argmax(rank)
            if rank[best] == -np.inf:
                break
            if _supplier_pays(task, state, building, best):
                _put(task, state, building, best)
                added[count] = building
                count += 1
                break
            rank[best] = -np.inf
    return count


class Step(NamedTuple):
    """What one step of the search works with; ``known`` and ``touched`` hold the number of the last step."""

    chosen: IntArray
    was: IntArray
    added: IntArray
    known: IntArray
    suppliers: IntArray
    touched: IntArray
    favoured: IntArray
    picked: IntArray
    rank: FloatArray
    found: IntArray


_CHOSEN, _SUPPLIERS, _PICKED, _NUMBER, _FAVOURED = range(5)
_CLUSTER, _SUPPLIER, _PURSE = range(3)
_TRIES = 12
_DARING = 0.1  # how often what loses alone is put in too, as two together may gain
_AROUND, _TWO, _MOVE, _ALONE, _PURSE_YEAR, _HANDFUL, _IN_THE_WAY = range(7)
_CHANCES = np.cumsum(np.array([4.0, 4.0, 2.0, 2.0, 2.0, 2.0, 1.0])) / 17.0  # measured on fuxin1k


@_inner
def _choose(task: Task, state: State, step: Step, building: int) -> None:
    """Note a planned building to be taken out, once."""
    number = step.found[_NUMBER]
    if building < 0 or state.year_of[building] == NO_YEAR or not task.movable[building]:
        return
    if step.known[building] != number:
        step.known[building] = number
        step.chosen[step.found[_CHOSEN]] = building
        step.found[_CHOSEN] += 1
        _touch(task, step, task.supplier[building])


@_inner
def _touch(task: Task, step: Step, supplier: int) -> None:
    if step.touched[supplier] != step.found[_NUMBER]:
        step.touched[supplier] = step.found[_NUMBER]
        step.suppliers[step.found[_SUPPLIERS]] = supplier
        step.found[_SUPPLIERS] += 1


@_inner
def _favour(step: Step, cluster: int, year: Whole) -> None:
    """Let a cluster be worked in ``year`` rather than in others, in this step alone."""
    step.favoured[cluster] = year
    step.found[_FAVOURED] = cluster


@_inner
def _drawn(task: Task, state: State, random: RandomState, kind: int, group: int, year: int) -> int:
    """Return a planned building of a group, in ``year`` unless that is NO_YEAR; -1 if none is found soon."""
    start = task.group_start[task.group_kind[kind] + group]
    size = task.group_start[task.group_kind[kind] + group + 1] - start
    for _ in range(_TRIES):
        building = task.groups[start + _below(random, size)]
        planned = state.year_of[building]
        if planned != NO_YEAR and (year == NO_YEAR or planned == year):
            return int(building)
    return -1


@_inner
def _anybody(task: Task, state: State, random: RandomState, planned: bool) -> int:
    """Return a movable building that is planned, or one that is not; any of them if none is found soon."""
    for _ in range(4 * _TRIES):
        building = task.seeds[_below(random, len(task.seeds))]
        if (state.year_of[building] != NO_YEAR) == planned:
            break
    return int(building)


@_inner
def _choose_part(
    task: Task, state: State, random: RandomState, step: Step, kind: int, group: int, share: float
) -> None:
    """Choose each of a group with the chance ``share``."""
    first = task.group_kind[kind] + group
    for k in range(task.group_start[first], task.group_start[first + 1]):
        if share >= 1.0 or uniform(random) < share:
            _choose(task, state, step, task.groups[k])


@_inner
def _choose_some(
    task: Task, state: State, random: RandomState, step: Step, kind: int, like: int, year: int, many: int
) -> None:
    """Choose up to ``many`` out of the group that ``like`` belongs to, in one year or any (NO_YEAR)."""
    for _ in range(many):
        _choose(task, state, step, _drawn(task, state, random, kind, task.group_of[like, kind], year))


@_inner
def _ruin(task: Task, state: State, random: RandomState, step: Step) -> None:
    """Choose what to take out, and perhaps a year that a cluster is to move to.

    A cluster, _ALONE or with a part of its supplier's (_AROUND); _TWO of a supplier, the second to take the
    first's year; a cluster that has to _MOVE and who stands in its way; a reward purse's year; a handful
    anywhere; a few in the way of a building that is not planned.
    """
    draw, kind = uniform(random), 0
    while draw >= _CHANCES[kind]:
        kind += 1
    seed = _anybody(task, state, random, kind != _IN_THE_WAY)
    year, many = state.year_of[seed], 1 + _below(random, 8)
    if kind <= _ALONE:
        _choose_part(task, state, random, step, _CLUSTER, task.cluster[seed], 1.0)
    if kind == _AROUND:
        share = 0.1 + 0.5 * uniform(random)
        _choose_part(task, state, random, step, _SUPPLIER, task.supplier[seed], share)
    elif kind == _TWO:
        other = _drawn(task, state, random, _SUPPLIER, task.supplier[seed], NO_YEAR)
        if other >= 0:
            _choose_part(task, state, random, step, _CLUSTER, task.cluster[other], 1.0)
            _favour(step, task.cluster[other], year)
    elif kind == _MOVE:
        later = _below(random, len(state.room))
        _choose_some(task, state, random, step, _SUPPLIER, seed, later, many // 2)
        _favour(step, task.cluster[seed], later)
    elif kind == _PURSE_YEAR:
        _choose(task, state, step, seed)
        _choose_some(task, state, random, step, _PURSE, seed, year, many)
    elif kind == _HANDFUL:
        for _ in range(1 + many):
            _choose(task, state, step, _anybody(task, state, random, True))
    elif kind == _IN_THE_WAY:
        _touch(task, step, task.supplier[seed])
        _choose_some(task, state, random, step, _SUPPLIER, seed, NO_YEAR, 1 + many // 3)
        _choose_some(task, state, random, step, _PURSE, seed, NO_YEAR, 1 + many // 3)
    _touch(task, step, task.supplier[_anybody(task, state, random, False)])


@_inner
def _choose_followers(task: Task, state: State, step: Step) -> None:
    """Choose what may not stay planned when the chosen do not, followers of followers included."""
    at = 0
    while at < step.found[_CHOSEN]:
        building = step.chosen[at]
        for k in range(task.after_start[building], task.after_start[building + 1]):
            _choose(task, state, step, task.after[k])
        at += 1


@_inner
def _pick(task: Task, state: State, step: Step, building: int, noise: float) -> None:
    if state.year_of[building] != NO_YEAR or not task.movable[building]:
        return
    best = 0.0
    for year in range(len(state.room)):
        if task.opened[building, year]:
            best = max(best, task.value[building, year])
    step.picked[step.found[_PICKED]] = building
    step.rank[step.found[_PICKED]] = -best * noise
    step.found[_PICKED] += 1


@_inner
def _order(task: Task, state: State, random: RandomState, step: Step) -> IntArray:
    """Return the unplanned buildings worth trying, best first, in an order changed by chance."""
    step.found[_PICKED] = 0
    together = uniform(random) < 0.5
    for k in range(step.found[_SUPPLIERS]):
        first = task.group_kind[_SUPPLIER] + step.suppliers[k]
        cluster, noise = np.int64(-1), 1.0
        for at in range(task.group_start[first], task.group_start[first + 1]):
            building = task.groups[at]
            if not together or task.cluster[building] != cluster:
                noise = 0.5 + uniform(random)
                cluster = task.cluster[building]
            _pick(task, state, step, building, noise)
    if step.found[_CHOSEN]:
        _pick_rivals(task, state, random, step)
    return step.picked[np.argsort(step.rank[: step.found[_PICKED]])]


@_inner
def _pick_rivals(task: Task, state: State, random: RandomState, step: Step) -> None:
    """Pick a few of other suppliers who wait for the same reward money."""
    number, purse = step.found[_NUMBER], task.group_kind[_PURSE] + task.group_of[step.chosen[0], _PURSE]
    start, end = task.group_start[purse], task.group_start[purse + 1]
    for _ in range(_TRIES):
        building = task.groups[start + _below(random, end - start)]
        if step.touched[task.supplier[building]] != number and step.known[building] != number:
            step.known[building] = number
            _pick(task, state, step, building, 0.5 + uniform(random))


@_inner
def _walked(aim: Aim, total: FloatArray, best: FloatArray) -> float:
    """Return what the walk goes by."""
    worth = 0.0
    for one in range(TOTALS):
        worth += aim.weight[one] * total[one]
    for goal in range(aim.goal):
        worth -= aim.pull[goal] * max(0.0, best[goal] - aim.slack[goal] - reached(aim, total, goal))
    return worth


@_inner
def reached(aim: Aim, total: FloatArray, goal: int) -> float:
    """Return how much of a goal the totals reach."""
    level = 0.0
    for one in range(TOTALS):
        level += aim.goals[goal, one] * total[one]
    return level


@_entry
def better(aim: Aim, total: FloatArray, best: FloatArray) -> bool:
    """Return whether totals beat the best known: a goal before by more than its slack, or the goal sought.

    ``best`` holds what is known of every goal, and last what the walk makes of the best plan.
    """
    for goal in range(aim.goal):
        level = reached(aim, total, goal)
        if level > best[goal] + aim.slack[goal] + _EASE:
            return True
        if level < best[goal] - aim.slack[goal] - _EASE:
            return False
    level = reached(aim, total, aim.goal)
    if abs(level - best[aim.goal]) > _EASE:
        return bool(level > best[aim.goal])
    return bool(_walked(aim, total, best) > best[-1] + _EASE)


@_entry
def keep(aim: Aim, total: FloatArray, best: FloatArray) -> None:
    """Note in ``best`` what the totals reach; goals before keep the best ever known of them."""
    for goal in range(len(best) - 1):
        level = reached(aim, total, goal)
        best[goal] = max(best[goal], level) if goal < aim.goal else level
    best[-1] = _walked(aim, total, best)


@_inner
def _take_out(task: Task, state: State, step: Step) -> bool:
    """Take out what is chosen; False if what stays cannot be paid any more."""
    for k in range(step.found[_CHOSEN]):
        building = step.chosen[k]
        step.was[k] = state.year_of[building]
        _book(task, state, building, step.was[k], np.int64(-1))
    sound = True
    for k in range(step.found[_SUPPLIERS]):
        sound = _settle(task, state, step.suppliers[k]) and sound
    for year in range(len(state.granted_total)):
        sound = sound and state.granted_total[year] <= task.upper_available[year]
    return sound


@_inner
def _put_back(task: Task, state: State, step: Step, news: int) -> None:
    for k in range(news):
        building = step.added[k]
        _book(task, state, building, state.year_of[building], np.int64(-1))
        _touch(task, step, task.supplier[building])
    for k in range(step.found[_CHOSEN]):
        _book(task, state, step.chosen[k], step.was[k], np.int64(1))
    for k in range(step.found[_SUPPLIERS]):
        _settle(task, state, step.suppliers[k])


@_inner
def _new_step(task: Task, state: State) -> Step:
    count, suppliers = len(state.year_of), len(task.supplier_purse)
    return Step(
        np.empty(count, dtype=np.int64),
        np.empty(count, dtype=np.int64),
        np.empty(count, dtype=np.int64),
        np.zeros(count, dtype=np.int64),
        np.empty(suppliers, dtype=np.int64),
        np.zeros(suppliers, dtype=np.int64),
        np.full(state.inside.shape[0], NO_YEAR, dtype=np.int64),
        np.empty(count, dtype=np.int64),
        np.empty(count),
        np.zeros(5, dtype=np.int64),
    )


@_entry
def anneal(
    task: Task,
    state: State,
    aim: Aim,
    best_year_of: IntArray,
    best: FloatArray,
    random: RandomState,
    rounds: int,
    hot: float,
    cold: float,
) -> int:
    """Ruin and recreate ``rounds`` times while cooling from ``hot`` to ``cold`` (in worth).

    ``state`` is the plan worked on, ``best_year_of`` the best plan and ``best`` what it reaches (see
    ``better``); returns how often the best improved.
    """
    count_up(task, state)
    step = _new_step(task, state)
    total, rows = np.empty(TOTALS), np.empty(len(state.row_value))
    now = _walked(aim, state.total, best)
    improved = 0
    for one in range(rounds):
        heat = hot * (cold / hot) ** (one / rounds)
        total[:], rows[:] = state.total, state.row_value
        step.found[_CHOSEN] = step.found[_SUPPLIERS] = 0
        step.found[_NUMBER] = one + 1
        _ruin(task, state, random, step)
        _choose_followers(task, state, step)
        sound, news = _take_out(task, state, step), 0
        if sound:
            order = _order(task, state, random, step)
            least = -np.inf if uniform(random) < _DARING else 0.0
            news = fill(task, state, aim.weight, least, order, random, step.added, step.favoured)
        step.favoured[step.found[_FAVOURED]] = NO_YEAR
        new = _walked(aim, state.total, best)
        if sound and new - now > heat * np.log(uniform(random) + 1e-300):
            now = new
            if better(aim, state.total, best):
                keep(aim, state.total, best)
                now = _walked(aim, state.total, best)
                best_year_of[:] = state.year_of
                improved += 1
            continue
        _put_back(task, state, step, news)
        state.total[:], state.row_value[:] = total, rows
    return improved
