"""Watching long work: how far it is, where its result stands, and how it ends otherwise."""

import pytest
from django.utils import timezone
from tests.web.ui.pages import send, visit, words

from fenhu.programme import Role
from fenhu.web.jobs.models import Job
from fenhu.wording import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def a_job(owner):
    def make(state, **fields):
        return Job.objects.create(
            kind="stage-upload", owner=owner, state=state, params={"upload": 7},
            phase=text("Reading the register").to_json(), **fields,
        )  # fmt: skip

    return make


def watched(client, job):
    client.force_login(job.owner)
    return client.get(f"/jobs/{job.pk}/", headers={"hx-request": "true", "accept-language": "en"})


def test_running_work_says_its_phase_and_how_far_it_is(client, owner, a_job):
    page = visit(client, owner, f"/jobs/{a_job('running', done=3, total=10).pk}/")
    assert page.select_one("progress")["value"] == "3"
    assert "3 of 10" in words(page)
    assert page.select_one("#job")["hx-trigger"] == "every 1s"


def test_finished_work_leads_to_its_result(client, a_job):
    job = a_job("done")
    assert watched(client, job).headers["HX-Redirect"] == "/import/7/"
    assert client.get(f"/jobs/{job.pk}/").url == "/import/7/"


def test_failed_work_says_why_and_leads_back(client, owner, a_job):
    job = a_job("failed", fault=text("The file {file} is damaged", file="a.xlsx").to_json())
    page = visit(client, owner, f"/jobs/{job.pk}/")
    assert "The file a.xlsx is damaged" in words(page.select_one("[role=alert]"))
    assert page.select_one('a.button[href="/import/"]')
    assert "hx-trigger" not in page.select_one("#job").attrs


def test_failed_work_is_started_again_by_whoever_may_start_it(client, owner, a_job):
    job = a_job("failed", attempts=3, fault=text("The file {file} is damaged", file="a.xlsx").to_json())
    address = f"/jobs/{job.pk}/go-on/"
    page = visit(client, owner, f"/jobs/{job.pk}/")
    assert words(page.select_one(f'form[action="{address}"] button')) == "Start again"
    page = send(client, owner, address, {})
    assert not page.select_one(f'form[action="{address}"]')
    job.refresh_from_db()
    assert (job.state, job.attempts, job.fault) == ("waiting", 0, None)
    send(client, owner, address, {}, status=409)


def test_work_whose_worker_is_gone_says_that_it_goes_on_by_itself(client, owner, a_job):
    page = visit(client, owner, f"/jobs/{a_job('running').pk}/")
    assert "taken up again by itself" in words(page)
    again = visit(client, owner, f"/jobs/{a_job('waiting', attempts=1, taken_up_at=timezone.now()).pk}/")
    assert "attempt 1 of 3" in words(again)


def test_work_is_stopped_by_its_owner(client, owner, a_job):
    job = a_job("running", done=3, total=10)
    page = send(client, owner, f"/jobs/{job.pk}/cancel/", {})
    assert words(page.select_one("#job button[disabled]")) == "Stopping …"
    assert Job.objects.get().cancel_requested


def test_anothers_work_is_not_there(client, cast, a_job):
    job = a_job("running")
    visit(client, cast.other_supplier, f"/jobs/{job.pk}/", status=404)
    send(client, cast.other_supplier, f"/jobs/{job.pk}/cancel/", {}, status=404)
    assert not Job.objects.get().cancel_requested
