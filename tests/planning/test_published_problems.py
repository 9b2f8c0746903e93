"""The door to HiGHS finds the published optimum of every published problem."""

from __future__ import annotations

import pytest
from benchmarks.published_problems import assignments, knapsacks

from fenhu.planning.model.highs import solve_program

PETERSEN = [3800, 8706.1, 4015, 6120, 12400, 10618, 16537]  # Management Science 13(9), 1967
OSMAN = [336, 327, 339, 341, 326]  # OR-Library gapopt, gap1


@pytest.mark.parametrize(("problems", "published"), [(knapsacks, PETERSEN), (assignments, OSMAN)])
def test_published_optima_are_found_and_proven(problems, published):
    answers = [(solve_program(program), optimum) for program, optimum in problems()]
    assert [optimum for _, optimum in answers] == published
    assert all(answer.finished for answer, _ in answers)
    assert [answer.objective for answer, _ in answers] == pytest.approx(published)
