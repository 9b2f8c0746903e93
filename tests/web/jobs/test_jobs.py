"""Long work: started by whoever may, watched, cancelled, and its end kept in words."""

import time

import pytest
from django.core.management import call_command
from django.http import Http404
from django.utils.module_loading import import_string

from fenhu.errors import NotAllowed, UnknownItem
from fenhu.programme import Role
from fenhu.web.jobs import kinds, queries, services
from fenhu.web.jobs.models import Job
from fenhu.web.jobs.running import Progress
from fenhu.wording import text

# The worker closes its connections when it is done, so nothing may be held in a transaction around it.
pytestmark = [pytest.mark.usefixtures("emptied_afterwards"), pytest.mark.data_layer]

PHASE = text("Simulating buildings")


def counts_to_three(params, actor, report):
    for done in (1, 2, 3):
        report(PHASE, done, 3)
    return {"counted": 3}


def asks_for_the_impossible(params, actor, report):
    services.start("no such work", actor)


def breaks(params, actor, report):
    raise ZeroDivisionError


def is_cancelled_meanwhile(params, actor, report):
    report(PHASE, 1, 3)
    services.cancel(Job.objects.get(), actor)
    report(PHASE, 3, 3)
    raise AssertionError


@pytest.fixture
def kind_of_work(monkeypatch):
    """Make a work of this module startable by the bureau and by suppliers."""

    def make(work):
        kind = kinds.Kind(
            f"{__name__}.{work.__name__}", text("Counting"), (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)
        )
        monkeypatch.setitem(kinds.KINDS, "counting", kind)

    return make


def work_off():
    call_command("db_worker", batch=True, no_startup_delay=True, verbosity=0)


def test_a_job_runs_to_its_end_and_keeps_its_result(cast, kind_of_work):
    kind_of_work(counts_to_three)
    job = services.start("counting", cast[Role.CITY_BUREAU])
    assert queries.job_view(cast[Role.CITY_BUREAU], job.pk).state == Job.WAITING
    work_off()
    view = queries.job_view(cast[Role.CITY_BUREAU], job.pk)
    assert (view.state, view.done, view.total, view.result) == (Job.DONE, 3, 3, {"counted": 3})
    assert str(view.phase) == str(PHASE)


def test_a_fault_is_kept_as_a_sentence_in_both_languages(cast, kind_of_work):
    kind_of_work(asks_for_the_impossible)
    job = services.start("counting", cast[Role.CITY_BUREAU])
    work_off()
    view = queries.job_view(cast[Role.CITY_BUREAU], job.pk)
    assert view.state == Job.FAILED
    assert view.fault.in_language("en") == "There is no work called no such work"


def test_a_fault_of_the_program_is_told_without_its_insides(cast, kind_of_work, caplog):
    kind_of_work(breaks)
    job = services.start("counting", cast[Role.CITY_BUREAU])
    work_off()
    view = queries.job_view(cast[Role.CITY_BUREAU], job.pk)
    assert view.state == Job.FAILED
    assert "ZeroDivisionError" in view.fault.in_language("en")
    assert "job" in caplog.text


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(cast, kind_of_work):
    kind_of_work(breaks)
    job = services.start("counting", cast[Role.CITY_BUREAU])
    assert services.cancel(job, cast[Role.CITY_BUREAU]).state == Job.CANCELLED
    work_off()
    job.refresh_from_db()
    assert (job.state, job.fault) == (Job.CANCELLED, None)


def test_a_running_job_stops_at_its_next_report(cast, kind_of_work):
    kind_of_work(is_cancelled_meanwhile)
    job = services.start("counting", cast[Role.CITY_BUREAU])
    work_off()
    job.refresh_from_db()
    assert job.state == Job.CANCELLED


def test_progress_is_written_at_most_twice_a_second_within_a_phase(cast, django_assert_max_num_queries):
    job = Job.objects.create(kind="study", state=Job.RUNNING)
    progress, began = Progress(job), time.monotonic()
    with django_assert_max_num_queries(12):
        for done in range(1000):
            progress(PHASE, done, 1001)
    assert time.monotonic() - began < 2
    progress(PHASE, 1001, 1001)
    job.refresh_from_db()
    assert job.done == 1001


def test_only_those_who_may_start_a_work(cast):
    with pytest.raises(NotAllowed):
        services.start("study", cast[Role.HEAT_SUPPLIER])
    with pytest.raises(UnknownItem):
        services.start("fly", cast[Role.CITY_BUREAU])


def test_a_job_is_its_owners_and_the_bureaus(cast, kind_of_work):
    kind_of_work(counts_to_three)
    job = services.start("counting", cast[Role.HEAT_SUPPLIER])
    assert queries.job_view(cast[Role.CITY_BUREAU], job.pk).id == job.pk
    with pytest.raises(Http404):
        queries.job_view(cast.other_supplier, job.pk)
    with pytest.raises(NotAllowed):
        services.cancel(job, cast.other_supplier)


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kinds_work_can_be_found(kind):
    assert callable(import_string(kinds.KINDS[kind].work))
