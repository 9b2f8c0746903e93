"""Fifty people at a province's desks: a demo city made twenty times as large, served, used; then for longer.

Writes the parts *Load*, *Exports and imports* and *Soak* of docs/reliability.md. On PostgreSQL, in a folder
of its own: ``make load``, which is ``python -m tools.with_postgres python benchmarks/load.py``.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
from tools.reliability import machine, renew, table

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
LOCUST = HERE.parent / ".venv-bench" / "bin" / "locust"
PORT, COPIES, USERS, RAMP_S, LOAD_S, SOAK_S = 8765, 20, 50, 40, 90, 120
ADDRESS = f"http://127.0.0.1:{PORT}"
# The most milliseconds of 95 in 100 answers, by what is opened.
BUDGET_MS = {"dashboard": 500}
LIST_MS = 300
# The other officers' figures change with it; the budgets are for reading.
WRITING = "opening a case"
NOT_JUDGED = {"sign-in", "Aggregated"}
PAGES = (
    "/", "/work/", "/buildings/", "/buildings/?page=40", "/buildings/?colder=min-18&sort=-before_below_18",
    "/projects/", "/cases/", "/search/?q=hpxq", "/documents/", "/plans/", "/plan/2011/", "/map/", "/journal/",
)  # fmt: skip
# Ten people of each office that load_users.py knows, who may what the demo's one person may.
ENROL = """
from fenhu.web.access.models import User
for office in ("city_bureau", "heat_supplier", "district_gov", "community", "finance"):
    first = User.objects.get(username=office)
    for number in range(10):
        person, new = User.objects.get_or_create(username=f"{office}-{number}", password=first.password)
        if new:
            for grant in first.grants.all():
                grant.pk, grant.user = None, person
                grant.save(force_insert=True)
"""
LARGE = ("registry_flat", "ledger_posting", "journal_entry", "works_consent", "works_flatwork")


def main() -> None:
    """Fill the database where it is empty, measure, and write both parts."""
    _fill()
    _asked(ENROL)
    with _served() as server:
        renew("Load", [*_told(*_used(LOAD_S)), "", *_queries()])
        before_mb = _memory_mb(server)
        renew("Exports and imports", _carried())
        renew("Soak", _soaked(*_used(SOAK_S), before_mb, _memory_mb(server)))


def _fill() -> None:
    if "20000" in _asked("print(Building.objects.count())"):
        return
    subprocess.run([BIN / "fenhu", "manage", "demo_city"], check=True)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "fenhu.web.settings"}
    subprocess.run([sys.executable, HERE / "province.py", str(COPIES)], env=environment, check=True)


def _asked(code: str) -> str:
    """Return what a line of Python about the register prints; nothing where there is none yet."""
    head = "import django; django.setup(); from fenhu.web.registry.models import Building; "
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "fenhu.web.settings"}
    done = subprocess.run(
        [sys.executable, "-c", head + code], env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout


@contextmanager
def _served() -> Iterator[psutil.Process]:
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen([BIN / "fenhu", "serve", "--port", str(PORT)], stdout=said, stderr=said)
        try:
            _wait()
            yield psutil.Process(server.pid)
        finally:
            server.terminate()
            server.wait(30)


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=2)
        except OSError:
            time.sleep(1)
        else:
            return
    raise SystemExit("the server did not open its door in two minutes")


def _used(seconds: int) -> tuple[list[Mapping[str, str]], float]:
    """Return locust's table of so many seconds with all users there, and how busy all cores were, percent."""
    psutil.cpu_percent()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [LOCUST, "-f", HERE / "load_users.py", "--headless", "--only-summary", "--reset-stats",
             "-u", str(USERS), "-r", str(USERS / RAMP_S), "-t", f"{RAMP_S + seconds}s", "--host", ADDRESS,
             "--csv", f"{folder}/found", "--exit-code-on-error", "0"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        with open(f"{folder}/found_stats.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    return rows, psutil.cpu_percent()


def _servers() -> str:
    return _asked("from django.conf import settings; print(settings.SERVERS)").strip()


def _memory_mb(server: psutil.Process) -> float:
    return sum(one.memory_info().rss for one in (server, *server.children(recursive=True))) / 1e6


def _told(rows: list[Mapping[str, str]], busy: float) -> Iterator[str]:
    whole = next(row for row in rows if row["Name"] == "Aggregated")
    yield (
        f"{USERS} people of five offices, each reading one to nine seconds between two pages and now "
        f"and then opening a case, with {_servers()} processes that answer pages, on "
        f"{machine()}, PostgreSQL and the people on the same machine. 20,000 buildings, 1,000,000 flats, "
        f"1,980 conversions. {whole['Request Count']} requests in {LOAD_S} s, "
        f"{float(whole['Requests/s']):.1f} a second, {whole['Failure Count']} failed; "
        f"all cores were {busy:.0f} % busy."
    )
    yield ""
    judged = [row for row in rows if row["Name"] not in NOT_JUDGED]
    yield from table(
        ["page", "requests", "median, ms", "p95, ms", "to be reached"],
        [[row["Name"], row["Request Count"], row["50%"], row["95%"], _verdict(row)] for row in judged],
    )


def _verdict(row: Mapping[str, str]) -> str:
    if row["Name"] == WRITING:
        return "—"
    most = BUDGET_MS.get(row["Name"], LIST_MS)
    return f"≤ {most}: {'reached' if float(row['95%']) <= most else '**not reached**'}"


def _queries() -> Iterator[str]:
    yield "### How the pages ask"
    yield ""
    yield (
        "One visit of the city bureau, nobody else there: queries, their time, and how they read the tables "
        f"that grow with flats, money and the trail ({', '.join(LARGE)}), by `EXPLAIN`."
    )
    yield ""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "fenhu.web.settings"}
    done = subprocess.run(
        [sys.executable, HERE / "asking.py", "city_bureau", json.dumps(LARGE), *PAGES],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    yield from table(
        ["page", "queries", "in queries, ms", "slowest, ms", "reading of large tables"],
        json.loads(done.stdout.splitlines()[-1]),
    )


def _carried() -> Iterator[str]:
    yield (
        "In the same province, nobody else there: whole lists as workbooks, and the register of another city "
        "that is added. An import is checked and previewed first, then applied in one transaction, both as "
        "background work with a bar; nobody waits for a page."
    )
    yield ""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "fenhu.web.settings"}
    done = subprocess.run(
        [sys.executable, HERE / "carrying.py"], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    yield from table(["what", "size", "seconds"], json.loads(done.stdout.splitlines()[-1]))


def _soaked(rows: list[Mapping[str, str]], busy: float, before_mb: float, after_mb: float) -> Iterator[str]:
    whole = next(row for row in rows if row["Name"] == "Aggregated")
    yield (
        f"The same people for {SOAK_S // 60} minutes more: {whole['Request Count']} requests, "
        f"{whole['Failure Count']} failed, median {whole['50%']} ms, p95 {whole['95%']} ms, all cores "
        f"{busy:.0f} % busy. Server and worker held {before_mb:.0f} MB before and {after_mb:.0f} MB after. "
        "Days were not tried."
    )


if __name__ == "__main__":
    main()
