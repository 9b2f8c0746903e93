"""The model of docs/engineers/planning.md as sparse arrays: columns x, A, M, W, u and shortfalls.

Money stands in units of 10,000 yuan and crews in days, so that coefficients stay near one. Besides the
model's rows stand two that no whole-numbered plan feels but that tighten the relaxation: a building that is
converted by year t has its mains by year t, and works without mains are allowed in no year at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from fenhu.planning.model.rows import NO_COLUMN, NO_ROW, RowName, Rows, spread, until
from fenhu.planning.task.instance import BoolArray, FloatArray, Instance, IntArray
from fenhu.planning.task.purses import CREW_PARTS, DRAW_CREW, DRAW_SUPPLIER, NO_PURSE, Purses
from fenhu.planning.task.shortfall import FAIRNESS, PolicyRow, policy_rows
from fenhu.planning.task.worth import Worth

FEN_PER_UNIT = 1e6  # money rows count in 10,000 yuan
ORDER, WORKS_YEARS = "ORDER", "WORKS_YEARS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Maximise ``cost @ v`` with ``row_lower <= matrix @ v <= row_upper`` and bounds on v.

    ``x``, ``works``, ``mains``, ``inner`` and ``upper`` give the column of every building, cluster or house
    in every year (NO_COLUMN where there is none), ``missing`` the column of every policy row's shortfall,
    ``planned_flats`` that of every district's flats in every year. ``settled`` marks the rows that speak of
    one building or one cluster alone; ``shared`` are the rows that several suppliers draw on, policy rows
    last. ``named`` gives the row of a purse's year as (source, scope, year), the rows of ORDER and
    WORKS_YEARS as (name, -1, -1).
    """

    matrix: sparse.csc_matrix
    row_lower: FloatArray
    row_upper: FloatArray
    lower: FloatArray
    upper_bound: FloatArray
    whole: BoolArray
    cost: FloatArray
    x: IntArray
    works: IntArray
    mains: IntArray
    inner: IntArray
    upper: IntArray
    missing: IntArray
    planned_flats: IntArray
    policy: tuple[PolicyRow, ...]
    settled: BoolArray
    shared: IntArray
    named: Mapping[RowName, IntArray]


@dataclass(frozen=True, slots=True)
class Columns:
    """The decisions' columns: a row a building, cluster or house, a column a year."""

    x: IntArray
    works: IntArray
    mains: IntArray
    inner: IntArray
    upper: IntArray

    @property
    def width(self) -> int:
        """Return how many columns there are."""
        blocks = (self.x, self.works, self.mains, self.inner, self.upper)
        return max(int(block.max(initial=NO_COLUMN)) for block in blocks) + 1


def formulate(instance: Instance, purses: Purses, worth: Worth) -> Model:
    """Return the whole model of ``instance`` with the weighted sum as its cost.

    References
    ----------
    docs/engineers/planning.md#model
    """
    columns, policy = _columns(instance), policy_rows(instance)
    missing = columns.width + np.arange(len(policy))
    districts, years = len(instance.budgets.district_fen), instance.years
    planned_flats = (columns.width + len(policy) + np.arange(districts * years)).reshape(districts, years)
    width = columns.width + len(policy) + districts * years
    rows = Rows()
    _add_once(rows, columns.x)
    _add_clusters(rows, instance, purses, columns)
    _add_houses(rows, instance, columns)
    settled = rows.height
    _add_order(rows, instance, columns.x)
    shared = [*_add_purses(rows, instance, purses, columns.x)]
    _add_suppliers(rows, instance, purses, columns)
    shared.append(_add_upper(rows, purses, columns.upper))
    shared.append(_add_flats(rows, instance, columns.x, planned_flats))
    shared += _add_policy(rows, policy, columns.x, planned_flats, missing)
    row_lower, row_upper = rows.limits()
    number, joined = np.arange(rows.height), np.concatenate(shared)
    return Model(
        matrix=rows.matrix(width),
        row_lower=row_lower,
        row_upper=row_upper,
        lower=np.zeros(width),
        upper_bound=_bounds(width, instance, purses, columns, missing, planned_flats),
        whole=_whole(width, columns),
        cost=_cost(width, worth, policy, columns, missing),
        x=columns.x,
        works=columns.works,
        mains=columns.mains,
        inner=columns.inner,
        upper=columns.upper,
        missing=missing,
        planned_flats=planned_flats,
        policy=policy,
        settled=number < settled,
        shared=joined[joined != NO_ROW],
        named=rows.named,
    )


def _columns(instance: Instance) -> Columns:
    """Number the decisions block after block; works inside a house only where its set-up costs anything."""
    opened = instance.open_years
    used = np.zeros((len(instance.clusters), instance.years), dtype=bool)
    np.logical_or.at(used, instance.buildings.cluster, opened)
    visited = np.zeros((len(instance.set_up_fen), instance.years), dtype=bool)
    np.logical_or.at(visited, instance.house_of, opened)
    visited &= (instance.set_up_fen > 0)[:, None]
    every = np.ones_like(used)
    blocks, start = [], 0
    for wanted in (opened, used, every, visited, every):
        blocks.append(_numbered(wanted, start))
        start += int(wanted.sum())
    return Columns(*blocks)


def _numbered(wanted: BoolArray, start: int) -> IntArray:
    numbers = np.full(wanted.shape, NO_COLUMN, dtype=np.int64)
    numbers[wanted] = start + np.arange(int(wanted.sum()))
    return numbers


def _bounds(
    width: int,
    instance: Instance,
    purses: Purses,
    columns: Columns,
    missing: IntArray,
    planned_flats: IntArray,
) -> FloatArray:
    b, bound = instance.buildings, np.ones(width)
    bound[columns.upper] = (purses.upper_cap / FEN_PER_UNIT)[:, None]
    bound[missing] = np.inf
    bound[planned_flats] = np.bincount(b.district, weights=b.flats, minlength=len(planned_flats))[:, None]
    return bound


def _whole(width: int, columns: Columns) -> BoolArray:
    whole = np.zeros(width, dtype=bool)
    for block in (columns.x, columns.works, columns.mains, columns.inner):
        whole[block[block >= 0]] = True
    return whole


def _cost(
    width: int, worth: Worth, policy: tuple[PolicyRow, ...], columns: Columns, missing: IntArray
) -> FloatArray:
    x, works = columns.x, columns.works
    cost = np.zeros(width)
    cost[x[x >= 0]] = (worth.value + worth.stay)[x >= 0]
    opening = np.broadcast_to(worth.opening[:, None], works.shape)
    cost[works[works >= 0]] = -opening[works >= 0]
    cost[missing] = [-row.weight(worth) for row in policy]
    return cost


def _add_once(rows: Rows, x: IntArray) -> None:
    rows.table(x[(x != NO_COLUMN).sum(axis=1) > 1], 1.0, 1.0)


def _add_order(rows: Rows, instance: Instance, x: IntArray) -> None:
    before, after = instance.order.T
    years = instance.years
    late, early = until(x[after]).reshape(-1, years), until(x[before]).reshape(-1, years)
    early = np.where((late != NO_COLUMN).any(axis=1)[:, None], early, NO_COLUMN)
    rows.name(ORDER, rows.table(np.hstack([late, early]), np.repeat([1.0, -1.0], years), 0.0))


def _add_clusters(rows: Rows, instance: Instance, purses: Purses, blocks: Columns) -> None:
    works, mains, years = blocks.works, blocks.mains, instance.years
    building, year = np.nonzero(blocks.x != NO_COLUMN)
    cluster = instance.buildings.cluster[building]
    laid = until(mains)
    link = np.column_stack([blocks.x[building, year], works[cluster, year]])
    rows.table(link, np.array([1.0, -1.0]), 0.0)
    by_now = np.hstack([until(blocks.x)[building, year], laid[cluster, year]])
    rows.table(by_now, np.repeat([1.0, -1.0], years), 0.0)
    used = (works != NO_COLUMN).any(axis=1)
    rows.table(mains[used], 1.0, 1.0)
    most = np.repeat([1.0, -float(instance.rules.max_active_years)], years)
    rows.name(WORKS_YEARS, rows.table(np.hstack([works[used], mains[used]]), most, 0.0))
    cluster, year = np.nonzero(works != NO_COLUMN)
    open_works = np.hstack([works[cluster, year][:, None], laid[cluster, year]])
    rows.table(open_works, np.array([1.0] + [-1.0] * years), 0.0)
    granted = np.column_stack([blocks.upper[used].ravel(), mains[used].ravel()])
    cap = np.repeat(purses.upper_cap[used] / FEN_PER_UNIT, years)
    rows.table(granted, np.column_stack([np.ones(len(cap)), -cap]), 0.0)


def _add_houses(rows: Rows, instance: Instance, blocks: Columns) -> None:
    """Let nothing be converted inside a house in a year in which its set-up is not paid."""
    inner = blocks.inner[instance.house_of]
    joined = (blocks.x != NO_COLUMN) & (inner != NO_COLUMN)
    rows.table(np.column_stack([blocks.x[joined], inner[joined]]), np.array([1.0, -1.0]), 0.0)


def _add_purses(rows: Rows, instance: Instance, purses: Purses, x: IntArray) -> list[IntArray]:
    """Add what buildings draw on but their supplier's money; return the rows that suppliers share."""
    shared = []
    count, years = purses.limit.shape
    for draw in range(DRAW_SUPPLIER):
        scale = CREW_PARTS if draw == DRAW_CREW else FEN_PER_UNIT
        building, year = np.nonzero((x != NO_COLUMN) & (purses.drawn_from[:, draw] != NO_PURSE)[:, None])
        entries, row = spread(purses.drawn_from[building, draw], year, purses.carries, years)
        number = rows.add(
            row,
            x[building, year][entries],
            purses.amount[building, draw][entries] / scale,
            -np.inf,
            purses.available.ravel() / scale,
            count * years,
        )
        for purse, numbers in enumerate(number.reshape(count, years)):
            if (numbers != NO_ROW).any():
                rows.name_yearly(purses.names[purse].source, purses.names[purse].scope, numbers)
        if draw != DRAW_CREW:
            shared.append(number)
    return shared


def _add_suppliers(rows: Rows, instance: Instance, purses: Purses, blocks: Columns) -> None:
    """Add every supplier's money: buildings, mains, set-ups of works and of houses, less grants for mains."""
    supplier, column, year, amount = _supplier_spending(instance, purses, blocks)
    count, years = len(purses.supplier_purse), instance.years
    entries, row = spread(supplier, year, purses.carries[purses.supplier_purse], years)
    limit = purses.available[purses.supplier_purse].ravel() / FEN_PER_UNIT
    number = rows.add(row, column[entries], amount[entries] / FEN_PER_UNIT, -np.inf, limit, count * years)
    for one, numbers in enumerate(number.reshape(count, years)):
        rows.name_yearly("SUPPLIER", one, numbers)


def _supplier_spending(
    instance: Instance, purses: Purses, blocks: Columns
) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
    """Return supplier, column, year and fen of all that a supplier pays, upper-level money counted off."""
    b, clusters = instance.buildings, instance.clusters
    own = np.where(purses.drawn_from[:, DRAW_SUPPLIER] != NO_PURSE, b.supplier, NO_COLUMN)
    of_house = np.zeros(len(instance.set_up_fen), dtype=np.int64)
    of_house[instance.house_of] = b.supplier
    payers, columns, years, amounts = [], [], [], []
    for supplier, block, fen in (
        (own, blocks.x, b.supplier_fen),
        (clusters.supplier, blocks.works, clusters.mobilise_fen),
        (clusters.supplier, blocks.mains, clusters.mains_fen),
        (of_house, blocks.inner, instance.set_up_fen),
        (clusters.supplier, blocks.upper, np.full(len(clusters), -FEN_PER_UNIT)),
    ):
        place, year = np.nonzero((block != NO_COLUMN) & (supplier != NO_COLUMN)[:, None])
        payers.append(supplier[place])
        columns.append(block[place, year])
        years.append(year)
        amounts.append(fen[place].astype(float))
    return np.concatenate(payers), np.concatenate(columns), np.concatenate(years), np.concatenate(amounts)


def _add_upper(rows: Rows, purses: Purses, upper: IntArray) -> IntArray:
    clusters, years = upper.shape
    year = np.tile(np.arange(years), clusters)
    entries, row = spread(np.zeros_like(year), year, np.array([purses.upper_carries]), years)
    limit = purses.upper_available / FEN_PER_UNIT
    numbers = rows.add(row, upper.ravel()[entries], np.ones(len(entries)), -np.inf, limit, years)
    rows.name_yearly("UPPER", 0, numbers)
    return numbers


def _add_flats(rows: Rows, instance: Instance, x: IntArray, planned_flats: IntArray) -> IntArray:
    """Count the flats of a district and year once, so that the many fairness rows stay short."""
    b, years = instance.buildings, instance.years
    building, year = np.nonzero(x != NO_COLUMN)
    counted = planned_flats.size
    return rows.add(
        np.concatenate([b.district[building] * years + year, np.arange(counted)]),
        np.concatenate([x[building, year], planned_flats.ravel()]),
        np.concatenate([b.flats[building].astype(float), np.full(counted, -1.0)]),
        0.0,
        0.0,
        counted,
    )


def _add_policy(
    rows: Rows, policy: tuple[PolicyRow, ...], x: IntArray, planned_flats: IntArray, missing: IntArray
) -> list[IntArray]:
    numbers = []
    for row, column in zip(policy, missing, strict=True):
        if row.kind == FAIRNESS:
            span = planned_flats[:, : row.year + 1]
            parts = np.full(span.shape, -row.share)
            parts[row.scope] += 1.0
            columns, values = span.ravel(), parts.ravel()
        else:
            columns, values = counted_columns(row, x)
        line = np.append(columns, column)[None, :]
        numbers.append(rows.table(line, np.append(values, 1.0), np.inf, row.wanted))
    return numbers


def counted_columns(row: PolicyRow, x: IntArray) -> tuple[IntArray, FloatArray]:
    """Return the columns of ``x`` that count for a rule of the policy, and what each counts."""
    chosen = x[row.measure.members, row.first : row.last + 1]
    each = np.broadcast_to(row.measure.each[:, None], chosen.shape)
    return chosen[chosen >= 0], each[chosen >= 0]
