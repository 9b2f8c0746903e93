"""A stock on a cluster: the same rows as in one process, also when a worker is killed on the way."""

import os
import signal
from dataclasses import asdict, replace

import numpy as np
import pytest
from distributed import Client, LocalCluster
from tests.stock.test_stock import pair

from fenhu import policy
from fenhu.building import winter_for
from fenhu.engines import SERIAL, Cancelled, Engine
from fenhu.stock import season_stock, simulate_stock
from fenhu.wording import speaking

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


@pytest.fixture(scope="module")
def machines():
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as made:
        yield made


@pytest.fixture(scope="module")
def engine(machines):
    return Engine("dask", machines.scheduler_address)


@pytest.fixture(scope="module")
def pairs():
    return [pair(f"b{n}", supply_c=60.0 + 0.03 * n) for n in range(200)]


def test_a_cluster_gives_the_rows_of_one_process_a_failing_building_included(engine, pairs):
    before, after = pair("dry")
    pairs = [*pairs, (replace(before, inlet_pa=-5.0e4), after)]
    told = []
    rows = simulate_stock(pairs, engine=engine, progress=lambda done, all_: told.append((done, all_)))
    assert rows == simulate_stock(pairs, engine=SERIAL)
    assert told[-1] == (201, 201)


def test_a_worker_killed_on_the_way_loses_nothing(engine, machines, pairs):
    with Client(machines) as client:
        [first, *_] = client.run(os.getpid).values()
    killed = []

    def kill_once(done, _):
        if not killed:
            os.kill(first, signal.SIGKILL)
            killed.append(done)

    assert simulate_stock(pairs, engine=engine, progress=kill_once) == simulate_stock(pairs, engine=SERIAL)
    assert killed[0] < len(pairs)


def test_seasons_on_a_cluster_are_those_of_one_process_a_failing_building_included(engine, pairs):
    winter = winter_for(pairs[0][0], "阜新", policy.load("fuxin-2010").calendar.season_of)
    houses = [(before, winter) for before, _ in pairs[:12]]
    houses.append((replace(houses[0][0], inlet_pa=-5.0e4), winter))
    found = season_stock(houses, engine=engine)
    np.testing.assert_equal(
        *([asdict(one) for one in rows] for rows in (found, season_stock(houses, engine=SERIAL)))
    )
    assert [one.summary is None for one in found] == [False] * 12 + [True]


def test_a_run_on_a_cluster_can_be_stopped(engine, pairs):
    with pytest.raises(Cancelled):
        simulate_stock(pairs, engine=engine, cancelled=lambda: True)


def test_without_an_address_the_machine_itself_is_the_cluster(pairs):
    assert simulate_stock(pairs[:20], engine=Engine("dask")) == simulate_stock(pairs[:20], engine=SERIAL)
