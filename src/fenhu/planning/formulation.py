"""The model of docs/engineers/planning.md as sparse arrays: columns x, A, M, W, u and shortfalls.

Money stands in units of 10,000 yuan and crews in days, so that coefficients stay near one. Besides the
model's rows stand two that no whole-numbered plan feels but that tighten the relaxation: a building that is
converted by year t has its mains by year t, and works without mains are allowed in no year at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from fenhu.planning.instance import BoolArray, FloatArray, Instance, IntArray
from fenhu.planning.purses import CREW_PARTS, DRAW_SUPPLIER, DRAWS, NO_PURSE, Purses
from fenhu.planning.shortfall import FAIRNESS, PolicyRow, policy_rows
from fenhu.planning.worth import Worth

FEN_PER_UNIT = 1e6  # money rows count in 10,000 yuan
NO_COLUMN = -1
ORDER, WORKS_YEARS = "ORDER", "WORKS_YEARS"

RowName = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Maximise ``cost @ v`` with ``row_lower <= matrix @ v <= row_upper`` and bounds on v.

    ``x``, ``works``, ``mains``, ``inner`` and ``upper`` give the column of every building, cluster or house
    in every year (NO_COLUMN where there is none), ``missing`` the column of every policy row's shortfall,
    ``planned_flats`` that of every district's flats in every year. ``shared`` are the rows that several
    suppliers draw on, policy rows last; ``priced`` marks the rows of money and crews. ``named`` gives the
    row of a purse's year as (source, scope, year), the rows of ORDER and WORKS_YEARS as (name, -1, -1).
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
    shared: IntArray
    priced: BoolArray
    named: Mapping[RowName, IntArray]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The decisions' columns: a row a building, cluster or house, a column a year."""

    x: IntArray
    works: IntArray
    mains: IntArray
    inner: IntArray
    upper: IntArray


@dataclass(slots=True)
class _Rows:
    """Rows gathered as triplets."""

    rows: list[IntArray] = field(default_factory=list)
    columns: list[IntArray] = field(default_factory=list)
    values: list[FloatArray] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    named: defaultdict[RowName, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, columns: IntArray, values: FloatArray | float, lower: float, upper: float) -> int:
        """Append one row and return its number."""
        number = len(self.lower)
        self.rows.append(np.full(len(columns), number))
        self.columns.append(np.asarray(columns))
        self.values.append(np.broadcast_to(np.asarray(values, dtype=float), (len(columns),)))
        self.lower.append(lower)
        self.upper.append(upper)
        return number

    def at_most(
        self, columns: IntArray, values: FloatArray | float, upper: float, name: RowName | None = None
    ) -> int:
        number = self.add(columns, values, -np.inf, upper)
        if name is not None:
            self.named[name].append(number)
        return number

    def matrix(self, width: int) -> sparse.csc_matrix:
        if not self.rows:
            return sparse.csc_matrix((0, width))
        triplets = (np.concatenate(self.values), (np.concatenate(self.rows), np.concatenate(self.columns)))
        return sparse.csc_matrix(triplets, shape=(len(self.lower), width))


def formulate(instance: Instance, purses: Purses, worth: Worth) -> Model:
    """Return the whole model of ``instance`` with the weighted sum as its cost.

    References
    ----------
    docs/engineers/planning.md#model
    """
    columns = _columns(instance)
    policy = policy_rows(instance)
    base = max(int(block.max(initial=NO_COLUMN)) for block in _blocks(columns)) + 1
    missing = base + np.arange(len(policy))
    districts, years = len(instance.budgets.district_fen), instance.years
    planned_flats = base + len(policy) + np.arange(districts * years).reshape(districts, years)
    width = base + len(policy) + districts * years
    rows = _Rows()
    _once_and_order(rows, instance, columns.x)
    _clusters(rows, instance, purses, columns)
    _houses(rows, instance, columns)
    first_priced = len(rows.lower)
    shared = _purse_rows(rows, instance, purses, columns)
    last_priced = len(rows.lower)
    shared += _flats_of_districts(rows, instance, columns.x, planned_flats)
    shared += _policy(rows, policy, columns.x, planned_flats, missing)
    bound = np.ones(width)
    bound[columns.upper] = (purses.upper_cap / FEN_PER_UNIT)[:, None]
    bound[missing] = np.inf
    bound[planned_flats] = _stock(instance)[:, None]
    whole = np.zeros(width, dtype=bool)
    for block in (columns.x, columns.works, columns.mains, columns.inner):
        whole[block[block >= 0]] = True
    return Model(
        matrix=rows.matrix(width),
        row_lower=np.array(rows.lower),
        row_upper=np.array(rows.upper),
        lower=np.zeros(width),
        upper_bound=bound,
        whole=whole,
        cost=_cost(width, worth, policy, columns, missing),
        x=columns.x,
        works=columns.works,
        mains=columns.mains,
        inner=columns.inner,
        upper=columns.upper,
        missing=missing,
        planned_flats=planned_flats,
        policy=policy,
        shared=np.array(shared, dtype=np.int64),
        priced=(np.arange(len(rows.lower)) >= first_priced) & (np.arange(len(rows.lower)) < last_priced),
        named={name: np.array(numbers, dtype=np.int64) for name, numbers in rows.named.items()},
    )


def _columns(instance: Instance) -> _Columns:
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
    return _Columns(*blocks)


def _blocks(columns: _Columns) -> tuple[IntArray, ...]:
    return columns.x, columns.works, columns.mains, columns.inner, columns.upper


def _numbered(wanted: BoolArray, start: int) -> IntArray:
    numbers = np.full(wanted.shape, NO_COLUMN, dtype=np.int64)
    numbers[wanted] = start + np.arange(int(wanted.sum()))
    return numbers


def _cost(
    width: int, worth: Worth, policy: tuple[PolicyRow, ...], columns: _Columns, missing: IntArray
) -> FloatArray:
    x, works = columns.x, columns.works
    cost = np.zeros(width)
    cost[x[x >= 0]] = (worth.value + worth.stay)[x >= 0]
    opening = np.broadcast_to(worth.opening[:, None], works.shape)
    cost[works[works >= 0]] = -opening[works >= 0]
    cost[missing] = [-row.weight(worth) for row in policy]
    return cost


def _once_and_order(rows: _Rows, instance: Instance, x: IntArray) -> None:
    for columns in x:
        if np.count_nonzero(columns >= 0) > 1:
            rows.at_most(columns[columns >= 0], 1.0, 1.0)
    for before, after in instance.order:
        for year in range(instance.years):
            late, early = _until(x[after], year), _until(x[before], year)
            if len(late):
                values = np.concatenate([np.ones(len(late)), -np.ones(len(early))])
                rows.at_most(np.concatenate([late, early]), values, 0.0, (ORDER, -1, -1))


def _until(columns: IntArray, year: int) -> IntArray:
    earlier = columns[: year + 1]
    return earlier[earlier >= 0]


def _clusters(rows: _Rows, instance: Instance, purses: Purses, blocks: _Columns) -> None:
    x, works, mains, upper = blocks.x, blocks.works, blocks.mains, blocks.upper
    most = float(instance.rules.max_active_years)
    cluster_of = instance.buildings.cluster
    for building, columns in enumerate(x):
        cluster = cluster_of[building]
        for year in np.flatnonzero(columns >= 0).tolist():
            rows.at_most(np.array([columns[year], works[cluster, year]]), np.array([1.0, -1.0]), 0.0)
            by_now, laid = _until(columns, year), mains[cluster, : year + 1]
            values = np.concatenate([np.ones(len(by_now)), -np.ones(len(laid))])
            rows.at_most(np.concatenate([by_now, laid]), values, 0.0)
    for cluster in range(len(instance.clusters)):
        open_works = works[cluster][works[cluster] >= 0]
        if not len(open_works):
            continue
        rows.at_most(mains[cluster], 1.0, 1.0)
        values = np.concatenate([np.ones(len(open_works)), np.full(instance.years, -most)])
        rows.at_most(np.concatenate([open_works, mains[cluster]]), values, 0.0, (WORKS_YEARS, -1, -1))
        for year in range(instance.years):
            laid = mains[cluster, : year + 1]
            if works[cluster, year] >= 0:
                values = np.concatenate([np.ones(1), -np.ones(len(laid))])
                rows.at_most(np.concatenate([works[cluster, year : year + 1], laid]), values, 0.0)
            cap = purses.upper_cap[cluster] / FEN_PER_UNIT
            rows.at_most(np.array([upper[cluster, year], mains[cluster, year]]), np.array([1.0, -cap]), 0.0)


def _houses(rows: _Rows, instance: Instance, blocks: _Columns) -> None:
    """Let nothing be converted inside a house in a year in which its set-up is not paid."""
    for item, columns in enumerate(blocks.x):
        inner = blocks.inner[instance.house_of[item]]
        for year in np.flatnonzero((columns >= 0) & (inner >= 0)).tolist():
            rows.at_most(np.array([columns[year], inner[year]]), np.array([1.0, -1.0]), 0.0)


def _purse_rows(rows: _Rows, instance: Instance, purses: Purses, blocks: _Columns) -> list[int]:
    x, upper = blocks.x, blocks.upper
    shared = []
    for draw in range(len(DRAWS)):
        scale = CREW_PARTS if draw == 0 else FEN_PER_UNIT
        for purse in np.unique(purses.drawn_from[:, draw]):
            if purse == NO_PURSE or draw == DRAW_SUPPLIER:
                continue
            members = np.flatnonzero(purses.drawn_from[:, draw] == purse)
            for year in range(instance.years):
                columns, values = _spending(x, purses, members, draw, _span(purses.carries[purse], year))
                if len(columns):
                    limit, name = purses.available[purse, year] / scale, purses.names[purse]
                    row = rows.at_most(columns, values / scale, limit, (name.source, name.scope, year))
                    if draw:
                        shared.append(row)
    for supplier in range(len(purses.supplier_purse)):
        _supplier_rows(rows, instance, purses, supplier, blocks)
    for year in range(instance.years):
        columns = upper[:, _span(purses.upper_carries, year)].ravel()
        if len(columns):
            limit = purses.upper_available[year] / FEN_PER_UNIT
            shared.append(rows.at_most(columns, 1.0, limit, ("UPPER", 0, year)))
    return shared


def _span(carries: bool | np.bool_, year: int) -> slice:
    return slice(0, year + 1) if carries else slice(year, year + 1)


def _spending(
    x: IntArray, purses: Purses, members: IntArray, draw: int, span: slice
) -> tuple[IntArray, FloatArray]:
    columns = x[members, span]
    amounts = np.broadcast_to(purses.amount[members, draw][:, None], columns.shape)
    return columns[columns >= 0], amounts[columns >= 0].astype(float)


def _supplier_rows(rows: _Rows, instance: Instance, purses: Purses, supplier: int, blocks: _Columns) -> None:
    purse = purses.supplier_purse[supplier]
    members = np.flatnonzero(purses.drawn_from[:, DRAW_SUPPLIER] == purse)
    own = np.flatnonzero(instance.clusters.supplier == supplier)
    houses = np.unique(instance.house_of[instance.buildings.supplier == supplier])
    for year in range(instance.years):
        span = _span(purses.carries[purse], year)
        columns, values = _spending(blocks.x, purses, members, DRAW_SUPPLIER, span)
        parts, amounts = [columns], [values]
        for block, places, cost in (
            (blocks.works, own, instance.clusters.mobilise_fen),
            (blocks.mains, own, instance.clusters.mains_fen),
            (blocks.inner, houses, instance.set_up_fen),
            (blocks.upper, own, np.full(len(instance.clusters), -FEN_PER_UNIT)),
        ):
            chosen = block[places, span]
            parts.append(chosen[chosen >= 0])
            amounts.append(np.broadcast_to(cost[places][:, None], chosen.shape)[chosen >= 0].astype(float))
        joined = np.concatenate(parts)
        if len(joined):
            limit = purses.available[purse, year] / FEN_PER_UNIT
            rows.at_most(joined, np.concatenate(amounts) / FEN_PER_UNIT, limit, ("SUPPLIER", supplier, year))


def _stock(instance: Instance) -> FloatArray:
    b = instance.buildings
    flats = np.bincount(b.district, weights=b.flats, minlength=len(instance.budgets.district_fen))
    return flats.astype(float)


def _flats_of_districts(rows: _Rows, instance: Instance, x: IntArray, planned_flats: IntArray) -> list[int]:
    """Count the flats of a district and year once, so that the many fairness rows stay short."""
    b, numbers = instance.buildings, []
    for district in range(len(planned_flats)):
        inside = np.flatnonzero(b.district == district)
        for year in range(instance.years):
            columns = x[inside, year]
            flats = b.flats[inside][columns >= 0].astype(float)
            joined = np.append(columns[columns >= 0], planned_flats[district, year])
            numbers.append(rows.add(joined, np.append(flats, -1.0), 0.0, 0.0))
    return numbers


def _policy(
    rows: _Rows, policy: tuple[PolicyRow, ...], x: IntArray, planned_flats: IntArray, missing: IntArray
) -> list[int]:
    numbers = []
    for row, column in zip(policy, missing, strict=True):
        if row.kind == FAIRNESS:
            span = planned_flats[:, : row.year + 1]
            parts = np.full(span.shape, -row.share)
            parts[row.scope] += 1.0
            columns, values = span.ravel(), parts.ravel()
        else:
            counted = (x >= 0) & (row.count != 0.0)
            columns, values = x[counted], row.count[counted].ravel()
        numbers.append(rows.add(np.append(columns, column), np.append(values, 1.0), row.wanted, np.inf))
    return numbers
