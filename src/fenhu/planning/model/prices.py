"""Prices for every limit that clusters share, and the bound they prove.

With a price on each purse, crew, rule of the policy and order between buildings, the model falls apart into
its clusters (``clusterwise``). For any prices of the right sign

    bound = sum over priced rows of price * limit + sum over clusters of the best gain at these prices

is above every plan: a plan that keeps a row loses nothing by paying price * (use - limit) <= 0, and the best
of every cluster is at least what the plan does there. The bound is convex in the prices and what a row has
left at the clusters' choice is its slope, so a counted number of steps downhill (each price moved against the
mean of its recent slopes, measured by their spread) brings it near its lowest, from any start.

References
----------
Geoffrion, Lagrangean relaxation for integer programming (1974); Kingma and Ba, Adam (2015) for the steps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from fenhu.planning.model.clusterwise import Clusterwise, best_of_each, clusterwise
from fenhu.planning.model.formulation import Model
from fenhu.planning.task.instance import FloatArray, Instance, IntArray

STRIDE = 0.1  # how far a price moves at first in one step, in parts of what a building is worth
_KEEP_SLOPE, _KEEP_SPREAD = 0.9, 0.99

Found = Callable[[float], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """The rows that have prices, and the clusters that answer them.

    A price is what a unit more of a limit is worth: at least 0 for a limit, at most 0 for a demand, and its
    height counts from 0 for both. ``dearest`` is the height at which a rule would rather be missed. What
    ``counts`` flats of a district and year has no price of its own: ``count_price`` gives it from the prices
    of the balance between districts. ``stride`` is how far a height moves in a step of full length.
    """

    model: Model
    tables: Clusterwise
    rows: IntArray
    by_row: sparse.csr_matrix
    by_column: sparse.csr_matrix
    limit: FloatArray
    sign: FloatArray
    dearest: FloatArray
    counts: IntArray
    count_price: sparse.csr_matrix
    stride: FloatArray


@dataclass(frozen=True, slots=True)
class Deal:
    """What prices of a height prove: the bound, every cluster's gain, the bound's slope in each height."""

    height: FloatArray
    bound: float
    gain: FloatArray
    slope: FloatArray


def market_of(instance: Instance, model: Model) -> Market:
    """Return the market of ``model``: all rows have prices but those a cluster settles for itself."""
    rows = np.flatnonzero(~model.settled)
    by_row = model.matrix.tocsr()[rows]
    lower, upper = model.row_lower[rows], model.row_upper[rows]
    counts, demand = np.flatnonzero(lower == upper), np.isposinf(upper)
    dearest = np.full(len(rows), np.inf)
    missed = by_row[:, model.missing].tocoo()
    dearest[missed.row] = -model.cost[model.missing][missed.col]
    balance = by_row[:, model.planned_flats.ravel()].tolil()
    balance[counts] = 0.0
    return Market(
        model=model,
        tables=clusterwise(instance, model),
        rows=rows,
        by_row=by_row,
        by_column=by_row.T.tocsr(),
        limit=np.where(demand, lower, upper),
        sign=np.where(demand, -1.0, 1.0),
        dearest=dearest,
        counts=counts,
        count_price=balance.T.tocsr(),
        stride=_building_worth(model) * _units(by_row),
    )


def deal(market: Market, height: FloatArray) -> Deal:
    """Return what prices of ``height`` prove."""
    price = prices(market, height)
    choice = best_of_each(market.tables, market.model.cost - market.by_column @ price)
    point = choice.point
    point[market.model.planned_flats.ravel()] = market.by_row[market.counts] @ point
    slope = market.sign * (market.limit - market.by_row @ point)
    slope[market.counts] = 0.0
    return Deal(height, float(price @ market.limit + choice.gain.sum()), choice.gain, slope)


def prices(market: Market, height: FloatArray) -> FloatArray:
    """Return the price of every row of the market."""
    price: FloatArray = market.sign * height
    price[market.counts] = 0.0
    price[market.counts] = market.count_price @ price
    return price


def free(market: Market) -> Deal:
    """Return what is proven where nothing has a price."""
    return deal(market, np.zeros(len(market.rows)))


def descend(market: Market, start: Deal, steps: int, stride: float, found: Found, stop: Stop) -> Deal:
    """Return the best deal of ``steps`` steps downhill from ``start``, or of those before ``stop``.

    ``stride`` is the length of the first step in parts of what a building is worth; the last has length 0.
    ``found`` hears of every lower bound.
    """
    best = now = start
    slope, spread = np.zeros_like(start.height), np.zeros_like(start.height)
    for step in range(steps):
        if stop():
            break
        scaled = market.stride * now.slope
        slope += (1.0 - _KEEP_SLOPE) * (scaled - slope)
        spread += (1.0 - _KEEP_SPREAD) * (scaled * scaled - spread)
        mean = slope / (1.0 - _KEEP_SLOPE ** (step + 1))
        size = np.sqrt(spread / (1.0 - _KEEP_SPREAD ** (step + 1)))
        length = stride * (1.0 - step / steps) * market.stride
        move = np.divide(mean, size, out=np.zeros_like(mean), where=size > 0.0)
        now = deal(market, np.clip(now.height - length * move, 0.0, market.dearest))
        if now.bound < best.bound:
            best = now
            found(best.bound)
    return best


def _building_worth(model: Model) -> float:
    """Return what a building gains in its best year, on average."""
    gains = np.where(model.x >= 0, model.cost[model.x], 0.0).max(axis=1, initial=0.0)
    return max(1.0, float(gains.mean()))


def _units(by_row: sparse.csr_matrix) -> FloatArray:
    """Return the change of every price that counts as one: less for rows that ask much of many columns."""
    size, entries = np.sqrt(np.asarray(by_row.power(2).sum(axis=1)).ravel()), np.diff(by_row.indptr)
    return np.divide(entries**0.25, size, out=np.zeros_like(size), where=size > 0.0)
