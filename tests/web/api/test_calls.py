"""What holds for every call: its limit, its faults in the caller's language, its description."""

import errno

import pytest
from django.db import InterfaceError, OperationalError
from tests.web.api.calls import Caller, a_token

from fenhu.programme import Role
from fenhu.web.api.models import Usage
from fenhu.web.api.operations import description

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
PROBLEM = "application/problem+json"


@pytest.fixture
def supplier(client, cast):
    return Caller(client, cast[Role.HEAT_SUPPLIER])


def test_calls_beyond_the_limit_are_refused_until_the_minute_is_over(supplier, settings, time_machine):
    settings.API_PER_MINUTE = 2
    time_machine.move_to("2026-01-05T08:00:50+00:00", tick=False)
    first, second, third = (supplier.get("me") for _ in range(3))
    assert [first["RateLimit"], second["RateLimit"]] == ['"token";r=1;t=10', '"token";r=0;t=10']
    assert first["RateLimit-Policy"] == '"token";q=2;w=60'
    assert (third.status_code, third["Retry-After"], third["Content-Type"]) == (429, "10", PROBLEM)
    assert "10 seconds" in third.json()["detail"]
    time_machine.move_to("2026-01-05T08:01:00+00:00", tick=False)
    assert supplier.get("me").status_code == 200


def test_one_tokens_calls_are_not_anothers(supplier, client, cast, settings):
    settings.API_PER_MINUTE = 1
    supplier.get("me")
    assert Caller(client, cast[Role.CITY_BUREAU]).get("me").status_code == 200
    assert sorted(Usage.objects.values_list("calls", flat=True)) == [1, 1]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_over_several_server_processes(lasting_database):
    prepare = (
        "from tests.web.cast import everybody; from tests.web.api.calls import a_token;"
        "from fenhu.programme import Role; print(a_token(everybody()[Role.HEAT_SUPPLIER]))"
    )
    secret = lasting_database.run(prepare)
    ask = (
        "from django.conf import settings; from django.test import Client\n"
        "from fenhu.web.api import limiting\n"
        "settings.API_PER_MINUTE, settings.ALLOWED_HOSTS, limiting.WINDOW_S = 40, ['*'], 10**9\n"
        f"head = {{'authorization': 'Bearer {secret}'}}\n"
        "print(sum(Client().get('/api/v1/me', headers=head).status_code == 200 for _ in range(30)))"
    )
    asking = [lasting_database.start(ask) for _ in range(2)]
    assert sum(int(lasting_database.finish(one)) for one in asking) == 40


@pytest.mark.parametrize(("language", "said"), [("en", "Not found"), ("zh-hans", "未找到")])
def test_a_fault_speaks_the_callers_language(supplier, language, said):
    answer = supplier.get("buildings/nowhere", language=language)
    assert (answer.status_code, answer["Content-Type"], answer.json()["title"]) == (404, PROBLEM, said)


def test_without_a_language_it_speaks_the_owners(client, cast):
    owner = cast[Role.HEAT_SUPPLIER]
    owner.language = "en"
    owner.save()
    head = {"authorization": f"Bearer {a_token(owner)}"}
    assert client.get("/api/v1/buildings/nowhere", headers=head).json()["title"] == "Not found"


def test_what_does_not_fit_the_description_is_named_with_its_place(supplier):
    answer = supplier.get("buildings", limit=0, district="x" * 41)
    assert answer.status_code == 422
    faults = {one["where"]: one["message"] for one in answer.json()["faults"]}
    assert faults == {
        "query.limit": "It must be at least 1",
        "query.district": "It may have at most 40 signs",
    }


def test_another_method_is_refused_in_the_same_words(supplier, client):
    answer = client.delete("/api/v1/buildings", headers=supplier.headers())
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "GET", PROBLEM)


def test_an_address_nobody_knows_is_answered_as_a_problem(client):
    answer = client.get("/api/v1/nothing/here")
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize("address", ["buildings?district=%00", "buildings/%00", "buildings/A%00/flats"])
def test_signs_no_database_holds_are_refused_as_a_problem(supplier, address):
    answer = supplier.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)


def test_no_answer_is_stored_on_the_way(supplier):
    assert supplier.get("me")["Cache-Control"] == "no-store"


def test_the_description_is_open_to_anybody_and_says_which_version_it_is(client):
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert told == description()


def every_operation():
    return [(path, method, told) for path, by_method in description()["paths"].items()
            for method, told in by_method.items()]  # fmt: skip


@pytest.mark.parametrize(("path", "method", "told"), every_operation(), ids=lambda one: str(one)[:40])
def test_every_operation_declares_its_errors_its_limits_and_its_token(path, method, told):
    declared = {int(status) for status in told["responses"]}
    assert {401, 403, 404, 422, 429} <= declared
    assert method == "get" or {400, 409, 413} <= declared
    assert told["security"] == [{"Bearer": []}]
    assert PROBLEM in told["responses"]["404"]["content"] if "404" in told["responses"] else True
    assert "RateLimit" in told["responses"]["200"]["headers"]
    assert told["description"]


def test_the_documentation_page_loads_nothing_from_elsewhere(client):
    page = client.get("/api/v1/").content.decode()
    assert "list_buildings" in page
    assert "http://" not in page.replace("http://127.0.0.1", "")
    assert "<script>" not in page
    assert "https://" not in page


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [(ValueError("秘密"), 500, "broken"), (OverflowError("秘密"), 500, "broken"),
     (OperationalError("秘密"), 503, "unavailable"), (InterfaceError("秘密"), 503, "unavailable"),
     (OSError(errno.ENOSPC, "秘密"), 507, "no-room")],
)  # fmt: skip
def test_a_fault_of_ours_is_a_problem_without_its_details_and_stands_in_the_log(
    supplier, monkeypatch, caplog, fault, status, code
):
    def fail(*asked, **more):
        raise fault

    monkeypatch.setattr("fenhu.web.ledger.queries.accounts_after", fail)
    supplier.client.raise_request_exception = False
    answer = supplier.get("fees/accounts")
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert (answer.json()["code"], answer.json()["status"]) == (code, status)
    assert "秘密" not in answer.content.decode()
    assert answer.has_header("Retry-After") is (status == 503)
    [line] = [one for one in caplog.records if one.name == "django.request"]
    assert (line.levelname, line.exc_info[1]) == ("ERROR", fault)


def test_more_parameters_than_can_be_read_are_a_problem(supplier):
    answer = supplier.get("fees/accounts", **{f"a{number}": 1 for number in range(1500)})
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (400, PROBLEM, "unreadable")
