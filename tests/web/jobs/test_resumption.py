"""Workers really killed: their work is found and taken up again, done once, and not for ever."""

import json
import signal
import time

import pytest

pytestmark = [pytest.mark.data_layer, pytest.mark.slow]

BUREAU = """
from fenhu.programme import Role
from tests.web.cast import a_user
a_user("city_bureau", Role.CITY_BUREAU)
"""
STATE = """
import json
from django_tasks_db.models import DBTaskResult
from fenhu.web.jobs.models import Job
from fenhu.web.journal.models import Entry
job = Job.objects.get(pk={job})
print(json.dumps({{
    "state": job.state, "attempts": job.attempts, "result": job.result, "again": job.taken_up_at is not None,
    "fault": job.fault and job.fault["pattern"],
    "open": DBTaskResult.objects.filter(status__in=["READY", "RUNNING"], args_kwargs__args=[job.pk]).count(),
    "lost": Entry.objects.filter(subject=f"jobs.job:{{job.pk}}", kind="job.lost").count(),
    "marks": Entry.objects.filter(kind="mark").count(),
}}))
"""
WORK = "from tests.web.jobs.works import work; work({options})"


@pytest.fixture(scope="module")
def database(forker):
    forker.run(BUREAU)
    return forker


@pytest.fixture
def start(database):
    def starting(kind, **params):
        program = f"from tests.web.jobs.works import start; print(start({kind!r}, **{params!r}))"
        return int(database.run(program))

    return starting


@pytest.fixture
def state(database):
    return lambda job: json.loads(database.run(STATE.format(job=job)))


@pytest.fixture
def work(database):
    return lambda options="": database.start(WORK.format(options=options))


def until(holds):
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_the_next_worker_takes_up_what_a_killed_one_was_at(database, start, state, work, tmp_path):
    job = start("dies", unless=str(tmp_path / "mercy"))
    assert work().was_killed()
    assert state(job)["state"] == "running"
    (tmp_path / "mercy").touch()
    work().output()
    found = state(job)
    assert (found["state"], found["result"], found["attempts"]) == ("done", "lived", 2)
    assert (found["again"], found["open"], found["lost"]) == (True, 0, 1)


def test_work_that_kills_every_worker_is_given_up_in_words(database, start, state, work, tmp_path):
    job = start("dies", unless=str(tmp_path / "mercy"))
    assert all(work().was_killed() for _ in range(3))
    work().output()
    found = state(job)
    assert (found["state"], found["attempts"], found["open"]) == ("failed", 3, 0)
    assert found["fault"].startswith("This was cut off {count} times")
    (tmp_path / "mercy").touch()
    database.run(f"""
from fenhu.web.access.models import User
from fenhu.web.jobs import services
from fenhu.web.jobs.models import Job
from tests.web.jobs.works import announce
announce()
services.start_again(Job.objects.get(pk={job}), User.objects.get(username="city_bureau"))
""")
    work().output()
    assert (state(job)["state"], state(job)["attempts"]) == ("done", 1)


def test_killed_between_work_and_its_end_neither_is_kept_and_the_work_is_done_once(
    database, start, state, work, tmp_path
):
    job = start("dies_done", once=str(tmp_path / "once"))
    marks = state(job)["marks"]
    assert work().was_killed()
    assert state(job)["marks"] == marks
    work().output()
    assert (state(job)["state"], state(job)["marks"]) == ("done", marks + 1)


def test_a_worker_that_says_nothing_for_long_is_not_taken_for_lost(database, start, state, work, tmp_path):
    enough = tmp_path / "enough"
    job = start("broods", began=str(tmp_path / "began"), enough=str(enough), seconds=60)
    brooding = work()
    until((tmp_path / "began").exists)
    work().output()
    assert (state(job)["state"], state(job)["attempts"]) == ("running", 1)
    enough.touch()
    brooding.output()
    assert (state(job)["state"], state(job)["attempts"], state(job)["lost"]) == ("done", 1, 0)


def test_a_living_worker_finds_what_another_one_left(database, start, state, work, tmp_path):
    job = start("broods", began=str(tmp_path / "began"), enough=str(tmp_path / "enough"), seconds=60)
    first = work()
    until((tmp_path / "began").exists)
    second = work("batch=False")
    time.sleep(1)
    first.kill()
    assert first.was_killed()
    (tmp_path / "enough").touch()
    until(lambda: state(job)["state"] == "done")
    assert state(job)["attempts"] == 2
    second.kill(signal.SIGTERM)
    second.output()


def test_a_worker_told_to_stop_gives_its_work_back_unspent(database, start, state, work, tmp_path):
    enough = tmp_path / "enough"
    job = start("broods", began=str(tmp_path / "began"), enough=str(enough), seconds=60)
    first = work("batch=False")
    until((tmp_path / "began").exists)
    first.kill(signal.SIGTERM)
    time.sleep(0.5)
    enough.touch()
    first.output()
    assert (state(job)["state"], state(job)["attempts"], state(job)["open"]) == ("waiting", 0, 1)
    work().output()
    assert (state(job)["state"], state(job)["attempts"], state(job)["lost"]) == ("done", 1, 0)


def test_several_workers_do_every_job_once(database, start, state, work):
    jobs = json.loads(database.run(
        "from tests.web.jobs.works import start; print([start('notes', n=n) for n in range(30)])"
    ))  # fmt: skip
    workers = [work(), work()]
    for one in workers:
        one.output()
    done = json.loads(database.run(f"""
import json
from django_tasks_db.models import DBTaskResult
from fenhu.web.jobs.models import Job
from fenhu.web.journal.models import Entry
mine = Job.objects.filter(pk__in={jobs})
print(json.dumps([
    mine.filter(state="done", attempts=1, result=1).count(),
    Entry.objects.filter(subject__startswith="mark:").count(),
    max(len(row.worker_ids) for row in DBTaskResult.objects.filter(pk__in=mine.values("ticket"))),
]))
"""))  # fmt: skip
    assert done == [30, 30, 1]


def test_a_message_whose_worker_was_killed_before_it_began_is_sent_by_the_next_one(database):
    told = int(database.run("""
from fenhu.web.access.models import User
from fenhu.web.api import services
bureau = User.objects.get(username="city_bureau")
webhook = services.make_webhook(bureau, address="https://8.8.8.8/", events=["project.step"])
print(services.try_webhook(bureau, webhook.pk).pk)
"""))  # fmt: skip
    assert database.start("""
import os, signal
from fenhu.web.api import delivering
from tests.web.jobs.works import work
delivering._begun = lambda *asked: os.kill(os.getpid(), signal.SIGKILL)
work()
""").was_killed()
    fate = f"""
from fenhu.web.api.models import Delivery
told = Delivery.objects.get(pk={told})
print(told.state, told.attempts)
"""
    assert database.run(fate) == "waiting 0"
    database.run("""
from fenhu.web.api import delivering
from tests.web.jobs.works import work
delivering.OVERDUE_S, delivering.send = 0, lambda *asked: 200
work()
""")
    assert database.run(fate) == "delivered 1"
