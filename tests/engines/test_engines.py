"""The same work on any engine: the same rows in the same order, also when a worker is lost on the way."""

import os
import signal
from pathlib import Path

import pytest
from distributed import LocalCluster

import fenhu
from fenhu.engines import PROCESSES, SERIAL, Cancelled, Engine, cluster, worked
from fenhu.errors import InputFault, SolverFault, UnknownItem
from fenhu.wording import speaking

ENGINES = [SERIAL, pytest.param(PROCESSES, marks=pytest.mark.slow)]


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


def squared(item):
    """Square a number."""
    return item**2


def squared_or_killed(item):
    """Square a number; the process that meets 13 dies as often as there are marks left."""
    number, marks = item
    if number == 13:
        for mark in Path(marks).iterdir():
            mark.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
    return number**2


def with_marks(folder, count):
    folder.mkdir()
    for n in range(count):
        (folder / str(n)).touch()
    return [(n, str(folder)) for n in range(40)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("chunk", [1, 16])
def test_rows_come_in_the_order_of_their_items(engine, chunk):
    told = []
    found = worked(
        squared, range(40), engine=engine, worth_processes=2, chunk=chunk,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert found == [n**2 for n in range(40)]
    assert told[-1] == (40, 40)


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_to_do_is_done_at_once(engine):
    assert worked(squared, [], engine=engine, worth_processes=0) == []


def test_a_run_that_is_stopped_keeps_nothing():
    with pytest.raises(Cancelled, match="stopped before its end"):
        worked(squared, range(40), engine=SERIAL, worth_processes=2, cancelled=lambda: True)


@pytest.mark.slow
@pytest.mark.parametrize("compiled", [True, False])
def test_a_process_killed_on_the_way_loses_nothing(tmp_path, compiled):
    items = with_marks(tmp_path / "marks", 1)
    found = worked(squared_or_killed, items, engine=PROCESSES, worth_processes=2, chunk=1, compiled=compiled)
    assert found == [n**2 for n in range(40)]
    assert not list((tmp_path / "marks").iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("engine", [PROCESSES, Engine("dask")])
def test_work_that_kills_every_process_is_given_up_with_a_reason(tmp_path, engine):
    items = with_marks(tmp_path / "marks", 30)
    with pytest.raises(SolverFault, match="enough memory") as told:
        worked(squared_or_killed, items, engine=engine, worth_processes=2, chunk=1, compiled=True)
    assert told.value.code == "workers-lost"


@pytest.mark.slow
def test_workers_of_another_version_are_refused_by_name(monkeypatch):
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as made:
        monkeypatch.setattr(fenhu, "__version__", "0.0.1")
        with pytest.raises(InputFault, match="same version"):
            worked(squared, [1], engine=Engine("dask", made.scheduler_address), worth_processes=2)


@pytest.mark.slow
def test_where_nobody_answers_the_address_is_named(monkeypatch):
    monkeypatch.setattr(cluster, "_WAIT_S", 1)
    with pytest.raises(InputFault, match=r"tcp://127\.0\.0\.1:9"):
        worked(squared, [1], engine=Engine("dask", "tcp://127.0.0.1:9"), worth_processes=2)


@pytest.mark.slow
def test_a_cluster_without_workers_says_how_to_start_one(monkeypatch):
    monkeypatch.setattr(cluster, "_WAIT_S", 1)
    with (
        LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(InputFault, match="dask worker"),
    ):
        worked(squared, [1], engine=Engine("dask", empty.scheduler_address), worth_processes=2)


def test_only_a_cluster_has_a_scheduler():
    with pytest.raises(UnknownItem, match="scheduler"):
        Engine("processes", "tcp://10.0.0.1:8786")


def test_an_engine_nobody_knows_is_refused():
    with pytest.raises(UnknownItem, match="serial, processes, dask"):
        Engine("cloud")
