"""The papers of all flats as work in the background: how far it is, stopped, lost, gone on with."""

import pytest
from tests.web.documents.steps import a_project, flats_of
from tests.web.jobs.test_jobs import work_off

from fenhu.errors import WrongState
from fenhu.programme import Role
from fenhu.web.documents import queries
from fenhu.web.documents.models import Document, Number
from fenhu.web.documents.services import issue, start_batch
from fenhu.web.jobs import services as jobs
from fenhu.web.jobs.models import Job

pytestmark = [pytest.mark.usefixtures("emptied_afterwards"), pytest.mark.data_layer]


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


def test_it_makes_what_is_missing_of_a_year_and_says_how_far_it_is(supplier):
    project = a_project()
    issue(supplier, kind="flat_notice", subject=flats_of(project)[0])
    job = start_batch(supplier, kind="flat_notice", year=2011)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.DONE, 1, 1)
    assert job.result == {"made": 1, "held_back": 0, "reasons": []}
    view = queries.batch_view(supplier, "flat_notice", 2011)
    assert (view.made, view.flats, view.missing) == (2, 2, 0)


def test_flats_it_cannot_be_made_for_are_named_with_the_reason_and_take_no_number(supplier):
    a_project()
    start_batch(supplier, kind="contract", year=2011)
    work_off()
    view = queries.batch_view(supplier, "contract", 2011)
    assert (view.made, view.held_back) == (0, 2)
    code, flat, reason = view.reasons[0]
    assert (code, flat) == ("A2", "1-1-101")
    assert "告知" in str(reason)
    assert not Number.objects.exists()


def test_stopped_it_keeps_what_is_made_and_goes_on(supplier):
    a_project()
    job = start_batch(supplier, kind="flat_notice", year=2011)
    jobs.cancel(job, supplier)
    going_on = jobs.start_again(job, supplier)
    work_off()
    going_on.refresh_from_db()
    assert (going_on.pk, going_on.state, going_on.result["made"]) == (job.pk, Job.DONE, 2)
    with pytest.raises(WrongState):
        jobs.start_again(going_on, supplier)


def test_another_year_or_building_is_left_alone(supplier):
    a_project("A2", 2012)
    start_batch(supplier, kind="flat_notice", year=2011)
    start_batch(supplier, kind="flat_notice", year=2012, code="A1")
    work_off()
    assert not Document.objects.exists()
