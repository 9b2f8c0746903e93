"""How much better the planner's plan is than what HiGHS alone finds on the same model in the same time.

Run ``python benchmarks/planning.py [INSTANCE_DIR]``. The planner runs first, by counted work; HiGHS then gets
the whole model, the clerk's ranking to begin from and the seconds the planner took. What counts is how many
times what HiGHS reaches the planner reaches, and the two gaps.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from fenhu.planning import Instance, greedy, read_instance, score, solve
from fenhu.planning.blocks import whole_program
from fenhu.planning.explain import years_array
from fenhu.planning.formulation import formulate
from fenhu.planning.highs import solve_program
from fenhu.planning.points import point_of, years_of_point
from fenhu.planning.purses import purses_of
from fenhu.planning.task import state_of, task_of
from fenhu.planning.worth import worth_of

FUXIN = Path(__file__).parents[1] / "tests" / "data" / "planning" / "fuxin1k"


def highs_alone(instance: Instance, seconds: float) -> tuple[float, float]:
    """Return the worth and the bound HiGHS reaches from the clerk's ranking within ``seconds``."""
    purses, worth = purses_of(instance), worth_of(instance)
    model, task = formulate(instance, purses, worth), task_of(instance, purses, worth)
    ranked = state_of(instance, purses, task, years_array(greedy(instance)))
    assert ranked is not None
    start = point_of(instance, model, task, ranked)
    answer = solve_program(whole_program(model), start=start, seconds=seconds)
    assert answer.values is not None
    return score(instance, years_of_point(model, answer.values)), answer.bound


def compare(instance: Instance, effort: int) -> dict[str, float]:
    """Return what both reach, how far each is proven, and the ratio of what they reach."""
    begin = time.perf_counter()
    ours = solve(instance, seconds=3600.0, effort=effort)
    seconds = time.perf_counter() - begin
    highs, bound = highs_alone(instance, seconds)
    return {
        "seconds": seconds, "ranking": ours.baseline, "fenhu": ours.objective, "highs": highs,
        "ratio": ours.objective / highs,
        "fenhu_gap": ours.gap, "highs_gap": (bound - highs) / abs(bound),
    }  # fmt: skip


def main() -> None:
    """Print the comparison as JSON."""
    parser = argparse.ArgumentParser(description="Compare the planner with HiGHS alone.")
    parser.add_argument("folder", type=Path, nargs="?", default=FUXIN, help="an instance folder")
    parser.add_argument("--effort", type=int, default=12, help="how long the planner searches, in rounds")
    asked = parser.parse_args()
    sys.stdout.write(json.dumps(compare(read_instance(asked.folder), asked.effort), indent=1) + "\n")


if __name__ == "__main__":
    main()
