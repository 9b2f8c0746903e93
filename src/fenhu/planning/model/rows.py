"""Rows of a program gathered as triplets, many at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from fenhu.planning.task.instance import BoolArray, FloatArray, IntArray

NO_COLUMN = -1
NO_ROW = -1

RowName = tuple[str, int, int]


@dataclass(slots=True)
class Rows:
    """Rows so far: their entries, limits and, for some, the name others find them by."""

    rows: list[IntArray] = field(default_factory=list)
    columns: list[IntArray] = field(default_factory=list)
    values: list[FloatArray] = field(default_factory=list)
    lower: list[FloatArray] = field(default_factory=list)
    upper: list[FloatArray] = field(default_factory=list)
    named: dict[RowName, IntArray] = field(default_factory=dict)
    height: int = 0

    def add(
        self,
        row: IntArray,
        column: IntArray,
        value: FloatArray,
        lower: FloatArray | float,
        upper: FloatArray | float,
        count: int,
    ) -> IntArray:
        """Append ``count`` rows given by their entries and return their numbers.

        ``row`` counts from 0 among the rows added. Entries without a column are left out, and so is a row
        without entries: its number is NO_ROW.
        """
        there = column != NO_COLUMN
        row, column, value = row[there], column[there], value[there]
        filled = np.bincount(row, minlength=count) > 0
        number = np.where(filled, self.height + np.cumsum(filled) - 1, NO_ROW)
        self.rows.append(number[row])
        self.columns.append(column)
        self.values.append(value)
        self.lower.append(np.broadcast_to(lower, (count,))[filled])
        self.upper.append(np.broadcast_to(upper, (count,))[filled])
        self.height += int(filled.sum())
        return number

    def table(
        self, columns: IntArray, values: FloatArray | float, upper: FloatArray | float, lower: float = -np.inf
    ) -> IntArray:
        """Append a row for every line of ``columns``; ``values`` are spread over it."""
        count, width = columns.shape
        row = np.repeat(np.arange(count), width)
        spread = np.broadcast_to(np.asarray(values, dtype=float), columns.shape)
        return self.add(row, columns.ravel(), spread.ravel(), lower, upper, count)

    def name(self, source: str, numbers: IntArray) -> None:
        """Remember rows that are one limit, whichever building or cluster it meets, as (source, -1, -1)."""
        self.named[(source, -1, -1)] = numbers[numbers != NO_ROW]

    def name_yearly(self, source: str, scope: int, numbers: IntArray) -> None:
        """Remember the rows of a purse, one a year, as (source, scope, year)."""
        for year, number in enumerate(numbers.tolist()):
            if number != NO_ROW:
                self.named[(source, scope, year)] = np.array([number], dtype=np.int64)

    def matrix(self, width: int) -> sparse.csc_matrix:
        """Return the rows as a matrix of ``width`` columns."""
        if not self.rows:
            return sparse.csc_matrix((0, width))
        triplets = (np.concatenate(self.values), (np.concatenate(self.rows), np.concatenate(self.columns)))
        return sparse.csc_matrix(triplets, shape=(self.height, width))

    def limits(self) -> tuple[FloatArray, FloatArray]:
        """Return the lower and the upper limit of every row."""
        nothing = [np.zeros(0)]
        return np.concatenate(self.lower or nothing), np.concatenate(self.upper or nothing)


def until(columns: IntArray) -> IntArray:
    """Return, for every row and year of ``columns``, the columns up to and including that year."""
    years = columns.shape[1]
    return np.where(np.tri(years, dtype=bool), columns[:, None, :], NO_COLUMN)


def spread(scope: IntArray, year: IntArray, carries: BoolArray, years: int) -> tuple[IntArray, IntArray]:
    """Return on which rows (scope x years) spending in ``year`` weighs: numbers of entries, and their rows.

    Where a scope carries over, what is spent weighs on every later year too.
    """
    entries, rows = [], []
    for later in range(years):
        weighing = np.flatnonzero((year + later < years) & (carries[scope] | (later == 0)))
        entries.append(weighing)
        rows.append(scope[weighing] * years + year[weighing] + later)
    return np.concatenate(entries), np.concatenate(rows)
