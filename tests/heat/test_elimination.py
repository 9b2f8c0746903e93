"""The sparse elimination against a dense solution."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.heat.elimination import eliminate, solve_symmetric


@settings(max_examples=60, deadline=None)
@given(size=st.integers(1, 30), edges=st.integers(0, 60), seed=st.integers(0, 10**6))
def test_solution_matches_a_dense_solve(size, edges, seed):
    rng = np.random.default_rng(seed)
    first, second = rng.integers(0, size, edges), rng.integers(0, size, edges)
    weight = rng.uniform(0.1, 10.0, edges)
    pattern, position, slot = eliminate(size, first, second)
    dense = np.diag(rng.uniform(0.1, 1.0, size))
    diagonal, off = np.zeros(size), np.zeros(len(pattern.row))
    for i, j, w, s in zip(first, second, weight, slot, strict=True):
        if i != j:
            dense[[i, j], [i, j]] += w
            dense[[i, j], [j, i]] -= w
            off[s] -= w
    right = rng.normal(size=size)
    diagonal[position] = np.diag(dense)
    unknown = np.empty(size)
    unknown[position] = right
    solve_symmetric(pattern, diagonal, off, unknown)
    assert unknown[position] == pytest.approx(np.linalg.solve(dense, right), rel=1e-8, abs=1e-10)


def test_a_tree_needs_no_fill_in():
    pattern, _, _ = eliminate(50, np.arange(49), np.arange(1, 50))
    assert len(pattern.row) == 49
