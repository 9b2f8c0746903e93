"""Alive and ready are two questions, and the answers tell a stranger nothing else."""

import json
import os
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import OperationalError

from fenhu.web.watching import beats, readiness

NAMES = ["database", "migrations", "disk", "worker"]


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def database_gone(monkeypatch):
    def refuse(*_):
        raise OperationalError("password of fenhu@db.example wrong")

    connection.close()
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", refuse)
    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)


def ask(client, status):
    answer = client.get("/healthz/ready")
    assert answer.status_code == status
    return json.loads(answer.content)


def test_alive_asks_nothing_of_the_database(client):
    answer = client.get("/healthz")  # no mark of pytest-django: any question would be refused
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_ready_with_database_version_room_and_a_worker(client):
    with beats.beating():
        assert ask(client, 200) == dict.fromkeys(NAMES, True)


@pytest.mark.django_db
def test_not_ready_without_a_worker(client):
    assert ask(client, 503) == dict.fromkeys(NAMES, True) | {"worker": False}


@pytest.mark.django_db
def test_not_ready_when_the_worker_fell_silent(client, tmp_path):
    with beats.beating():
        (mark,) = (tmp_path / ".workers").iterdir()
        long_ago = time.clock_gettime(time.CLOCK_REALTIME) - readiness.SILENT_AFTER.total_seconds() - 1
        os.utime(mark, (long_ago, long_ago))
        assert not ask(client, 503)["worker"]


@pytest.mark.django_db
def test_not_ready_when_the_disk_is_nearly_full(client, settings):
    settings.DISK_MIN_BYTES = readiness.free_bytes() * 2
    assert not ask(client, 503)["disk"]


@pytest.mark.django_db
def test_not_ready_before_the_database_is_of_the_programs_version(client, raw):
    raw("DELETE FROM django_migrations WHERE id = (SELECT MAX(id) FROM django_migrations)")
    found = ask(client, 503)
    assert (found["database"], found["migrations"]) == (True, False)


def test_without_a_database_it_is_alive_but_not_ready_and_says_no_more(client, database_gone):
    assert client.get("/healthz").status_code == 200
    assert ask(client, 503) == {"database": False, "migrations": False, "disk": True, "worker": False}


def test_a_worker_that_ended_is_forgotten_and_one_that_was_killed_goes_silent(tmp_path):
    assert beats.silence() is None
    with beats.beating():
        assert beats.silence() < timedelta(seconds=5)
    assert beats.silence() is None
    killed = tmp_path / ".workers" / "gone-1"
    killed.touch()
    os.utime(killed, (0, 0))
    assert beats.silence() > timedelta(days=1)
    with beats.beating():
        assert not killed.exists()
