"""The model cut into one block a supplier at given prices, each solved in whole numbers.

With prices on the rows that suppliers share (reward money, repair fund, owner units, upper-level money, rules
of the policy) the model falls apart into independent blocks. The prices of the market already bound every
block: what its own limits are worth and what its clusters gain. Block after block, that bound gives way to
the whole-numbered one, so the whole only falls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from fenhu.planning.model.formulation import Model
from fenhu.planning.model.highs import Program, solve_program
from fenhu.planning.model.prices import Deal, Found, Market, Stop, prices
from fenhu.planning.task.instance import FloatArray, IntArray

BLOCK_NODES = 100
BLOCK_GAP = 2e-3


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a market at the prices of a deal: ``loose`` is what these prices prove of each."""

    model: Model
    by_row: sparse.csr_matrix
    cost: FloatArray
    columns: tuple[IntArray, ...]
    rows: tuple[IntArray, ...]
    loose: FloatArray


def whole_program(model: Model) -> Program:
    """Return the whole model as a program."""
    return Program(
        matrix=model.matrix,
        row_lower=model.row_lower,
        row_upper=model.row_upper,
        lower=model.lower,
        upper=model.upper_bound,
        cost=model.cost,
        whole=model.whole,
    )


def cut_into_blocks(market: Market, at: Deal) -> Blocks:
    """Return the blocks of the market's model at the prices of ``at``, smallest first."""
    model, by_row = market.model, market.model.matrix.tocsr()
    price = np.zeros(by_row.shape[0])
    price[market.rows] = prices(market, at.height)
    paid, shared = np.zeros_like(price), np.zeros(len(price), dtype=bool)
    shared[model.shared] = True
    limit = np.where(np.isfinite(model.row_upper), model.row_upper, model.row_lower)
    paid[market.rows] = (price * limit)[market.rows]
    private = np.flatnonzero(~shared)
    count, label = connected_components(_joined(by_row[private]), directed=False)
    row_label, column_label = np.split(label.astype(np.int64), [len(private)])
    loose = np.bincount(row_label, weights=paid[private], minlength=count)
    of_cluster = column_label[model.mains[market.tables.clusters, 0]]
    loose += np.bincount(of_cluster, weights=at.gain, minlength=count)
    chosen = np.unique(of_cluster)
    size = np.bincount(column_label, minlength=count)[chosen]
    chosen = chosen[np.argsort(size, kind="stable")]
    return Blocks(
        model=model,
        by_row=by_row,
        cost=model.cost - model.matrix.T @ np.where(shared, price, 0.0),
        columns=_members(column_label, chosen),
        rows=tuple(private[one] for one in _members(row_label, chosen)),
        loose=loose[chosen],
    )


def lower_by_blocks(
    blocks: Blocks, bound: float, most_columns: int, found: Found, stop: Stop, seconds: Callable[[], float]
) -> float:
    """Return ``bound`` after blocks are solved, smallest first, until ``most_columns`` are through.

    Small suppliers, with few mains to share, gain the most and cost the least; ``found`` hears of each step.
    """
    solved = 0
    for number, columns in enumerate(blocks.columns):
        solved += len(columns)
        if solved > most_columns or stop() or seconds() <= 0.0:
            break
        answer = solve_program(
            _program(blocks, number), nodes=BLOCK_NODES, gap=BLOCK_GAP, seconds=seconds(), cancelled=stop
        )
        bound -= max(0.0, blocks.loose[number] - answer.bound)
        found(bound)
    return bound


def _members(label: IntArray, chosen: IntArray) -> tuple[IntArray, ...]:
    """Return, for every chosen label, where it stands."""
    order = np.argsort(label, kind="stable")
    start = np.searchsorted(label[order], chosen)
    end = np.searchsorted(label[order], chosen, side="right")
    return tuple(order[first:last] for first, last in zip(start, end, strict=True))


def _joined(inside: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the graph in which a row is joined to every column it holds: rows first, then columns."""
    rows, columns = inside.nonzero()
    size = sum(inside.shape)
    ends = (rows, columns + inside.shape[0])
    return sparse.csr_matrix((np.ones(len(rows)), ends), shape=(size, size))


def _program(blocks: Blocks, number: int) -> Program:
    model, rows, columns = blocks.model, blocks.rows[number], blocks.columns[number]
    return Program(
        matrix=blocks.by_row[rows][:, columns].tocsc(),
        row_lower=model.row_lower[rows],
        row_upper=model.row_upper[rows],
        lower=model.lower[columns],
        upper=model.upper_bound[columns],
        cost=blocks.cost[columns],
        whole=model.whole[columns],
    )
