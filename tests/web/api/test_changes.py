"""Rows sent together: all of them stand or none, a repeated call is done once, each fault has its place."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.api.calls import Caller

from fenhu.programme import Role
from fenhu.web.api.models import KeptAnswer
from fenhu.web.journal.models import Entry
from fenhu.web.registry.models import Building, Flat

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
KEY = "one-call-0001"


@pytest.fixture
def supplier(client, cast):
    return Caller(client, cast[Role.HEAT_SUPPLIER])


def a_change(**values):
    return {"rows": [{"building": "A1"} | values]}


def test_rows_change_the_register_and_the_journal_says_so(supplier):
    answer = supplier.post("changes/buildings", {"rows": [
        {"building": "A1", "station": "二号换热站", "supply_c": 62.5}, {"building": "A2", "year": None} | {},
    ]})  # fmt: skip
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["where"] == "body.rows[1].year"
    answer = supplier.post("changes/buildings", {"rows": [
        {"building": "A1", "station": "二号换热站", "supply_c": 62.5}, {"building": "A2"},
    ]})  # fmt: skip
    assert (answer.status_code, answer.json()) == (200, {"changed": 1, "same": 1})
    changed = Building.objects.get(code="A1")
    assert (changed.station, changed.supply_c, changed.name) == ("二号换热站", 62.5, "A1号楼")
    assert Entry.objects.filter(kind="register.changed").count() == 1


def test_flats_and_fees_are_changed_the_same_way(supplier):
    flat = {"building": "A1", "flat": "1-1-101"}
    assert supplier.post("changes/flats", {"rows": [flat | {"measured_c": 15.5}]}).json()["changed"] == 1
    assert supplier.post("fees/flats", {"rows": [flat | {"fee_paid": True}]}).json()["changed"] == 1
    fees = {"rows": [{"building": "A1", "fee_collection_percent": 91.5, "arrears_fen": 100}]}
    assert supplier.post("fees/collection", fees).json() == {"changed": 1, "same": 0}
    stored = Flat.objects.get(building__code="A1", storey=1)
    assert (stored.measured_c, stored.fee_paid, stored.owner_name) == (15.5, True, "张三丰")
    assert Building.objects.get(code="A1").arrears_fen == 100


def test_one_faulty_row_leaves_all_of_them_undone(supplier):
    answer = supplier.post("changes/buildings", {"rows": [
        {"building": "A1", "station": "x"}, {"building": "B1", "station": "x"}, {"building": "nowhere"},
    ]})  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (409, "faulty-rows")
    assert [one["where"] for one in answer.json()["faults"]] == [
        "body.rows[1].building", "body.rows[2].building",
    ]  # fmt: skip
    assert not Building.objects.filter(station="x").exists()


def test_what_the_register_refuses_is_refused_here(supplier):
    answer = supplier.post("changes/buildings", a_change(min_room_c=20, mean_room_c=18))
    assert answer.json()["faults"][0]["code"] == "min-above-mean"
    answer = supplier.post("changes/buildings", a_change(pipe_year=1900))
    (fault,) = answer.json()["faults"]
    assert (answer.status_code, fault["code"], fault["where"]) == (
        409,
        "pipe-older",
        "body.rows[0].pipe_year",
    )
    twice = {"rows": [{"building": "A1"}, {"building": "A1"}]}
    assert supplier.post("changes/buildings", twice).json()["faults"][0]["where"] == "body.rows[1].building"


def test_other_figures_of_a_building_change_though_its_pipes_were_said_to_be_older(supplier):
    Building.objects.update(pipe_year=1900)
    assert supplier.post("changes/buildings", a_change(supply_c=60)).json()["changed"] == 1


@pytest.mark.parametrize("blank", ["", "   ", "\u3000\u200b"])
def test_a_blank_name_is_refused_and_a_blank_address_leaves_the_one_there_is(supplier, blank):
    answer = supplier.post("changes/buildings", a_change(name=blank))
    assert (answer.status_code, answer.json()["faults"][0]["where"]) == (422, "body.rows[0].name")
    supplier.post("changes/buildings", a_change(name=" 一号楼\u3000", address=blank))
    changed = Building.objects.get(code="A1")
    assert (changed.name, changed.address) == ("一号楼", "和平路A1")


@pytest.mark.parametrize(
    "wrong",
    [{"supply_c": True}, {"supply_c": "60"}, {"complaints": True}, {"complaints": "3"}, {"maintainable": 1},
     {"maintainable": "yes"}],
)  # fmt: skip
def test_numbers_and_answers_are_sent_as_such(supplier, wrong):
    answer = supplier.post("changes/buildings", a_change(**wrong))
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["where"] == f"body.rows[0].{next(iter(wrong))}"
    assert supplier.post("changes/buildings", a_change(supply_c=60, complaints=3.0)).status_code == 200
    assert supplier.post("changes/buildings", a_change(complaints=3.5)).status_code == 422


def test_the_same_call_again_is_answered_as_before_and_done_once(supplier):
    first = supplier.post("changes/buildings", a_change(station="一号"), key=KEY)
    Building.objects.update(station="三号")
    again = supplier.post("changes/buildings", a_change(station="一号"), key=KEY)
    assert (again.status_code, again.json()) == (200, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Building.objects.filter(station="三号").count() == 3


def test_another_call_under_the_same_key_is_refused(supplier):
    supplier.post("changes/buildings", a_change(station="一号"), key=KEY)
    answer = supplier.post("changes/buildings", a_change(station="二号"), key=KEY)
    assert (answer.status_code, answer.json()["code"]) == (409, "key-used")
    assert supplier.post("changes/flats", a_change(flat="1-1-101"), key=KEY).status_code == 409


def test_a_key_is_its_tokens_alone(supplier, client, cast):
    supplier.post("changes/buildings", a_change(station="一号"), key=KEY)
    other = Caller(client, cast[Role.CITY_BUREAU])
    assert other.post("changes/buildings", a_change(station="二号"), key=KEY).status_code == 200


def test_a_call_that_failed_leaves_its_key_free(supplier):
    assert supplier.post("changes/buildings", {"rows": [{"building": "B1"}]}, key=KEY).status_code == 409
    assert supplier.post("changes/buildings", a_change(station="一号"), key=KEY).status_code == 200


def test_without_a_key_nothing_is_changed(supplier, client):
    answer = client.post(
        "/api/v1/changes/buildings", a_change(station="x"), content_type="application/json",
        headers=supplier.headers(),
    )  # fmt: skip
    assert (answer.status_code, answer.json()["faults"][0]["where"]) == (422, "header.Idempotency-Key")


def test_kept_answers_are_forgotten_after_their_time(supplier):
    supplier.post("changes/buildings", a_change(station="一号"), key=KEY)
    assert KeptAnswer.objects.get().expires_at - timezone.now() > timedelta(days=6)
    KeptAnswer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    supplier.post("changes/buildings", a_change(station="二号"), key="another-call")
    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["another-call"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [(b"{", 400, "unreadable"), (b"\xff", 400, "unreadable"), (b"[]", 422, "shape"), (b"{}", 422, "shape"),
     (b'{"rows": []}', 422, "shape"), (b'{"rows": [{"building": "\\u0000"}]}', 422, "shape"),
     (b'{"rows": "' + b"x" * 3_000_000 + b'"}', 413, "too-large")],
)  # fmt: skip
def test_what_is_no_such_body_is_refused(supplier, body, status, code):
    answer = supplier.post("changes/buildings", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_more_rows_than_a_call_may_have_are_refused(supplier):
    answer = supplier.post("changes/buildings", {"rows": [{"building": "A1"}] * 1001})
    assert "1000" in answer.json()["faults"][0]["message"]


def test_a_change_costs_the_same_in_a_large_city(supplier, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        supplier.post("changes/buildings", a_change(station="一号"))


@pytest.mark.parametrize("role", [Role.DISTRICT_GOV, Role.OWNER_UNIT, Role.COMMUNITY, Role.FINANCE])
def test_offices_that_change_no_register_cannot_here_either(client, cast, role):
    calls = Caller(client, cast[role])
    assert calls.post("changes/buildings", a_change(station="x")).status_code == 403


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_call_from_two_processes_at_once_is_done_once(lasting_database):
    prepare = (
        "from tests.web.cast import everybody; from tests.web.api.calls import a_token\n"
        "from fenhu.programme import Role; print(a_token(everybody()[Role.HEAT_SUPPLIER]))"
    )
    secret = lasting_database.run(prepare)
    ask = (
        "from django.conf import settings; from django.test import Client\n"
        "settings.ALLOWED_HOSTS = ['*']\n"
        "from tests.web.api.calls import Caller\n"
        "row = {'building': 'A1', 'kind': 'supply', 'at': '2010-01-10T08:00:00Z', 'value_c': 60}\n"
        f"answer = Caller(Client(), secret={secret!r}).post('temperatures', {{'rows': [row]}}, key='{KEY}')\n"
        "print(answer.status_code, answer.json()['taken'])"
    )
    asking = [lasting_database.start(ask) for _ in range(3)]
    assert {lasting_database.finish(one) for one in asking} == {"200 1"}
    count = "from fenhu.web.metering.models import ReadingBatch; print(ReadingBatch.objects.count())"
    assert lasting_database.run(count) == "1"
