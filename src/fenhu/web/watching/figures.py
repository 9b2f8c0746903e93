"""What is told of the product besides its requests: work, database, disk, backup, readiness.

Every figure costs the same in a town and in a nation: sizes as the system knows them, and counts over the
work that is not finished. They are looked up at most every ``KEPT_S`` seconds, whoever asks.
"""

from __future__ import annotations

import platform
import threading
import time
from collections.abc import Iterator

import django
from django.conf import settings
from django.db import connection
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from fenhu import __version__
from fenhu.web.api.queries import delivery_figures
from fenhu.web.jobs.queries import work_figures
from fenhu.web.keeping.last import last_backup
from fenhu.web.watching import beats, readiness
from fenhu.web.works.queries import overdue_counts

KEPT_S = 15.0


class Figures(Collector):
    """Yields the product's figures for one scrape; those found lately are told again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: list[Metric] = []
        self._found_at = float("-inf")

    def collect(self) -> list[Metric]:
        """Return the figures as of at most ``KEPT_S`` seconds ago."""
        with self._lock:
            if time.monotonic() - self._found_at >= KEPT_S:
                self._found, self._found_at = list(_figures()), time.monotonic()
            return self._found

    def forget(self) -> None:
        """Look everything up again for the next scrape."""
        self._found_at = float("-inf")


def _figures() -> Iterator[Metric]:
    yield InfoMetricFamily(
        "fenhu_build", "The program that runs.",
        {"version": __version__, "python": platform.python_version(), "django": django.get_version(),
         "database": connection.vendor},
    )  # fmt: skip
    ready = readiness.readiness()
    checks = GaugeMetricFamily("fenhu_ready", "1 where a check of readiness holds.", labels=["check"])
    for name, holds in ready.items():
        checks.add_metric([name], float(holds))
    yield checks
    yield _gauge("fenhu_disk_free_bytes", "Room left for the data folder.", readiness.free_bytes())
    silence = beats.silence()
    if silence is not None:
        yield _gauge("fenhu_worker_silence_seconds", "Since a worker was heard of.", silence.total_seconds())
    yield from _backup()
    if ready["database"] and ready["migrations"]:
        yield from _stored()


def _backup() -> Iterator[Metric]:
    """Tell of the last backup; nothing where none was ever made here."""
    made = last_backup()
    if made is not None:
        age = (timezone.now() - made.made_at).total_seconds()
        yield _gauge("fenhu_backup_age_seconds", "Since the last backup was made and read back.", age)
        yield _gauge("fenhu_backup_bytes", "Size of the last backup.", made.size_bytes)


def _stored() -> Iterator[Metric]:
    work = work_figures()
    jobs = GaugeMetricFamily("fenhu_jobs", "Long work: waits, runs, failed in a day.", labels=["state"])
    for state, number in (("waiting", work.waiting), ("running", work.running), ("failed", work.failed)):
        jobs.add_metric([state], number)
    yield jobs
    yield _gauge("fenhu_job_wait_seconds", "Age of the longest waiting work; 0: none.", work.longest_wait_s)
    told = delivery_figures()
    messages = GaugeMetricFamily(
        "fenhu_deliveries", "Messages to webhooks: wait, given up in a day.", labels=["state"]
    )
    for state, number in (("waiting", told.waiting), ("given_up", told.given_up)):
        messages.add_metric([state], number)
    yield messages
    yield _gauge(
        "fenhu_delivery_wait_seconds", "Age of the longest waiting message; 0: none.", told.longest_wait_s
    )
    overdue = GaugeMetricFamily("fenhu_overdue", "What waits past its day.", labels=["workflow"])
    for workflow, number in overdue_counts().items():
        overdue.add_metric([workflow], number)
    yield overdue
    yield _gauge("fenhu_database_bytes", "Size of the database.", database_bytes())


def database_bytes() -> int:
    """Return the size of the database, as its maker or the file system knows it without reading it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    folder, name = settings.DATA_DIR, str(connection.settings_dict["NAME"])
    files = [folder / f"{name}{end}" for end in ("", "-wal")]
    return sum(path.stat().st_size for path in files if path.is_file())


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(name, told, value=value)
