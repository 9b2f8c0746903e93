"""Published problems as programs, each with its optimum; published_problems.toml names the sources."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from fenhu.planning.model.highs import Program
from fenhu.planning.task.instance import FloatArray

FIGURES = Path(__file__).with_suffix(".toml")


def knapsacks() -> Iterator[tuple[Program, float]]:
    """Yield every multi-dimensional knapsack and its optimum."""
    for one in _published("knapsack"):
        limit = np.array(one["limit"], dtype=float)
        use = sparse.csc_matrix(np.array(one["use"], dtype=float))
        value = np.array(one["value"], dtype=float)
        yield _whole(value, use, np.full(len(limit), -np.inf), limit), float(one["optimum"])


def assignments() -> Iterator[tuple[Program, float]]:
    """Yield every generalised assignment, each job done by exactly one agent, and its optimum."""
    for one in _published("assignment"):
        value, use = np.array(one["value"], dtype=float), np.array(one["use"], dtype=float)
        agents, jobs = value.shape
        once = sparse.hstack([sparse.identity(jobs)] * agents)
        matrix = sparse.csc_matrix(sparse.vstack([sparse.block_diag(list(use[:, None, :])), once]))
        lower = np.concatenate([np.full(agents, -np.inf), np.ones(jobs)])
        upper = np.concatenate([np.array(one["room"], dtype=float), np.ones(jobs)])
        yield _whole(value.ravel(), matrix, lower, upper), float(one["optimum"])


def _published(kind: str) -> Sequence[Mapping[str, Any]]:
    problems: Sequence[Mapping[str, Any]] = tomllib.loads(FIGURES.read_text(encoding="utf-8"))[kind]
    return problems


def _whole(value: FloatArray, matrix: sparse.csc_matrix, lower: FloatArray, upper: FloatArray) -> Program:
    count = len(value)
    return Program(
        matrix=matrix, row_lower=lower, row_upper=upper, lower=np.zeros(count), upper=np.ones(count),
        cost=value, whole=np.ones(count, dtype=bool),
    )  # fmt: skip
