"""Webhooks: told what happened in the same transaction, signed, sent again, never into one's own network."""

import base64
import hashlib
import hmac
import json
import socket
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.web.access.walk import a_listed_project, issued_papers
from tests.web.api.calls import Caller
from tests.web.api.examples import documented
from tests.web.ui.pages import rows, send, visit, words

from fenhu.errors import InputFault, WrongState
from fenhu.programme import Role
from fenhu.web.api import judging, sending
from fenhu.web.api.delivering import OVERDUE_S, PAUSES_S, deliver, take_up_lost
from fenhu.web.api.models import Delivery, Webhook
from fenhu.web.api.services import end_webhook, make_webhook, renew_secret, replay, try_webhook
from fenhu.web.api.webhooks import secret_of
from fenhu.web.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
PUBLIC = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]


class Listener:
    """Another system that hears what it is told."""

    def __init__(self):
        self.heard, self.status, self.headers, self.body = [], 200, {}, b""
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                listener.heard.append((dict(self.headers.items()), body))
                self.send_response(listener.status)
                for name, value in listener.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(listener.body)))
                self.end_headers()
                self.wfile.write(listener.body)

            def log_message(self, *said):
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def listener(settings):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    made = Listener()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


def a_webhook(who, listener, *events):
    return make_webhook(who, address=listener.address, events=events or ["paper.issued"])


def test_what_happened_is_told_signed_as_standard_webhooks_says(cast, supplier, listener):
    webhook = a_webhook(supplier, listener)
    a_listed_project("A2")
    a_listed_project("B1")
    issued_papers(supplier, cast.other_supplier)
    delivery = Delivery.objects.order_by("pk").first()
    deliver.call(delivery.pk, 0)
    [(headers, body)] = listener.heard
    told = json.loads(body)
    assert (told["type"], told["data"]["building"], told["data"]["kind"]) == (
        "paper.issued",
        "A2",
        "flat_notice",
    )
    key = base64.b64decode(secret_of(webhook).removeprefix("whsec_"))
    said = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
    mac = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"
    is_ours = documented("is_ours")
    assert is_ours(secret_of(webhook), headers, body)
    assert not is_ours(secret_of(webhook), headers, body + b" ")
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_status) == ("delivered", 1, 200)


def test_nobody_is_told_what_he_may_not_see(cast, supplier, listener):
    a_webhook(supplier, listener)
    a_webhook(cast.other_supplier, listener)
    a_listed_project("A2")
    a_listed_project("B1")
    issued_papers(supplier, cast.other_supplier)
    told = [(one.webhook.organisation.name, json.loads(one.body)["data"]["building"])
            for one in Delivery.objects.order_by("pk")]  # fmt: skip
    assert sorted(set(told)) == [("光明供热", "B1"), ("宏远热力", "A2")]


def test_an_office_in_which_nobody_is_left_hears_nothing(supplier, cast, listener):
    bureau = cast[Role.CITY_BUREAU]
    a_webhook(bureau, listener)
    bureau.is_active = False
    bureau.save()
    a_listed_project("A2")
    a_listed_project("B1")
    issued_papers(supplier, cast.other_supplier)
    assert not Delivery.objects.exists()


def test_what_is_undone_was_never_told(client, supplier, listener):
    a_webhook(supplier, listener, "temperatures.accepted")
    row = {"building": "A1", "kind": "supply", "at": "2010-01-10T08:00:00Z", "value_c": 60}
    with transaction.atomic():
        assert Caller(client, supplier).post("temperatures", {"rows": [row]}).status_code == 200
        assert Delivery.objects.count() == 1
        transaction.set_rollback(True)
    assert (Delivery.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_a_refused_message_is_sent_again_after_growing_pauses_and_given_up_in_the_end(supplier, listener):
    listener.status = 503
    delivery = try_webhook(supplier, a_webhook(supplier, listener).pk)
    pauses = []
    for attempt in range(len(PAUSES_S)):
        deliver.call(delivery.pk, attempt)
        delivery.refresh_from_db()
        pauses.append(round((delivery.due_at - timezone.now()).total_seconds(), -1))
    assert (delivery.state, delivery.last_status) == ("given_up", 503)
    assert pauses == sorted(pauses)
    assert len(listener.heard) == len(PAUSES_S)
    assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 1
    deliver.call(delivery.pk, len(PAUSES_S))
    assert len(listener.heard) == len(PAUSES_S)


def test_the_next_attempt_is_put_down_before_a_message_is_sent(supplier, listener, monkeypatch):
    delivery = try_webhook(supplier, a_webhook(supplier, listener).pk)

    def killed(*asked):
        raise KeyboardInterrupt

    monkeypatch.setattr("fenhu.web.api.delivering.send", killed)
    with pytest.raises(KeyboardInterrupt):
        deliver.call(delivery.pk, 0)
    monkeypatch.undo()
    waiting = DBTaskResult.objects.order_by("-enqueued_at").first()
    assert waiting.run_after > timezone.now()
    assert waiting.args_kwargs["args"] == [delivery.pk, 1]
    deliver.call(delivery.pk, 1)
    delivery.refresh_from_db()
    assert delivery.state == "delivered"


def a_lost_message(supplier, listener):
    """Return a message whose ticket a worker took and did not live to begin."""
    delivery = try_webhook(supplier, a_webhook(supplier, listener).pk)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, worker_ids=["gone"])
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=OVERDUE_S + 1))
    return delivery


def ready():
    tickets = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return [one["args"] for one in tickets.values_list("args_kwargs", flat=True)]


def test_a_message_whose_worker_was_lost_before_it_began_is_in_the_queue_again_once(supplier, listener):
    delivery = a_lost_message(supplier, listener)
    assert (take_up_lost(), take_up_lost(), ready()) == (1, 0, [[delivery.pk, 0]])
    deliver.call(delivery.pk, 0)
    deliver.call(delivery.pk, 0)
    delivery.refresh_from_db()
    assert (delivery.state, len(listener.heard)) == ("delivered", 1)
    assert take_up_lost() == 0


def test_a_later_attempt_that_was_lost_is_made_as_that_one(supplier, listener):
    delivery = a_lost_message(supplier, listener)
    Delivery.objects.update(attempts=3)
    take_up_lost()
    assert ready() == [[delivery.pk, 3]]


def test_what_waits_in_the_queue_or_for_its_time_is_not_lost(supplier, listener):
    delivery = a_lost_message(supplier, listener)
    DBTaskResult.objects.update(status=TaskResultStatus.READY)
    assert take_up_lost() == 0
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())
    assert take_up_lost() == 0


def test_an_attempt_that_comes_twice_is_made_once(supplier, listener):
    delivery = try_webhook(supplier, a_webhook(supplier, listener).pk)
    deliver.call(delivery.pk, 0)
    deliver.call(delivery.pk, 0)
    assert len(listener.heard) == 1


def test_a_button_sends_a_message_once_more_under_its_number(client, supplier, listener):
    webhook = a_webhook(supplier, listener)
    delivery = try_webhook(supplier, webhook.pk)
    deliver.call(delivery.pk, 0)
    page = send(client, supplier, f"/account/deliveries/{delivery.pk}/replay/", {})
    assert "once more" in words(page)
    with pytest.raises(WrongState):
        replay(supplier, delivery.pk)
    deliver.call(delivery.pk, 0)
    assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 1
    assert Entry.objects.filter(kind="api.delivery_replayed").count() == 1


def test_the_page_shows_the_secret_once_and_how_messages_fared(client, supplier, listener):
    listener.status = 500
    fields = {"address": listener.address, "events": ["project.step"]}
    page = send(client, supplier, "/account/webhooks/make/", fields)
    webhook = Webhook.objects.get()
    assert words(page.select_one(".secret")) == secret_of(webhook)
    delivery = try_webhook(supplier, webhook.pk)
    deliver.call(delivery.pk, 0)
    page = visit(client, supplier, f"/account/webhooks/{webhook.pk}/")
    assert page.select_one(".secret") is None
    [row] = rows(page, "deliveries")
    assert row[1:4] == ["A test", "is sent again", f"1 / {len(PAUSES_S)}"]
    assert "Answered with 500" in row[4]


def test_a_renewed_secret_signs_beside_the_old_one_for_a_day(supplier, listener):
    webhook = a_webhook(supplier, listener)
    old = secret_of(webhook)
    webhook = renew_secret(supplier, webhook.pk)
    assert secret_of(webhook) != old
    deliver.call(try_webhook(supplier, webhook.pk).pk, 0)
    Webhook.objects.update(renewed_at=timezone.now() - timedelta(days=2))
    deliver.call(try_webhook(supplier, webhook.pk).pk, 0)
    assert [len(headers["webhook-signature"].split()) for headers, _ in listener.heard] == [2, 1]


def test_an_ended_webhook_is_told_nothing_more(supplier, listener):
    webhook = a_webhook(supplier, listener)
    delivery = try_webhook(supplier, webhook.pk)
    end_webhook(supplier, webhook.pk)
    deliver.call(delivery.pk, 0)
    delivery.refresh_from_db()
    assert (delivery.state, listener.heard) == ("given_up", [])
    with pytest.raises(WrongState):
        replay(supplier, delivery.pk)


def test_no_redirect_is_followed_and_no_long_answer_read(supplier, listener):
    listener.status, listener.headers = 302, {"location": listener.address}
    delivery = try_webhook(supplier, a_webhook(supplier, listener).pk)
    deliver.call(delivery.pk, 0)
    listener.status, listener.headers, listener.body = 200, {}, b"x" * (sending.MOST_BYTES + 1)
    deliver.call(delivery.pk, 1)
    delivery.refresh_from_db()
    assert (delivery.state, len(listener.heard)) == ("waiting", 2)
    assert "is longer" in str(delivery.last_fault)


def test_a_listener_that_drips_is_left_after_the_whole_time(settings, monkeypatch):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    monkeypatch.setattr(sending, "WHOLE_S", 0.3)
    with _dripping() as port, pytest.raises(sending.Unreached, match="0"):
        sending.send(f"http://127.0.0.1:{port}/", b"{}", {})


@contextmanager
def _dripping():
    """Serve an answer that comes a byte at a time and never ends."""
    stop = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))

    def drip():
        connection, _ = server.accept()
        with connection:
            while not stop.wait(0.05):
                try:
                    connection.sendall(b"H")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    yield server.getsockname()[1]
    stop.set()
    thread.join()
    server.close()


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1/", "https://localhost/", "https://10.0.0.8/", "https://192.168.1.1/", "https://[::1]/",
     "https://169.254.169.254/latest/meta-data/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1]/",
     "https://[64:ff9b::a00:1]/", "https://[2002:7f00:1::]/", "https://2130706433/", "https://0.0.0.0/",
     "https://100.64.0.1/", "https://224.0.0.1/", "https://[fc00::1]/", "https://[fec0::1]/", "https://127.1/",
     "http://example.com/", "ftp://example.com/", "https://user:word@example.com/", "https://", "nothing",
     "https://exa\u2100mple.com/"],
)  # fmt: skip
def test_no_address_leads_into_ones_own_network_or_in_the_clear(supplier, address):
    with pytest.raises(InputFault):
        make_webhook(supplier, address=address, events=["project.step"])


@pytest.mark.parametrize(
    "address",
    ["https://8.8.8.8/通知", "https://8.8.8.8/?x=路", "https://8.8.8.8/a b", "https://8.8.8.8/a\nb",
     "https://８.８.８.８/", "https://例子.example/", "https://8.8.8.8/\x7f"],
)  # fmt: skip
def test_an_address_that_no_call_could_carry_is_refused_with_how_to_write_it(client, supplier, address):
    with pytest.raises(InputFault, match="%20"):
        make_webhook(supplier, address=address, events=["project.step"])
    encoded = make_webhook(supplier, address="https://8.8.8.8/%E9%80%9A?x=%20", events=["project.step"])
    assert encoded.address.endswith("/%E9%80%9A?x=%20")


def test_an_address_registered_before_that_cannot_be_called_says_why(client, supplier, listener):
    webhook = a_webhook(supplier, listener)
    Webhook.objects.update(address=listener.address + "/通知")
    deliver.call(try_webhook(supplier, webhook.pk).pk, 0)
    [row] = rows(visit(client, supplier, f"/account/webhooks/{webhook.pk}/"), "deliveries")
    assert "percent-encode" in row[4]


def test_whatever_the_client_trips_over_is_a_reason(supplier, listener, monkeypatch):
    def trip(self, *asked, **more):
        raise TypeError("秘密")

    monkeypatch.setattr(sending.httpcore.ConnectionPool, "handle_request", trip)
    delivery = try_webhook(supplier, a_webhook(supplier, listener).pk)
    deliver.call(delivery.pk, 0)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_fault["params"]) == ("waiting", {"kind": "TypeError"})


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    inside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", 443))
    monkeypatch.setattr(judging.socket, "getaddrinfo", lambda *asked, **more: [*PUBLIC, inside])
    with pytest.raises(InputFault, match="公网"):
        judging.judged("https://example.com/")


def test_the_connection_goes_to_the_judged_address_whatever_the_name_says_next(monkeypatch):
    answers = iter([PUBLIC])
    monkeypatch.setattr(judging.socket, "getaddrinfo", lambda *asked, **more: next(answers))
    reached = []

    def connect(self, host, port, *more):
        reached.append((host, port))
        raise sending.httpcore.ConnectError

    monkeypatch.setattr(sending.httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(sending.Unreached):
        sending.send("https://rebinding.example/", b"{}", {})
    assert reached == [("93.184.216.34", 443)]


def test_an_address_is_judged_again_when_something_is_sent(supplier, listener, settings):
    delivery = try_webhook(supplier, a_webhook(supplier, listener).pk)
    settings.WEBHOOK_HOSTS = []
    deliver.call(delivery.pk, 0)
    delivery.refresh_from_db()
    assert (delivery.state, listener.heard) == ("waiting", [])
    assert "https" in str(delivery.last_fault)


def test_there_are_not_endlessly_many(supplier, listener):
    for _ in range(10):
        a_webhook(supplier, listener)
    with pytest.raises(InputFault, match="10"):
        a_webhook(supplier, listener)


def test_old_messages_are_forgotten(cast, supplier, listener):
    a_webhook(supplier, listener)
    delivery = try_webhook(supplier, Webhook.objects.get().pk)
    Delivery.objects.update(state="delivered", made_at=timezone.now() - timedelta(days=31))
    a_listed_project("A2")
    a_listed_project("B1")
    issued_papers(supplier, cast.other_supplier)
    assert not Delivery.objects.filter(pk=delivery.pk).exists()
