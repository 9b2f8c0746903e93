"""Figures for Prometheus: closed without the token, whole with it, and at the same cost in any city."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.api.models import Delivery, Webhook
from fenhu.web.jobs.models import Job
from fenhu.web.keeping.last import LastBackup, note_backup
from fenhu.web.watching import beats, views
from fenhu.web.works.models import Case
from fenhu.web.works.queries import others_turn, worklist
from fenhu.web.works.subjects import SUBJECTS

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
TOKEN = "a-token-only-prometheus-knows"


@pytest.fixture(autouse=True)
def _open_with_a_token(settings, tmp_path):
    settings.METRICS_TOKEN, settings.DATA_DIR = TOKEN, tmp_path
    views.FIGURES.forget()


def scraped(client):
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {(one.name, *sorted(one.labels.values())): one.value for each in families for one in each.samples}


@pytest.mark.parametrize("told", ["", "Bearer ", "Bearer nonsense", f"Basic {TOKEN}x"])
def test_without_the_token_there_is_no_such_page(client, told):
    assert client.get("/metrics", headers={"authorization": told}).status_code == 404


def test_it_is_closed_until_a_token_is_set(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_requests_are_counted_by_the_pages_name_not_its_address(client):
    client.get("/public/data/")
    before = scraped(client)
    client.get("/public/data/")
    client.get("/nowhere/at/all/")
    after = scraped(client)
    grown = {key for key in after if after[key] > before.get(key, 0) and key[0] == "fenhu_requests_total"}
    assert ("fenhu_requests_total", "200", "GET", "public-data") in grown
    assert ("fenhu_requests_total", "404", "GET", "none") in grown
    assert not any("nowhere" in word for key in after for word in key)
    assert after["fenhu_request_seconds_count", "GET", "public-data"] >= 2


def test_a_method_nobody_knows_makes_no_figure_of_its_own(client):
    client.generic("FROBNICATE", "/public/data/")
    assert any(key[0] == "fenhu_requests_total" and "other" in key for key in scraped(client))


def test_work_is_told_by_its_state_and_its_longest_wait(client, cast):
    owner = cast[Role.CITY_BUREAU]
    now = timezone.now()
    for state in (Job.WAITING, Job.WAITING, Job.RUNNING, Job.DONE):
        Job.objects.create(kind="study", owner=owner, state=state)
    Job.objects.create(kind="study", owner=owner, state=Job.FAILED, finished_at=now)
    Job.objects.create(
        kind="study", owner=owner, state=Job.FAILED, finished_at=now - timezone.timedelta(days=2)
    )
    Job.objects.filter(state=Job.WAITING).update(created_at=now - timezone.timedelta(hours=1))
    found = scraped(client)
    assert {state: found["fenhu_jobs", state] for state in ("waiting", "running", "failed")} == {
        "waiting": 2, "running": 1, "failed": 1,
    }  # fmt: skip
    assert 3600 <= found["fenhu_job_wait_seconds",] < 3700


def test_messages_to_webhooks_are_told_by_those_that_wait_and_those_given_up_of_late(client, cast):
    now = timezone.now()
    webhook = Webhook.objects.create(
        role="city_bureau", address="https://there.example/", events=["plan"], salt="s",
        made_by=cast[Role.CITY_BUREAU],
    )  # fmt: skip
    given = {"webhook": webhook, "event": "plan", "body": "{}", "due_at": now}
    for state in (Delivery.WAITING, Delivery.WAITING, Delivery.DELIVERED):
        Delivery.objects.create(number=uuid4(), state=state, **given)
    for days in (0, 2):
        over = now - timezone.timedelta(days=days)
        Delivery.objects.create(number=uuid4(), state=Delivery.GIVEN_UP, finished_at=over, **given)
    Delivery.objects.filter(state=Delivery.WAITING).update(made_at=now - timezone.timedelta(hours=1))
    found = scraped(client)
    assert {state: found["fenhu_deliveries", state] for state in ("waiting", "given_up")} == {
        "waiting": 2, "given_up": 1,
    }  # fmt: skip
    assert 3600 <= found["fenhu_delivery_wait_seconds",] < 3700


def test_what_is_overdue_is_told_by_its_workflow_as_the_lists_of_work_have_it(client, cast):
    before = scraped(client)
    assert {key[1] for key in before if key[0] == "fenhu_overdue"} == {
        subject.workflow.name for subject in SUBJECTS.values()
    }  # fmt: skip
    for since in (clock.today() - timezone.timedelta(days=90), clock.today()):
        Case.objects.create(building=cast.flat.building, kind="complaint", title="漏水", since=since)
    views.FIGURES.forget()
    found = scraped(client)
    assert found["fenhu_overdue", "case"] == before["fenhu_overdue", "case"] + 1
    bureau = cast[Role.CITY_BUREAU]
    listed = worklist(bureau).overdue + sum(turn.overdue for turn in others_turn(bureau))
    assert sum(value for key, value in found.items() if key[0] == "fenhu_overdue") == listed


def test_database_disk_worker_backup_and_build_are_told(client):
    note_backup(LastBackup(made_at=timezone.now() - timezone.timedelta(hours=2), size_bytes=10))
    with beats.beating():
        found = scraped(client)
    assert found["fenhu_disk_free_bytes",] > 0
    assert found["fenhu_database_bytes",] > 0 or connection.vendor == "sqlite"  # the tests' is in memory
    assert 0 <= found["fenhu_worker_silence_seconds",] < 60
    assert 7200 <= found["fenhu_backup_age_seconds",] < 7300
    assert found["fenhu_ready", "database"] == found["fenhu_ready", "worker"] == 1
    assert any(key[0] == "fenhu_build_info" for key in found)


def test_where_no_backup_was_ever_made_none_is_told(client):
    assert ("fenhu_backup_age_seconds",) not in scraped(client)


def test_a_second_scrape_asks_the_database_nothing(client):
    scraped(client)
    with CaptureQueriesContext(connection) as asked:
        scraped(client)
    assert len(asked) == 0
