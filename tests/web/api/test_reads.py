"""The plan, the works, fees and papers through the interface: what the pages show, by the same scope."""

import pytest
from tests.web.access.walk import a_heat_bill, a_listed_project, a_payment, issued_papers
from tests.web.api.calls import Caller
from tests.web.cast import a_plan, a_study
from tests.web.planned import with_a_plan

from fenhu.programme import Role
from fenhu.web.documents.models import Document
from fenhu.web.ledger.models import Receipt

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def supplier(client, cast):
    return Caller(client, cast[Role.HEAT_SUPPLIER])


def test_the_plan_says_when_each_building_is_converted(supplier, cast):
    assert supplier.get("plan").status_code == 404
    with_a_plan(a_study())
    assert supplier.get("plan").json()["origin"] == "study"
    told = supplier.get("plan/buildings", limit=1).json()
    assert (told["items"][0]["building"], told["items"][0]["year"], told["next"]) == ("A1", 2011, "A1")
    assert told["items"][0]["shares"] == {"user": 4000, "supplier": 6000}
    bureau = Caller(supplier.client, cast[Role.CITY_BUREAU])
    unplanned = bureau.get("plan/buildings", unplanned="true").json()["items"]
    assert [one["building"] for one in unplanned] == ["B1"]
    assert bureau.get("plan/buildings", year=2030).json()["items"] == []


def test_an_annual_plan_lists_its_buildings_for_whom_they_are(supplier, cast):
    plan, foreign = a_plan(), a_plan("光明供热", codes=("B1",))
    (told,) = supplier.get("annual-plans", year=2011).json()
    assert (told["id"], told["buildings"], told["state_label"]) == (plan.pk, 2, "Being drafted")
    items = supplier.get(f"annual-plans/{plan.pk}/buildings").json()["items"]
    assert [one["building"] for one in items] == ["A1", "A2"]
    assert supplier.get(f"annual-plans/{foreign.pk}/buildings").status_code == 404


def test_a_conversion_tells_its_step_and_what_is_open(supplier):
    a_listed_project("A2")
    told = supplier.get("projects/A2").json()
    assert (told["state"], told["state_label"]) == ("listed", "On the plan")
    assert {"inform"} <= {one["name"] for one in told["steps"]} or told["steps"]
    listed = supplier.get("projects", state="listed").json()["items"]
    assert [one["building"] for one in listed] == ["A2"]
    assert supplier.get("projects/B1").status_code == 404


def test_cases_are_told_without_their_words(client, cast):
    (told,) = Caller(client, cast[Role.PUBLIC_SECURITY]).get("cases").json()["items"]
    assert (told["building"], told["kind"], told["escalated"]) == ("B1", "obstruction", True)
    assert not {"title", "account"} & set(told)


def test_papers_are_listed_and_handed_out_byte_for_byte(supplier, cast):
    a_listed_project("A2")
    a_listed_project("B1")
    ids = issued_papers(cast[Role.HEAT_SUPPLIER], cast.other_supplier)
    own, others = ids["own-document"]["document_id"], ids["others-document"]["document_id"]
    listed = supplier.get("documents", building="A2", kind="flat_notice").json()["items"]
    assert [one["id"] for one in listed] == [own]
    one = supplier.get(f"documents/{own}").json()
    assert (one["state"], one["media_type"]) == ("valid", "application/pdf")
    file = supplier.get(f"documents/{own}/file")
    with Document.objects.get(pk=own).file.open("rb") as stored:
        assert b"".join(file.streaming_content) == stored.read()
    assert "RateLimit" in file
    assert supplier.get(f"documents/{others}/file").status_code == 404


def test_what_is_owed_and_billed_is_told_by_building(supplier, cast):
    a_payment("A1")
    bill = a_heat_bill("A1", cast[Role.HEAT_SUPPLIER])
    (account,) = supplier.get("fees/accounts", building="A1").json()["items"]
    assert (account["flat"], account["payer"], account["owed_fen"]) == ("1-1-101", "user", 6000)
    (told,) = supplier.get("fees/heat-bills", building="A1", year=2009).json()["items"]
    assert (told["id"], told["due_fen"], told["energy_kwh"]) == (bill, 225000, None)
    assert supplier.get("fees/heat-bills", year=2010).json()["items"] == []


PAYMENT = {
    "building": "A1", "payer": "user", "flat": "1-1-101", "amount_fen": 1000, "way": "online",
    "on": "2010-05-10", "reference": "P-1",
}  # fmt: skip


def test_payments_are_booked_all_or_none(supplier):
    a_payment("A1")
    before = Receipt.objects.count()
    refused = supplier.post(
        "fees/payments", {"rows": [PAYMENT, PAYMENT | {"building": "B1", "reference": "P-2"}]}
    )
    assert (refused.status_code, refused.json()["faults"][0]["where"]) == (409, "body.rows[1]")
    assert Receipt.objects.count() == before
    taken = supplier.post("fees/payments", {"rows": [PAYMENT]}).json()["receipts"]
    assert supplier.post("fees/payments", {"rows": [PAYMENT]}).json()["receipts"] == taken
    assert Receipt.objects.count() == before + 1


@pytest.mark.parametrize(
    "typed",
    [{"reference": "P-1 "}, {"reference": "\u3000P-1\u200b"}, {"building": " A1", "flat": "1-1-101 "}],
)
def test_blanks_around_its_words_make_no_other_payment(supplier, typed):
    a_payment("A1")
    taken = supplier.post("fees/payments", {"rows": [PAYMENT]}).json()["receipts"]
    assert supplier.post("fees/payments", {"rows": [PAYMENT | typed]}).json()["receipts"] == taken


def test_a_payment_of_a_year_long_gone_is_refused(supplier):
    a_payment("A1")
    answer = supplier.post("fees/payments", {"rows": [PAYMENT | {"on": "0001-01-01"}]})
    assert answer.status_code == 409
    assert "1980-01-01" in answer.json()["faults"][0]["message"]


@pytest.mark.parametrize("blank", ["", " ", "\u3000\u00a0", "\u200b", "\ufeff "])
def test_a_payment_without_a_reference_is_refused(supplier, blank):
    a_payment("A1")
    answer = supplier.post("fees/payments", {"rows": [PAYMENT | {"reference": blank}]})
    assert answer.status_code == 422
    (fault,) = answer.json()["faults"]
    assert (fault["where"], fault["code"]) == ("body.rows[0].reference", "string_too_short")
    assert "at least 1" in fault["message"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_papers_are_asked_for_since_any_day(supplier, day):
    assert supplier.get("documents", issued_since=day).status_code == 200
