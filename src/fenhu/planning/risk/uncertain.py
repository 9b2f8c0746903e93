"""Does a plan hold when facts stray, which purse is the risk, and what a plan that holds would keep back.

A plan holds in a scenario if every purse and every crew covers, in every year, what the plan then takes of
it. All scenarios are gone through at once. A building that slips is paid and built in the year after; what
was set aside for it stays set aside. Prices move what suppliers, owner units and the repair fund pay; days
and rewards are fixed rates. Within a purse a building that comes cheaper helps one that comes dearer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from fenhu.planning.model.laying import spent_by
from fenhu.planning.risk.spreads import Scenarios
from fenhu.planning.task.instance import NO_YEAR, BoolArray, FloatArray, Instance, IntArray
from fenhu.planning.task.purses import DRAW_CREW, DRAW_REWARD, DRAWS, Purse, Purses, purses_of

HELD_SHARE = 0.9
_EASE = 0.5
_FIXED_RATES, _FIXED_SOURCES = (DRAW_CREW, DRAW_REWARD), frozenset({"CREW", "CITY", "DIST"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseRisk:
    """How often a purse holds, and in which year it breaks most often.

    ``short`` is what it lacks at worst in a year in nine scenarios of ten at most: fen, or thousandths of a
    crew day.
    """

    purse: Purse
    held_share: float
    year: int
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How a plan fares in scenarios.

    ``held_share`` is the share in which everything holds; ``purses`` every purse that breaks in any, the one
    that breaks most often first; ``late_flats`` the flats that slip a year in nine scenarios of ten at most.
    """

    held_share: float
    scenarios: int
    purses: tuple[PurseRisk, ...]
    late_flats: int


def assess(instance: Instance, year_of: IntArray, scenarios: Scenarios) -> Assessment:
    """Return how the plan ``year_of`` fares in ``scenarios``.

    Parameters
    ----------
    year_of : 0-based year of every building, NO_YEAR where unplanned.

    References
    ----------
    docs/engineers/planning.md#when-facts-stray
    """
    purses = purses_of(instance)
    short = shortages(instance, purses, year_of, scenarios)
    broken: BoolArray = np.asarray(np.any(short > _EASE, axis=2))
    names = (*purses.names, Purse("UPPER", 0))
    order = np.lexsort((-_weight(purses, short), -broken.mean(axis=0)))
    return Assessment(
        held_share=float(1.0 - broken.any(axis=1).mean()) if len(scenarios) else 1.0,
        scenarios=len(scenarios),
        purses=tuple(_risk(names[one], short[:, one]) for one in order if broken[:, one].any()),
        late_flats=int(np.quantile(_late_flats(instance, year_of, scenarios), HELD_SHARE)),
    )


def _weight(purses: Purses, short: FloatArray) -> FloatArray:
    """Return what every purse lacks on average at its worst, as a part of all it has."""
    had = np.append(purses.limit.sum(axis=1), purses.upper.sum()).astype(float)
    weight: FloatArray = short.max(axis=2).mean(axis=0) / np.maximum(had, 1.0)
    return weight


def _risk(purse: Purse, short: FloatArray) -> PurseRisk:
    broken = short > _EASE
    return PurseRisk(
        purse=purse,
        held_share=float(1.0 - broken.any(axis=1).mean()),
        year=int(broken.mean(axis=0).argmax()),
        short=int(np.ceil(np.quantile(short.max(axis=1), HELD_SHARE, method="higher"))),
    )


def _late_flats(instance: Instance, year_of: IntArray, scenarios: Scenarios) -> FloatArray:
    planned = np.flatnonzero(year_of != NO_YEAR)
    flats: FloatArray = _slipping(year_of, scenarios, planned) @ instance.buildings.flats[planned].astype(
        float
    )
    return flats


def _slipping(year_of: IntArray, scenarios: Scenarios, planned: IntArray) -> FloatArray:
    """Return 1 where a planned building slips out of its year, a row a scenario."""
    chance = scenarios.slip_chance[planned, year_of[planned]]
    return (scenarios.slips[:, planned] < chance).astype(float)


def shortages(instance: Instance, purses: Purses, year_of: IntArray, scenarios: Scenarios) -> FloatArray:
    """Return what every purse lacks (0: nothing): scenarios, purses with upper-level money last, years."""
    over = overruns(instance, purses, year_of, scenarios)
    suppliers = purses.supplier_purse
    lacking = np.maximum(0.0, over)
    caps = spent_by(instance, purses, year_of).mains_cap.astype(float)
    carries = bool(purses.carries[suppliers[0]]) if len(suppliers) else False
    own = lacking[:, suppliers]
    lacking[:, suppliers] = np.maximum(0.0, own - (np.cumsum(caps, axis=1) if carries else caps))
    upper = _upper_short(purses, own - lacking[:, suppliers], caps, carries, scenarios)
    return np.concatenate([lacking, upper[:, None, :]], axis=1)


def _upper_short(
    purses: Purses, needs: FloatArray, caps: FloatArray, carries: bool, scenarios: Scenarios
) -> FloatArray:
    """Return what upper-level money lacks: all suppliers' least grants against what of it comes."""
    granted = _least_granted(needs, caps) if carries else needs
    used = granted.sum(axis=1)
    comes = purses.upper * (1.0 - scenarios.upper_lost)
    if carries and not purses.upper_carries:
        used = np.diff(used, axis=1, prepend=0.0)
    if purses.upper_carries:
        comes = np.cumsum(comes, axis=1)
        used = used if carries else np.cumsum(used, axis=1)
    short: FloatArray = np.maximum(0.0, used - comes)
    return short


def _least_granted(needs: FloatArray, caps: FloatArray) -> FloatArray:
    """Return the least cumulative grants in every scenario, as ``evaluate.least_granted`` does for one."""
    reach = np.cumsum(caps, axis=1)
    least = np.zeros_like(needs)
    for year in range(needs.shape[2]):
        ahead = needs[:, :, year:] - (reach[:, year:] - reach[:, year : year + 1])
        least[:, :, year] = np.maximum(0.0, ahead.max(axis=2))
    return np.maximum.accumulate(least, axis=2)


def overruns(instance: Instance, purses: Purses, year_of: IntArray, scenarios: Scenarios) -> FloatArray:
    """Return what is spent beyond what comes (negative: left), cumulative where a purse carries over."""
    comes = purses.limit * (1.0 - scenarios.lost - scenarios.late)
    made_up = np.zeros_like(comes)
    made_up[:, :, 1:] = (purses.limit * scenarios.late)[:, :, :-1]
    carries = purses.carries[None, :, None]
    over = _spent(instance, purses, year_of, scenarios) - comes - np.where(carries, made_up, 0.0)
    over = np.where(carries, np.cumsum(over, axis=2), over)
    own = _own_rises(instance, purses, year_of, scenarios)
    own = np.where(carries, np.cumsum(own, axis=2), own)
    dearer: FloatArray = over + np.maximum(0.0, own)
    return dearer


def _spent(instance: Instance, purses: Purses, year_of: IntArray, scenarios: Scenarios) -> FloatArray:
    """Return what every purse spends at the price level, with those who slip in their second year."""
    planned = np.flatnonzero(year_of != NO_YEAR)
    slips, shape = _slipping(year_of, scenarios, planned), (len(scenarios), *purses.limit.shape)
    rise = scenarios.rise[:, None, None]
    level = np.where(_follows_prices(purses), rise, 1.0)
    spent: FloatArray = spent_by(instance, purses, year_of).purses.astype(float) * level
    for draw in range(len(DRAWS)):
        again = (slips @ _places(purses, year_of[planned], planned, draw, 1)).reshape(shape)
        spent = spent + again * (1.0 if draw in _FIXED_RATES else rise)
    return spent


def _follows_prices(purses: Purses) -> BoolArray:
    """Return which purses pay prices; crew days and rewards are fixed rates."""
    follows: BoolArray = np.array([one.source not in _FIXED_SOURCES for one in purses.names])[:, None]
    return follows


def _own_rises(instance: Instance, purses: Purses, year_of: IntArray, scenarios: Scenarios) -> FloatArray:
    """Return what buildings cost more (or less) than planned beside the price level, purse by purse."""
    planned = np.flatnonzero(year_of != NO_YEAR)
    own, shape = scenarios.own_rise[:, planned], (len(scenarios), *purses.limit.shape)
    rises: FloatArray = np.zeros((len(scenarios), purses.limit.size))
    for draw in range(len(DRAWS)):
        if draw not in _FIXED_RATES:
            rises = rises + own @ _places(purses, year_of[planned], planned, draw, 0)
    return rises.reshape(shape)


def _places(purses: Purses, years: IntArray, planned: IntArray, draw: int, later: int) -> sparse.csr_matrix:
    """Return what every planned building takes from every purse in every year, or the year ``later``.

    A purse that carries over keeps what was set aside, so a year later nothing more is taken of it.
    """
    purse, amount = purses.drawn_from[planned, draw], purses.amount[planned, draw].astype(float)
    width = purses.limit.shape[1]
    there = (purse >= 0) & (years + later < width)
    if later:
        there &= ~purses.carries[np.maximum(purse, 0)]
    rows = np.flatnonzero(there)
    columns = purse[rows] * width + years[rows] + later
    return sparse.csr_matrix((amount[rows], (rows, columns)), shape=(len(planned), purses.limit.size))
