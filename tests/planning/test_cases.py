"""The published cases: tiny60's optimum by two other solvers, fuxin1k's known plans and bound."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from fenhu.errors import InputFault
from fenhu.planning import greedy, read_instance, solve
from fenhu.planning.model.judge import score, violations

DATA = Path(__file__).parents[1] / "data" / "planning"
TINY_OPTIMUM = 27_450.885  # two independent solvers; the plan stands in optimum.csv
FUXIN_RANKING, FUXIN_KNOWN_BOUND = 595_053.0, 749_355.0  # score ranking; a bound no plan has passed


@pytest.fixture(scope="module")
def tiny():
    return read_instance(DATA / "tiny60")


@pytest.fixture(scope="module")
def fuxin():
    return read_instance(DATA / "fuxin1k")


def test_the_published_optimum_of_tiny60_is_sound_and_worth_what_is_published(tiny):
    with (DATA / "tiny60" / "optimum.csv").open(newline="") as file:
        years = {row["id"]: int(row["year"] or 0) - 1 for row in csv.DictReader(file)}
    plan = np.array([years[code] for code in tiny.buildings.ids])
    assert not violations(tiny, plan)
    assert score(tiny, plan) == pytest.approx(TINY_OPTIMUM, abs=1e-3)


def test_tiny60_is_proven_best(tiny):
    result = solve(tiny)
    assert (result.status, result.stopped_by) == ("optimal", "optimal")
    assert result.objective == pytest.approx(TINY_OPTIMUM, abs=1e-3)
    assert result.gap == pytest.approx(0.0, abs=1e-6)


def test_the_clerks_ranking_is_the_baseline_and_the_search_beats_it(tiny):
    ranked = greedy(tiny)
    assert ranked.objective == ranked.baseline
    assert solve(tiny).baseline == ranked.objective < TINY_OPTIMUM


@pytest.mark.slow
def test_fuxin1k_reaches_what_is_known_and_its_bound_holds(fuxin):
    result = solve(fuxin, seconds=300)
    assert result.objective > FUXIN_RANKING
    assert result.objective >= 698_960  # the best plan known before
    assert result.objective <= result.bound <= FUXIN_KNOWN_BOUND
    assert result.gap == pytest.approx((result.bound - result.objective) / result.bound)


def test_the_same_seed_and_effort_give_the_same_plan(fuxin):
    first, second = (solve(fuxin, effort=1, seed=3, seconds=300) for _ in range(2))
    assert first.year_of == second.year_of
    assert first.objective == second.objective


def test_whoever_cancels_gets_the_best_plan_so_far(fuxin):
    result = solve(fuxin, cancelled=lambda: True)
    assert (result.status, result.stopped_by) == ("feasible", "cancelled")
    plan = np.array([-1 if year is None else year for year in result.year_of])
    assert not violations(fuxin, plan)
    assert result.objective >= result.baseline


def test_progress_is_told_and_never_takes_a_step_back(tiny):
    told = []
    solve(tiny, progress=told.append)
    assert told[-1].phase == "done"
    assert [one.incumbent for one in told] == sorted(one.incumbent for one in told)
    assert [one.bound for one in told] == sorted((one.bound for one in told), reverse=True)


@pytest.mark.parametrize("wrong", [{"effort": 0}, {"seconds": 0.0}, {"seed": -1}, {"goal": "cheapest"}])
def test_impossible_wishes_are_refused(tiny, wrong):
    with pytest.raises(InputFault):
        solve(tiny, **wrong)
