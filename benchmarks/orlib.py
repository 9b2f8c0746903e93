"""Published problems of OR-Library as programs, each with its published optimum (data/orlib/NOTICE.md)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse

from fenhu.planning.highs import Program
from fenhu.planning.instance import FloatArray

DATA = Path(__file__).parent / "data" / "orlib"
GAP1_OPTIMA = (336.0, 327.0, 339.0, 341.0, 326.0)  # OR-Library's gapopt


def knapsacks() -> Iterator[tuple[Program, float]]:
    """Yield every multi-dimensional knapsack of mknap1 and its optimum."""
    numbers = _numbers("mknap1.txt")
    for _ in range(int(next(numbers))):
        items, limits, optimum = int(next(numbers)), int(next(numbers)), next(numbers)
        value, use = _take(numbers, items), _take(numbers, limits * items).reshape(limits, items)
        yield _whole(value, sparse.csc_matrix(use), np.full(limits, -np.inf), _take(numbers, limits)), optimum


def assignments() -> Iterator[tuple[Program, float]]:
    """Yield every generalised assignment of gap1, each job done by exactly one agent, and its optimum."""
    numbers = _numbers("gap1.txt")
    assert int(next(numbers)) == len(GAP1_OPTIMA)
    for optimum in GAP1_OPTIMA:
        agents, jobs = int(next(numbers)), int(next(numbers))
        value, use = _take(numbers, agents * jobs), _take(numbers, agents * jobs).reshape(agents, jobs)
        room = _take(numbers, agents)
        once = sparse.hstack([sparse.identity(jobs)] * agents)
        matrix = sparse.csc_matrix(sparse.vstack([sparse.block_diag(list(use[:, None, :])), once]))
        lower = np.concatenate([np.full(agents, -np.inf), np.ones(jobs)])
        yield _whole(value, matrix, lower, np.concatenate([room, np.ones(jobs)])), optimum


def _whole(value: FloatArray, matrix: sparse.csc_matrix, lower: FloatArray, upper: FloatArray) -> Program:
    count = len(value)
    return Program(
        matrix=matrix, row_lower=lower, row_upper=upper, lower=np.zeros(count), upper=np.ones(count),
        cost=value, whole=np.ones(count, dtype=bool),
    )  # fmt: skip


def _numbers(file: str) -> Iterator[float]:
    return iter([float(word) for word in (DATA / file).read_text().split()])


def _take(numbers: Iterator[float], count: int) -> FloatArray:
    return np.array([next(numbers) for _ in range(count)])
