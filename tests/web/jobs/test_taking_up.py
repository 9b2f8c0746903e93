"""What counts as lost, and what becomes of it."""

import pytest
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fenhu.programme import Role
from fenhu.web.jobs import presence, queries, services
from fenhu.web.jobs.models import MOST_ATTEMPTS, Job, Worker
from fenhu.web.jobs.presence import LOOKS, Lookout, beat
from fenhu.web.jobs.taking_up import take_up_lost

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
ME, OTHER = "me1", "other1"


@pytest.fixture(autouse=True)
def _a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def job(cast):
    return services.start("study", cast[Role.CITY_BUREAU])


def taken(job, *, state=Job.RUNNING, worker=OTHER, **fields):
    DBTaskResult.objects.filter(pk=job.ticket).update(status=TaskResultStatus.RUNNING, worker_ids=[worker])
    Job.objects.filter(pk=job.pk).update(state=state, **fields)
    job.refresh_from_db()
    return job


def everybody_gone(name):
    return True


def test_what_waits_for_a_worker_is_left_in_the_queue(job):
    assert take_up_lost(everybody_gone) == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


@pytest.mark.parametrize("state", [Job.RUNNING, Job.WAITING])
def test_what_a_lost_worker_had_is_in_the_queue_once(job, state):
    old = taken(job, state=state, attempts=1).ticket
    assert take_up_lost(everybody_gone) == 1
    assert take_up_lost(everybody_gone) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.taken_up_at is not None) == (Job.WAITING, 1, True)
    assert {row.pk: row.status for row in DBTaskResult.objects.all()} == {
        old: TaskResultStatus.FAILED, job.ticket: TaskResultStatus.READY,
    }  # fmt: skip


def test_what_a_living_worker_does_is_its_own(job):
    taken(job)
    assert take_up_lost(lambda name: name != OTHER) == 0


def test_what_a_living_worker_dropped_is_taken_up(job):
    taken(job)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert take_up_lost(lambda name: False) == 1


def test_after_the_last_attempt_it_fails_in_words(job):
    taken(job, attempts=MOST_ATTEMPTS)
    take_up_lost(everybody_gone)
    job.refresh_from_db()
    assert (job.state, job.fault["params"]) == (Job.FAILED, {"count": MOST_ATTEMPTS})
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.READY).exists()


def test_lost_when_it_was_to_stop_it_is_stopped(job):
    taken(job, cancel_requested=True)
    take_up_lost(everybody_gone)
    job.refresh_from_db()
    assert job.state == Job.CANCELLED


def test_a_worker_without_a_file_here_is_gone_on_sqlite_and_until_it_beats_on_postgresql():
    lookout = Lookout(ME)
    lookout.look()
    assert lookout.is_gone(OTHER)
    assert not lookout.is_gone(ME)
    beat(OTHER)
    lookout.look()
    assert lookout.is_gone(OTHER) is (connection.vendor == "sqlite")


def test_a_beat_that_stands_still_for_long_is_a_worker_gone_whatever_the_clock():
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite there are no workers elsewhere")
    lookout = Lookout(ME)
    beat(OTHER)
    for _ in range(LOOKS):
        lookout.look()
        Worker.objects.update(heard_at="2099-01-01T00:00+08:00")
        assert not lookout.is_gone(OTHER)
    beat(OTHER)
    for _ in range(LOOKS + 1):
        assert not lookout.is_gone(OTHER)
        lookout.look()
    assert lookout.is_gone(OTHER)
    lookout.forget()
    lookout.look()
    assert not lookout.is_gone(OTHER)


def test_its_page_says_that_its_worker_is_gone_and_who_may_start_it_again(job, cast):
    bureau = cast[Role.CITY_BUREAU]
    taken(job)
    assert queries.job_view(bureau, job.pk).lost
    Job.objects.update(state=Job.FAILED)
    view = queries.job_view(bureau, job.pk)
    assert (view.lost, view.may_start) == (False, True)


def test_a_name_that_is_a_path_leads_nowhere():
    assert presence.let_go("../secret_key") is None
