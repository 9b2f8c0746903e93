"""Rows that no whole-numbered plan feels but that bring the relaxation nearer to one.

A cluster is worked in or not, so what its supplier has for a year is there for it only as far as it is worked
in; the plain rows let half a cluster be opened and take the whole of crew and money::

    crew days of a cluster's buildings in year t        <= crew days of t * A[c,t]
    works and set-ups of a cluster up to t (carrying)   <= (money up to t - own part of its mains) * laid by t
    works and set-ups of a cluster in t (not carrying)  <= money of t * A[c,t]

Each holds for any plan: with A or "laid" one it says less than the supplier's own row, since what else the
supplier pays is never negative (upper-level money is at most a part of the mains it helps with), and with
zero nothing is worked. Mains whose own part the supplier cannot pay by year t are not laid by then at all,
and what is dearer alone than its purse is not bought. The own part is what the mains cost less the most that
upper-level money may give them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from fenhu.planning.model.formulation import FEN_PER_UNIT, Model
from fenhu.planning.model.rows import NO_COLUMN, Rows, spread
from fenhu.planning.task.instance import BoolArray, FloatArray, Instance, IntArray
from fenhu.planning.task.purses import CREW_PARTS, DRAW_CREW, NO_PURSE, Purses


def tightened(model: Model, instance: Instance, purses: Purses) -> Model:
    """Return ``model`` with the rows above, and with what cannot be paid closed."""
    rows = Rows()
    _add_crews(rows, model, instance, purses)
    room = _room(instance, purses)
    _add_money(rows, model, instance, purses, room)
    lower, upper = rows.limits()
    return replace(
        model,
        matrix=sparse.vstack([model.matrix, rows.matrix(model.matrix.shape[1])]).tocsc(),
        row_lower=np.append(model.row_lower, lower),
        row_upper=np.append(model.row_upper, upper),
        upper_bound=_closed(model, purses, room),
        settled=np.append(model.settled, np.zeros(rows.height, dtype=bool)),
    )


def _room(instance: Instance, purses: Purses) -> FloatArray:
    """Return the fen a supplier would have left for a cluster once its mains are paid, by cluster and year.

    Up to the year where the supplier's purse carries over, else in the year the mains are laid.
    """
    clusters = instance.clusters
    most = np.maximum.accumulate(purses.upper_available)
    grant = np.minimum(purses.upper_cap[:, None], most)
    money = purses.available[purses.supplier_purse[clusters.supplier]]
    return (money - (clusters.mains_fen[:, None] - grant)).astype(float)


def _closed(model: Model, purses: Purses, room: FloatArray) -> FloatArray:
    """Return the columns' bounds with zero where the money cannot be there."""
    bound = model.upper_bound.copy()
    bound[model.mains[room < 0.0]] = 0.0
    for draw in range(purses.amount.shape[1]):
        drawn = purses.drawn_from[:, draw]
        dear = purses.amount[:, draw][:, None] > purses.available[drawn]
        dear &= (drawn != NO_PURSE)[:, None] & (model.x != NO_COLUMN)
        bound[model.x[dear]] = 0.0
    return bound


def _add_crews(rows: Rows, model: Model, instance: Instance, purses: Purses) -> None:
    days = purses.amount[:, DRAW_CREW] / CREW_PARTS
    crew = purses.available[purses.crew_purse[instance.clusters.supplier]] / CREW_PARTS
    _add_yearly(rows, model, instance, days, np.zeros(len(instance.clusters)), crew)


def _add_money(rows: Rows, model: Model, instance: Instance, purses: Purses, room: FloatArray) -> None:
    cost = instance.buildings.supplier_fen / FEN_PER_UNIT
    opening = instance.clusters.mobilise_fen / FEN_PER_UNIT
    supplier_purse = purses.supplier_purse[instance.clusters.supplier]
    if purses.carries[supplier_purse].all():
        _add_until(rows, model, instance, cost, opening, np.maximum(room, 0.0) / FEN_PER_UNIT)
    else:
        _add_yearly(rows, model, instance, cost, opening, purses.available[supplier_purse] / FEN_PER_UNIT)


def _add_yearly(
    rows: Rows, model: Model, instance: Instance, each: FloatArray, opening: FloatArray, limit: FloatArray
) -> None:
    """Let what a cluster's buildings take in a year keep to the limit times the cluster's being worked in."""
    cluster_of, years = instance.buildings.cluster, instance.years
    tight = _sums(instance, each)[:, None] + opening[:, None] > limit
    building, year = np.nonzero((model.x != NO_COLUMN) & tight[cluster_of])
    cluster, open_year = np.nonzero((model.works != NO_COLUMN) & tight)
    rows.add(
        np.concatenate([cluster_of[building] * years + year, cluster * years + open_year]),
        np.concatenate([model.x[building, year], model.works[cluster, open_year]]),
        np.concatenate([each[building], opening[cluster] - limit[cluster, open_year]]),
        -np.inf,
        0.0,
        tight.size,
    )


def _add_until(
    rows: Rows, model: Model, instance: Instance, each: FloatArray, opening: FloatArray, room: FloatArray
) -> None:
    """Let what a cluster takes up to a year keep to the room times its mains being laid by then."""
    cluster_of, years = instance.buildings.cluster, instance.years
    most = np.minimum(np.arange(years) + 1, instance.rules.max_active_years)
    tight = _sums(instance, each)[:, None] + opening[:, None] * most > room
    building, year = np.nonzero(model.x != NO_COLUMN)
    worked, open_year = np.nonzero(model.works != NO_COLUMN)
    laid, laid_year = np.nonzero(model.mains != NO_COLUMN)
    scope = np.concatenate([cluster_of[building], worked, laid])
    column = np.concatenate(
        [model.x[building, year], model.works[worked, open_year], model.mains[laid, laid_year]]
    )
    taken = np.concatenate([each[building], opening[worked], np.zeros(len(laid))])
    is_mains = np.arange(len(scope)) >= len(building) + len(worked)
    entries, row = _weighed(scope, np.concatenate([year, open_year, laid_year]), tight)
    value = np.where(is_mains[entries], -room.ravel()[row], taken[entries])
    rows.add(row, column[entries], value, -np.inf, 0.0, tight.size)


def _weighed(scope: IntArray, year: IntArray, tight: BoolArray) -> tuple[IntArray, IntArray]:
    carries = np.ones(len(tight), dtype=bool)
    entries, row = spread(scope, year, carries, tight.shape[1])
    kept = tight.ravel()[row]
    return entries[kept], row[kept]


def _sums(instance: Instance, each: FloatArray) -> FloatArray:
    sums = np.bincount(instance.buildings.cluster, weights=each, minlength=len(instance.clusters))
    return sums.astype(float)
