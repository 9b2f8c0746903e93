"""Many scenarios at once: the same outcomes on every engine, in the order asked, also when a worker dies."""

import os
import signal
from dataclasses import replace

import numpy as np
import pytest
from distributed import Client, LocalCluster
from tests.planning.small import an_instance

from fenhu.engines import PROCESSES, SERIAL, Cancelled, Engine
from fenhu.planning import (
    WEIGHTED,
    Changes,
    PurseChange,
    Scenario,
    changed,
    greedy,
    no_years,
    score,
    solve,
    trials_of,
    violations,
    work_out,
    years_array,
)
from fenhu.wording import speaking


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


def a_city(count=15, years=3):
    """Return a task in which money ends before the buildings do."""
    draw = np.random.default_rng(9)
    return an_instance(
        flats=draw.integers(20, 80, count), benefit=draw.integers(50, 300, count),
        earliest=draw.integers(0, 2, count), priority=draw.random(count) < 0.4,
        cost_yuan=draw.integers(1000, 9000, count), cluster=np.arange(count) // 5,
        district=np.arange(count) % 2, supplier_of_cluster=tuple(n % 2 for n in range(count // 5)),
        years=years, money_yuan=20_000, crew_days=120, upper_yuan=4000,
        carry=frozenset({"SUPPLIER", "UPPER"}), targets=(5, 200),
    )  # fmt: skip


def asked():
    """Return scenarios of every kind of change, and starts of the search without any."""

    def with_money(factor):
        return Changes(purses=(PurseChange(source="SUPPLIER", factor=factor),))

    return (
        Scenario(name="as it is"),
        *(Scenario(name=f"money {factor}", changes=with_money(factor)) for factor in (0.7, 0.8, 0.9, 1.1)),
        Scenario(name="one year more", changes=Changes(years=4)),
        Scenario(name="one year less", changes=Changes(years=2)),
        Scenario(name="fixed", changes=Changes(pinned={3: 2}, forbidden=frozenset({4}))),
        Scenario(name="rules", changes=Changes(rules={"equity_ratio": 0.9})),
        *(Scenario(name=f"start {seed}", seed=seed) for seed in (1, 2, 3)),
    )


@pytest.fixture(scope="module")
def trials():
    city = a_city()
    plan = years_array(solve(city, effort=1))
    return trials_of(city, plan, asked(), goal=WEIGHTED, effort=1)


@pytest.fixture(scope="module")
def one_by_one(trials):
    return work_out(trials, engine=SERIAL)


def test_every_scenario_has_a_plan_that_breaks_nothing_of_its_own_task(trials, one_by_one):
    assert [one.scenario for one in one_by_one] == [one.scenario for one in trials]
    for trial, outcome in zip(trials, one_by_one, strict=True):
        task = changed(trial.instance, trial.scenario.changes)
        assert violations(task, years_array(outcome.result)) == ()
        assert outcome.result.objective == pytest.approx(score(task, years_array(outcome.result)))
        assert outcome.ranking.objective == pytest.approx(greedy(task).objective)


def test_a_scenario_is_what_a_search_from_the_plan_finds_under_its_changes(trials, one_by_one):
    trial, outcome = trials[5], one_by_one[5]
    assert outcome.result == solve(
        changed(trial.instance, trial.scenario.changes), effort=1, start=trial.start, seed=0
    )


def test_changes_are_felt_and_a_fixed_building_has_its_year(one_by_one):
    by_name = {one.scenario.name: one.result for one in one_by_one}
    assert by_name["one year more"].objective > by_name["as it is"].objective
    assert by_name["money 0.7"].objective < by_name["money 1.1"].objective
    assert by_name["fixed"].year_of[3:5] == (2, None)


def test_years_that_fall_away_leave_their_buildings_unplanned_at_the_start(trials, one_by_one):
    assert max(trials[6].start) == 2
    assert max(year for year in one_by_one[6].result.year_of if year is not None) <= 1


def test_a_scenario_that_has_no_answer_says_why_and_the_others_have_theirs(trials, one_by_one):
    wrong = replace(trials[0], scenario=Scenario(name="wrong", seed=-1))
    found = work_out([trials[1], wrong, trials[2]])
    assert found[0] == one_by_one[1]
    assert found[2] == one_by_one[2]
    assert found[1].result is None
    assert "seed" in str(found[1].fault)


def test_scenarios_of_many_cities_are_worked_out_together():
    cities = [a_city(10), a_city(15, years=2)]
    trials = [
        trial
        for city in cities
        for trial in trials_of(city, no_years(len(city.buildings)), asked()[:2], goal=WEIGHTED, effort=1)
    ]
    assert [len(one.result.year_of) for one in work_out(trials)] == [10, 10, 15, 15]


def test_it_can_be_stopped(trials):
    with pytest.raises(Cancelled):
        work_out(trials, cancelled=lambda: True)


@pytest.mark.slow
def test_processes_find_what_one_process_finds(trials, one_by_one):
    assert work_out(trials, engine=PROCESSES) == one_by_one


@pytest.mark.slow
def test_a_cluster_finds_what_one_process_finds_whoever_ends_first(trials, one_by_one):
    backwards = list(reversed(trials))
    assert work_out(backwards, engine=Engine("dask")) == list(reversed(one_by_one))


@pytest.mark.slow
def test_a_worker_killed_while_it_works_on_scenarios_loses_nothing(trials, one_by_one):
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as machines:
        engine = Engine("dask", machines.scheduler_address)
        with Client(machines) as client:
            killed = []

            def kill_who_works(done, _):
                at_work = [where for where, keys in client.processing().items() if keys]
                if killed or not at_work:
                    return
                os.kill(client.run(os.getpid, workers=at_work[:1])[at_work[0]], signal.SIGKILL)
                killed.append(done)

            found = work_out([*trials, *trials], engine=engine, progress=kill_who_works)
    assert found == one_by_one * 2
    assert killed[0] < 2 * len(trials)
