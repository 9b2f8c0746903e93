"""The log: a line a request with its number, and nothing anywhere of what people entered."""

import io
import json
import logging
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, override_settings
from django.urls import path as address

from fenhu.errors import InputFault, PolicyFault
from fenhu.programme import Role
from fenhu.web.household import services
from fenhu.web.jobs import kinds
from fenhu.web.jobs.models import Job
from fenhu.web.jobs.running import run
from fenhu.web.urls import urlpatterns as pages
from fenhu.web.watching.logs import Json, Lines
from fenhu.wording import text

pytestmark = pytest.mark.django_db
NAME, PHONE, WORDS = "欧阳不凡", "13904180418", "my-neighbour-drinks"
PERSONAL = (NAME, PHONE, WORDS, "%E6%AC%A7%E9%98%B3")


@pytest.fixture(params=[Lines, Json])
def log(request):
    """Return what is written to the log meanwhile, by every logger there is, at any level."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def breaks(request):
    """Fail as a page fails: with the person's words in the exception and in what it came from."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM nowhere WHERE name = %s", [NAME])
    except Exception as fault:
        raise IntegrityError(f"Key (phone)=({PHONE}) already exists, {request.POST}") from fault


def refuses(request):
    raise InputFault(text("{name} is not known", name=NAME))


urlpatterns = [
    *pages,
    address("breaks/", breaks, name="breaks"),
    address("refuses/", refuses, name="refuses"),
]


def fails_at_work(params, actor, report):
    raise ValueError(f"{params}: no such person")


def refuses_work(params, actor, report):
    raise InputFault(text("{name} is not known", name=NAME))


def test_nothing_a_person_enters_is_in_the_log(cast, log, monkeypatch):
    client = Client(raise_request_exception=False)
    link = services.link_for(cast.flat)
    with override_settings(ROOT_URLCONF=__name__):
        client.post("/login/", {"username": NAME, "password": WORDS})
        for _ in range(6):
            client.post("/login/", {"username": PHONE, "password": WORDS})
        client.get("/public/search/", {"q": NAME})
        client.get(f"/nowhere/{NAME}/", {"phone": PHONE}, headers={"referer": f"http://x/{NAME}"})
        client.get(f"{link}nonsense/")
        client.post(f"{link}consent/", {"digits": "0001", "name": NAME, "phone": PHONE})
        client.get("/healthz", headers={"x-request-id": PHONE, "host": f"{WORDS}.example"})
        client.force_login(cast[Role.HEAT_SUPPLIER], backend="django.contrib.auth.backends.ModelBackend")
        client.get("/search/", {"q": NAME})
        client.post("/breaks/", {"name": NAME})
        client.get("/refuses/")
        client.put(f"/buildings/{NAME}/", data=PHONE)
    for work in (fails_at_work, refuses_work):
        kind = kinds.Kind(f"{__name__}.{work.__name__}", text("Counting"), (Role.CITY_BUREAU,))
        monkeypatch.setitem(kinds.KINDS, "counting", kind)
        ticket, owner = uuid4(), cast[Role.CITY_BUREAU]
        job = Job.objects.create(kind="counting", owner=owner, params={"name": NAME}, ticket=ticket)
        run.func(SimpleNamespace(task_result=SimpleNamespace(id=ticket)), job.pk)
    logging.getLogger("some.library").error(f"{NAME} broke it")
    logging.getLogger("some.library").error("%s broke it", NAME)
    logging.getLogger("fenhu.somewhere").error("job %s was cut off: %s", 7, ValueError(NAME))
    written = log.getvalue()
    assert [word for word in (*PERSONAL, link.split("/")[2]) if word in written] == []
    assert "IntegrityError" in written
    assert "job 7 was cut off: ValueError" in written
    assert "in breaks" in written
    assert "in fails_at_work" in written
    assert "ValueError" in written
    assert cast[Role.HEAT_SUPPLIER].username not in written


def lines_of(client_call):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Json())
    logging.getLogger().addHandler(handler)
    try:
        answer = client_call()
    finally:
        logging.getLogger().removeHandler(handler)
    return answer, [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_has_one_line_with_its_number_page_status_time_and_the_users_id(cast, client):
    user = cast[Role.HEAT_SUPPLIER]
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer, (line,) = lines_of(lambda: client.get("/buildings/?q=secret"))
    assert line["request"] == answer["X-Request-ID"]
    assert (line["view"], line["method"], line["status"], line["user"]) == ("buildings", "GET", 200, user.pk)
    assert line["milliseconds"] > 0
    assert "secret" not in json.dumps(line)


def test_every_line_of_a_request_carries_its_number(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast[Role.HEAT_SUPPLIER], backend="django.contrib.auth.backends.ModelBackend")
    with override_settings(ROOT_URLCONF=__name__):
        answer, lines = lines_of(lambda: client.get("/breaks/"))
    fault, own = lines
    assert fault["request"] == own["request"] == answer["X-Request-ID"]
    assert fault["fault"][-1] == "django.db.utils.IntegrityError"
    assert own["status"] == 500


def test_a_proxys_number_is_kept_and_anything_else_is_not(client):
    given = "0123456789abcdef" * 2
    assert client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"] == given
    assert client.get("/healthz", headers={"x-request-id": PHONE})["X-Request-ID"] != PHONE


def test_probes_and_files_leave_no_line(client):
    for path in ("/healthz", "/static/ui/fenhu.css"):
        answer, lines = lines_of(lambda path=path: client.get(path))
        answer.close()
        assert (answer.status_code, lines) == (200, [])


def fails_by_its_policy(request):
    raise PolicyFault(text("city.toml: tariff is missing"), file="city.toml", key="tariff")


urlpatterns += [address("fails-by-its-policy/", fails_by_its_policy, name="fails-by-its-policy")]


def test_a_fault_no_visitor_can_mend_is_an_error_with_its_sentence(cast, client):
    client.force_login(cast[Role.HEAT_SUPPLIER], backend="django.contrib.auth.backends.ModelBackend")
    with override_settings(ROOT_URLCONF=__name__):
        answer, (fault, own) = lines_of(lambda: client.get("/fails-by-its-policy/"))
    assert (answer.status_code, own["status"]) == (500, 500)
    assert (fault["level"], fault["message"]) == ("ERROR", "policy: city.toml: tariff is missing")
