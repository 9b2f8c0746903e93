"""Measure the planner: what is asked of it, and what rankings, HiGHS alone and CP-SAT reach beside it.

Run ``python benchmarks/planning.py CASE``; every case is a process of its own and prints JSON. ``report.py``
runs them all and writes the page. The peers get the same instance, the same two cores and the same seconds.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from measuring import Others, seconds
from planning_city import planning_city
from published_problems import assignments, knapsacks

from fenhu.planning import Changes, Instance, PurseChange, changed, greedy, read_instance, score, solve
from fenhu.planning.again.holding import Stage, Standing
from fenhu.planning.again.replan import replan
from fenhu.planning.model.blocks import whole_program
from fenhu.planning.model.formulation import Model, formulate
from fenhu.planning.model.highs import solve_program
from fenhu.planning.model.judge import violations
from fenhu.planning.reasons.explain import Explainer, years_array
from fenhu.planning.reasons.whys import why
from fenhu.planning.search.goals import WEIGHTED
from fenhu.planning.search.greedy import by_cluster
from fenhu.planning.search.incumbent import Incumbent
from fenhu.planning.search.points import point_of, years_of_point
from fenhu.planning.task.instance import NO_YEAR
from fenhu.planning.task.purses import purses_of
from fenhu.planning.task.worth import worth_of

DATA = Path(__file__).parents[1] / "tests" / "data" / "planning"
ALL_THE_TIME = 100_000  # effort that only the seconds end
SHORT_S, LONG_S, LARGE_S = 10.0, 60.0, 120.0
DROP_OUTS, LESS, PURSE, STAY_WEIGHT = 10, 0.9, "REPAIR", 1.0
ASKED = 40


def tiny() -> dict[str, object]:
    """Return how long a whole process takes to prove tiny60, from its start to the printed plan."""
    work = "from pathlib import Path; from fenhu.planning import read_instance, solve; import sys; "
    work += "found = solve(read_instance(Path(sys.argv[1]))); print(found.status, found.objective)"
    command = [sys.executable, "-c", work, str(DATA / "tiny60")]
    subprocess.run(command, check=True, capture_output=True)  # compiles, if nothing is compiled yet
    begin, used = time.perf_counter(), _children_s()
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return {
        "seconds": time.perf_counter() - begin, "processor_s": _children_s() - used,
        "status": said[0], "objective": float(said[1]),
    }  # fmt: skip


def fuxin() -> dict[str, object]:
    """Return what the planner reaches on fuxin1k in a short and in a long time."""
    instance = read_instance(DATA / "fuxin1k")
    return {f"{limit:g}": _planned(instance, limit) for limit in (SHORT_S, LONG_S)}


def large() -> dict[str, object]:
    """Return what the planner reaches at 10,000 buildings and ten years."""
    instance = planning_city(10_000, 10, 1)
    purses = purses_of(instance)
    building = seconds(lambda: formulate(instance, purses, worth_of(instance)))
    return {"model_s": building, "greedy": _best_greedy(instance), **_planned(instance, LARGE_S)}


def peers() -> dict[str, object]:
    """Return what rankings, HiGHS alone, CP-SAT and the planner reach on fuxin1k in the same time."""
    instance = read_instance(DATA / "fuxin1k")
    ranking = greedy(instance).objective
    return {
        "seconds": LONG_S, "ranking": ranking, "greedy": max(ranking, _best_greedy(instance)),
        "highs": _highs_alone(instance, LONG_S), "cpsat": _cpsat_alone(instance, LONG_S),
        "fenhu": _planned(instance, LONG_S),
    }  # fmt: skip


def again() -> dict[str, object]:
    """Return how many other buildings move after ten drop-outs and a purse cut by a tenth, and the loss."""
    instance = read_instance(DATA / "fuxin1k")
    before = years_array(solve(instance, seconds=LONG_S, effort=ALL_THE_TIME))
    out = np.random.default_rng(1).choice(np.flatnonzero(before != NO_YEAR), DROP_OUTS, replace=False)
    stage = np.where(before != NO_YEAR, int(Stage.APPROVED), int(Stage.FREE))
    stage[out] = int(Stage.DROPPED)
    facts = changed(instance, Changes(purses=(PurseChange(source=PURSE, factor=LESS),)))
    facts = replace(facts, rules=replace(facts.rules, stay_weight=STAY_WEIGHT))
    begin = time.perf_counter()
    held = replan(facts, before, Standing(stage=stage), seconds=LONG_S)
    taken = time.perf_counter() - begin
    free_stage = np.where(stage == int(Stage.DROPPED), stage, int(Stage.FREE))
    free_facts = replace(facts, rules=replace(facts.rules, stay_weight=0.0))
    free = replan(free_facts, before, Standing(stage=free_stage), seconds=LONG_S)
    return {
        "seconds": taken, "moved": _others_moved(before, held.result, out),
        "moved_free": _others_moved(before, free.result, out),
        "loss": 1.0 - held.result.objective / free.result.objective,
    }  # fmt: skip


def asked() -> dict[str, object]:
    """Return how long an answer about one building takes, without and with solving again."""
    instance = read_instance(DATA / "fuxin1k")
    years = years_array(solve(instance, seconds=SHORT_S, effort=ALL_THE_TIME))
    about = np.flatnonzero(years == NO_YEAR)[:ASKED].tolist()
    why(instance, years, about[0], goal=WEIGHTED)  # compiles, if nothing is compiled yet
    plain = [seconds(lambda one=one: Explainer(instance, years).why_not(one)) for one in about]
    solved = [seconds(lambda one=one: why(instance, years, one, goal=WEIGHTED)) for one in about]
    return {"buildings": len(about), "plain_s": max(plain), "solved_s": max(solved)}


def library() -> dict[str, object]:
    """Return how many published problems the door to HiGHS solves to their optimum, and how fast."""
    found = {}
    for name, problems in (("mknap1", knapsacks), ("gap1", assignments)):
        begin = time.perf_counter()
        answers = [(solve_program(program), optimum) for program, optimum in problems()]
        reached = sum(one.finished and abs(one.objective - best) < 1e-6 * best for one, best in answers)
        found[name] = {"problems": len(answers), "reached": reached, "seconds": time.perf_counter() - begin}
    return {"sets": found}


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _planned(instance: Instance, limit: float) -> dict[str, float]:
    begin = time.perf_counter()
    found = solve(instance, seconds=limit, effort=ALL_THE_TIME)
    return {
        "seconds": time.perf_counter() - begin, "objective": found.objective, "bound": found.bound,
        "gap": found.gap, "ranking": found.baseline,
    }  # fmt: skip


def _best_greedy(instance: Instance) -> float:
    incumbent = Incumbent(instance, WEIGHTED, 0)
    state = by_cluster(instance, incumbent.purses, incumbent.task, incumbent.aim.weight)
    return max(score(instance, state.year_of), greedy(instance).objective)


def _highs_alone(instance: Instance, limit: float) -> dict[str, float]:
    """Return the worth and the bound HiGHS reaches from the clerk's ranking."""
    model = formulate(instance, purses_of(instance), worth_of(instance))
    answer = solve_program(whole_program(model), start=_ranked(instance, model), seconds=limit)
    assert answer.values is not None
    return {"objective": score(instance, years_of_point(model, answer.values)), "bound": answer.bound}


def _cpsat_alone(instance: Instance, limit: float) -> dict[str, float]:
    """Return the worth and the bound CP-SAT reaches from there, in a process that never sees HiGHS."""
    model = formulate(instance, purses_of(instance), worth_of(instance))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "model.npz"
        by_row = model.matrix.tocsr()
        np.savez(
            file, start=by_row.indptr, column=by_row.indices, value=by_row.data, row_lower=model.row_lower,
            row_upper=model.row_upper, upper=model.upper_bound, cost=model.cost, whole=model.whole,
            grants=model.upper.ravel(), begin=_ranked(instance, model),
        )  # fmt: skip
        command = [sys.executable, str(Path(__file__).parent / "planning_cpsat.py"), str(file), str(limit)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout)
    values = np.zeros(model.matrix.shape[1])
    values[found["chosen"]] = 1.0
    years = years_of_point(model, values)
    assert not violations(instance, years)
    return {"objective": score(instance, years), "bound": found["bound"]}


def _ranked(instance: Instance, model: Model) -> np.ndarray:
    """Return the clerk's ranking as a point of the model."""
    incumbent = Incumbent(instance, WEIGHTED, 0)
    return point_of(instance, model, incumbent.task, incumbent.adopt_start(years_array(greedy(instance))))


def _others_moved(before: np.ndarray, result: object, out: np.ndarray) -> int:
    moved = before != years_array(result)  # type: ignore[arg-type]
    moved[out] = False
    return int(moved.sum())


CASES: dict[str, Callable[[], dict[str, object]]] = {
    "tiny": tiny, "fuxin": fuxin, "large": large, "peers": peers, "again": again, "asked": asked,
    "library": library,
}  # fmt: skip


def main() -> None:
    """Print what one case measures as JSON."""
    parser = argparse.ArgumentParser(description="Measure the planner.")
    parser.add_argument("case", choices=CASES)
    others = Others()
    found = CASES[parser.parse_args().case]()
    sys.stdout.write(json.dumps(found | {"others_cores": others.cores()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
