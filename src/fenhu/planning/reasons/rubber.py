"""The relaxation with every limit made of rubber: what has to be stretched says what stands in the way.

Every purse's year, every supplier's crews of a year, the residents' consent, fixed and left-out buildings,
the order, the years of works of a cluster and the cost of mains is one ``Limit``. A limit is held or free;
free, its columns let the relaxation take more than there is. So one linear program, asked again and again,
answers which limits and demands cannot be had together and what the cheapest stretch would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from fenhu.planning.model.formulation import ORDER, WORKS_YEARS, Model, counted_columns, formulate
from fenhu.planning.model.highs import Answer, HotRelaxation, Program
from fenhu.planning.reasons.demands import weight_of
from fenhu.planning.task.instance import FloatArray, Instance, IntArray, no_years
from fenhu.planning.task.purses import Purses, purses_of
from fenhu.planning.task.shortfall import PolicyRow
from fenhu.planning.task.worth import worth_of

CONSENT, DECISION, MAINS = "CONSENT", "DECISION", "MAINS"
MISSED_EASE = 1e-3  # flats: less than this is the solver's rounding, not a shortfall
_SUPPORT_EASE = 1e-8


@dataclass(frozen=True, slots=True, order=True)
class Limit:
    """One thing that limits a plan: a purse or crew with its scope and year, or a rule of the works."""

    source: str
    scope: int = -1
    year: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What is missed at least: in all (in flats), of every demand, and the limits and demands that matter."""

    total: float
    by_demand: FloatArray
    limits: frozenset[Limit]
    demands: frozenset[int]

    @property
    def nothing(self) -> bool:
        """Return whether nothing has to be missed."""
        return self.total <= MISSED_EASE


class Rubber:
    """The rubber relaxation of one instance and the demands made of it."""

    def __init__(self, instance: Instance, demands: Sequence[PolicyRow]) -> None:
        self.instance, self.demands = instance, tuple(demands)
        opened = _opened(instance)
        self.purses = purses_of(instance)
        self.model = formulate(opened, self.purses, worth_of(opened))
        parts = _Parts(self.model)
        self.columns = _limit_columns(parts, instance, self.purses, self.model)
        self.missing = np.array([_missing_column(parts, self.model, row) for row in self.demands])
        self._program, self._stretch = parts.program(), parts.upper
        self._hot = HotRelaxation(self._program)

    @property
    def limits(self) -> frozenset[Limit]:
        """Return every limit there is."""
        return frozenset(self.columns)

    def whole_program(self) -> Program:
        """Return the whole-numbered program that misses as little as it can with every limit held."""
        upper = self._upper(self.limits)
        return replace(self._program, upper=upper, cost=self._missing_cost(range(len(self.demands))))

    def least_missed(self, held: Iterable[Limit], demanded: Iterable[int]) -> Missed:
        """Return what is missed at least of the demands ``demanded`` where only ``held`` limits hold."""
        held, demanded = frozenset(held), list(demanded)
        cost = self._missing_cost(demanded)
        answer = self._solved(cost, self._upper(held))
        assert answer.values is not None
        reduced = cost - self._program.matrix.T @ answer.row_duals
        return Missed(
            total=max(0.0, -answer.objective),
            by_demand=answer.values[self.missing],
            limits=frozenset(
                one for one in held if np.abs(reduced[self.columns[one]]).max(initial=0.0) > _SUPPORT_EASE
            ),
            demands=frozenset(one for one in demanded if self._matters(one, cost, reduced)),
        )

    def cheapest(self, prices: Mapping[Limit, float], demanded: Sequence[int]) -> dict[Limit, float] | None:
        """Return the cheapest amounts of the limits priced that let nothing be missed; None if none do.

        Amounts are in 10,000 yuan and crew days, ``prices`` in anything for one of these.
        """
        held = self.limits.difference(prices)
        if not self.least_missed(held, demanded).nothing:
            return None
        upper = self._upper(held)
        upper[self.missing[list(demanded)]] = MISSED_EASE / 10.0
        cost = np.zeros(len(upper))
        for one, price in prices.items():
            cost[self.columns[one]] = -price
        answer = self._solved(cost, upper)
        assert answer.values is not None
        amounts = {one: float(answer.values[self.columns[one]].sum()) for one in prices}
        return {one: amount for one, amount in amounts.items() if amount > _SUPPORT_EASE * 100}

    def _matters(self, demand: int, cost: FloatArray, reduced: FloatArray) -> bool:
        column = self.missing[demand]
        return bool(abs(cost[column] - reduced[column]) > _SUPPORT_EASE)

    def _missing_cost(self, demanded: Iterable[int]) -> FloatArray:
        cost = np.zeros(self._program.matrix.shape[1])
        for one in demanded:
            cost[self.missing[one]] = -weight_of(self.demands[one])
        return cost

    def _upper(self, held: frozenset[Limit]) -> FloatArray:
        upper = self._stretch.copy()
        for one in held:
            upper[self.columns[one]] = 0.0
        return upper

    def _solved(self, cost: FloatArray, upper: FloatArray) -> Answer:
        return self._hot.solve(cost, self._program.lower, upper)


class _Parts:
    """The model's columns with those of rubber beside them."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.width = model.matrix.shape[1]
        self.added: list[sparse.csc_matrix] = []
        self.upper = model.upper_bound.copy()
        self.whole = list(model.whole)
        self.extra_rows: list[tuple[IntArray, FloatArray, float]] = []

    def add(self, rows: IntArray, values: FloatArray | float, upper: float) -> int:
        """Append one column and return its number."""
        height = self.model.matrix.shape[0]
        amounts = np.broadcast_to(np.asarray(values, dtype=float), (len(rows),))
        column = sparse.csc_matrix((amounts, (rows, np.zeros(len(rows), dtype=np.int64))), shape=(height, 1))
        self.added.append(column)
        self.upper = np.append(self.upper, upper)
        self.whole.append(False)
        self.width += 1
        return self.width - 1

    def demand(self, columns: IntArray, values: FloatArray, wanted: float) -> None:
        """Append the row ``values @ columns >= wanted``."""
        self.extra_rows.append((columns, values, wanted))

    def program(self) -> Program:
        """Return the model with what was added."""
        wide = sparse.csc_matrix(sparse.hstack([self.model.matrix, *self.added]))
        extra = sparse.lil_matrix((len(self.extra_rows), self.width))
        for number, (columns, values, _) in enumerate(self.extra_rows):
            extra[number, columns] = values
        wanted = np.array([one for *_, one in self.extra_rows])
        return Program(
            matrix=sparse.csc_matrix(sparse.vstack([wide, extra])),
            row_lower=np.concatenate([self.model.row_lower, wanted]),
            row_upper=np.concatenate([self.model.row_upper, np.full(len(wanted), np.inf)]),
            lower=np.zeros(self.width),
            upper=self.upper,
            cost=np.zeros(self.width),
            whole=np.array(self.whole, dtype=bool),
        )


def _opened(instance: Instance) -> Instance:
    """Return the instance without consent, fixed years and what was left out by decision."""
    b = instance.buildings
    free = replace(
        b,
        earliest=np.zeros_like(b.earliest),
        forbidden=np.zeros_like(b.forbidden),
        pinned_year=no_years(len(b)),
    )
    return replace(instance, buildings=free)


def _limit_columns(parts: _Parts, instance: Instance, purses: Purses, model: Model) -> dict[Limit, IntArray]:
    columns = _closed_columns(instance, model)
    carried = {
        (name.source, name.scope): bool(carries)
        for name, carries in zip(purses.names, purses.carries, strict=True)
    }
    carried["UPPER", 0] = purses.upper_carries
    for (source, scope, year), rows in model.named.items():
        if source in (ORDER, WORKS_YEARS):
            columns[Limit(source)] = np.array([parts.add(rows, -1.0, float(instance.years))])
            continue
        later = range(year, instance.years if carried[source, scope] else year + 1)
        spanned = [model.named[source, scope, one] for one in later if (source, scope, one) in model.named]
        columns[Limit(source, scope, year)] = np.array([parts.add(np.concatenate(spanned), -1.0, np.inf)])
    columns[Limit(MAINS)] = _free_mains(parts, model)
    return {limit: numbers for limit, numbers in columns.items() if len(numbers)}


def _closed_columns(instance: Instance, model: Model) -> dict[Limit, IntArray]:
    b, years = instance.buildings, np.arange(instance.years)
    unagreed = years[None, :] < b.earliest[:, None]
    decided = (model.x >= 0) & ~unagreed & ~instance.open_years
    return {
        Limit(CONSENT): model.x[(model.x >= 0) & unagreed],
        Limit(DECISION): model.x[decided],
    }


def _free_mains(parts: _Parts, model: Model) -> IntArray:
    """Append mains that cost nothing: the model's columns without the rows in which money is spent."""
    spends = np.zeros(model.matrix.shape[0], dtype=bool)
    spends[model.matrix[:, model.upper.ravel()].tocoo().row] = True
    copied = model.matrix[:, model.mains.ravel()].tocsc()
    numbers = []
    for start, end in zip(copied.indptr[:-1], copied.indptr[1:], strict=True):
        rows, values = copied.indices[start:end].astype(np.int64), copied.data[start:end]
        numbers.append(parts.add(rows[~spends[rows]], values[~spends[rows]], 1.0))
    return np.array(numbers, dtype=np.int64)


def _missing_column(parts: _Parts, model: Model, demand: PolicyRow) -> int:
    """Return the column of what is missed of a demand; one that is no rule gets its own row."""
    for row, column in zip(model.policy, model.missing, strict=True):
        if (row.kind, row.scope, row.year, row.wanted) == (
            demand.kind,
            demand.scope,
            demand.year,
            demand.wanted,
        ):
            return int(column)
    column = parts.add(np.zeros(0, dtype=np.int64), 0.0, np.inf)
    columns, each = counted_columns(demand, model.x)
    parts.demand(np.append(columns, column), np.append(each, 1.0), demand.wanted)
    return column
