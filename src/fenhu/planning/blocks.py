"""Bounds and prices: the relaxation, and the model cut into one block a supplier at the prices it names.

With prices on the shared rows (reward money, repair fund, owner units, upper-level money, policy) the model
falls apart into independent blocks. For any prices of the right sign

    bound = sum over shared rows of price * limit + sum over blocks of max (value - price * use)

is above every plan. Block after block, the relaxation is replaced by the whole-numbered optimum, so the bound
starts at the relaxation and only falls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from fenhu.planning.formulation import Model
from fenhu.planning.highs import Answer, Cancelled, Program, solve_program
from fenhu.planning.instance import FloatArray, IntArray

BLOCK_NODES = 100
BLOCK_GAP = 2e-3


@dataclass(frozen=True, slots=True)
class Blocks:
    """The model at given prices: what the shared rows are worth, and a program for every block."""

    constant: float
    programs: tuple[Program, ...]


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


def prices_of_use(model: Model, answer: Answer) -> FloatArray:
    """Return what the money and crews of every building and year cost at the relaxation's prices."""
    duals = np.where(model.priced, np.maximum(answer.row_duals, 0.0), 0.0)
    used = model.matrix.T @ duals
    return np.where(model.x >= 0, used[model.x], 0.0)


def cut_into_blocks(model: Model, answer: Answer) -> Blocks:
    """Return the blocks of ``model`` at the prices of its relaxation."""
    by_row = model.matrix.tocsr()
    shared, private = model.shared, np.setdiff1d(np.arange(by_row.shape[0]), model.shared)
    is_limit = np.isfinite(model.row_upper[shared])
    is_demand = np.isfinite(model.row_lower[shared])
    prices = answer.row_duals[shared]
    prices = np.where(is_demand, prices, np.maximum(prices, 0.0))
    prices = np.where(is_limit, prices, np.minimum(prices, 0.0))
    # a price above the penalty would make missing the rule worth nothing less than infinitely much
    dearest = np.zeros(len(shared))
    dearest[len(shared) - len(model.missing) :] = model.cost[model.missing]
    prices = np.where(is_limit, prices, np.maximum(prices, dearest))
    limits = np.where(is_limit, model.row_upper[shared], model.row_lower[shared])
    cost = model.cost - by_row[shared].T @ prices
    inside = by_row[private]
    _, label = connected_components(_joined(inside), directed=False)
    row_label, column_label = label[: len(private)], label[len(private) :]
    programs = []
    for one in np.unique(column_label):
        columns = np.flatnonzero(column_label == one)
        rows = private[row_label == one]
        programs.append(_block(model, by_row, rows, columns, cost))
    return Blocks(float(prices @ limits), tuple(programs))


def block_bound(
    blocks: Blocks,
    most_columns: int,
    found: Callable[[float], None],
    stop: Cancelled,
    seconds: Callable[[], float],
) -> float:
    """Return the bound after the blocks are solved, smallest first, until ``most_columns`` are through.

    Small suppliers, with few mains to share, gain the most and cost the least; ``found`` hears of each step.
    """
    loose = [_loose_bound(program) for program in blocks.programs]
    bound = blocks.constant + sum(loose)
    found(bound)
    sizes = [program.matrix.shape[1] for program in blocks.programs]
    columns = 0
    for number in np.argsort(sizes, kind="stable"):
        program = blocks.programs[number]
        if not program.matrix.shape[0]:
            continue
        columns += sizes[number]
        if columns > most_columns or stop() or seconds() <= 0.0:
            break
        answer = solve_program(program, nodes=BLOCK_NODES, gap=BLOCK_GAP, seconds=seconds(), cancelled=stop)
        bound += min(answer.bound, loose[number]) - loose[number]
        found(bound)
    return bound


def _joined(inside: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the graph in which a row is joined to every column it holds: rows first, then columns."""
    rows, columns = inside.nonzero()
    size = sum(inside.shape)
    ends = (rows, columns + inside.shape[0])
    return sparse.csr_matrix((np.ones(len(rows)), ends), shape=(size, size))


def _block(
    model: Model, by_row: sparse.csr_matrix, rows: IntArray, columns: IntArray, cost: FloatArray
) -> Program:
    return Program(
        matrix=by_row[rows][:, columns].tocsc(),
        row_lower=model.row_lower[rows],
        row_upper=model.row_upper[rows],
        lower=model.lower[columns],
        upper=model.upper_bound[columns],
        cost=cost[columns],
        whole=model.whole[columns],
    )


def _loose_bound(program: Program) -> float:
    if not program.matrix.shape[0]:
        useful = program.cost > 0.0
        return float((program.cost * np.where(useful, program.upper, 0.0)).sum()) if useful.any() else 0.0
    return solve_program(program, relaxed=True).bound
