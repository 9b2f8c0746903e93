"""Temperatures and meters through the interface, judged as a file of readings is."""

from datetime import date
from decimal import Decimal

import pytest
from tests.web.api.calls import Caller

from fenhu.programme import Role
from fenhu.web.journal.models import Entry
from fenhu.web.metering.models import Meter, Reading, Temperature
from fenhu.web.registry.models import Building, Flat

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
ROOM = {
    "building": "A1",
    "flat": "1-1-101",
    "kind": "room",
    "at": "2010-01-10T08:00:00+08:00",
    "value_c": 16.5,
}


@pytest.fixture
def supplier(client, cast):
    return Caller(client, cast[Role.HEAT_SUPPLIER])


@pytest.fixture(autouse=True)
def _in_2010(settings):
    settings.TODAY = date(2010, 5, 10)


def test_temperatures_are_kept_and_the_newest_stands_in_the_register(supplier):
    later = ROOM | {"at": "2010-01-11T08:00:00+08:00", "value_c": 17.25}
    supply = {"building": "A1", "kind": "supply", "at": ROOM["at"], "value_c": 58}
    answer = supplier.post("temperatures", {"rows": [later, ROOM, supply]})
    assert (answer.status_code, answer.json()) == (200, {"taken": 3, "known": 0})
    assert Flat.objects.get(building__code="A1", storey=1).measured_c == 17.25
    assert Building.objects.get(code="A1").supply_c == 58
    told = supplier.get("temperatures", building="A1").json()["items"]
    assert [(one["kind"], one["value_c"]) for one in told] == [
        ("room", 17.25),
        ("room", 16.5),
        ("supply", 58.0),
    ]
    assert Entry.objects.filter(kind="metering.temperatures").count() == 1


def test_the_same_temperatures_twice_change_nothing(supplier):
    supplier.post("temperatures", {"rows": [ROOM]})
    answer = supplier.post("temperatures", {"rows": [ROOM | {"value_c": 30}, ROOM]})
    assert answer.json() == {"taken": 0, "known": 2}
    assert Flat.objects.get(building__code="A1", storey=1).measured_c == 16.5


def test_an_older_temperature_does_not_stand_for_a_newer_one(supplier):
    supplier.post("temperatures", {"rows": [ROOM]})
    supplier.post("temperatures", {"rows": [ROOM | {"at": "2009-12-01T08:00:00+08:00", "value_c": 9}]})
    assert Flat.objects.get(building__code="A1", storey=1).measured_c == 16.5


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [({"building": "B1"}, "unknown-building", "building"), ({"flat": "1-9-901"}, "unknown-flat", "flat"),
     ({"flat": ""}, "flat-and-kind", "flat"), ({"kind": "supply"}, "flat-and-kind", "flat"),
     ({"at": "2030-01-01T00:00:00Z"}, "in-future", "at"), ({"at": "2010-05-10T16:00:00Z"}, "in-future", "at"),
     ({"at": "9999-12-31T23:59:59-23:59"}, "in-future", "at"),
     ({"at": "0001-01-01T00:00:00+23:59"}, "too-early", "at"),
     ({"at": "1979-12-31T15:59:59Z"}, "too-early", "at")],
)  # fmt: skip
def test_one_faulty_temperature_refuses_all_of_them(supplier, wrong, code, field):
    answer = supplier.post("temperatures", {"rows": [ROOM, ROOM | wrong]})
    fault = answer.json()["faults"][0]
    assert (answer.status_code, fault["code"], fault["where"]) == (409, code, f"body.rows[1].{field}")
    assert not Temperature.objects.exists()


def test_what_lies_outside_of_the_register_is_kept_as_measured_and_not_taken_over(supplier):
    supplier.post("temperatures", {"rows": [ROOM]})
    later = ROOM | {"at": "2010-01-11T08:00:00+08:00", "value_c": 149.5}
    assert supplier.post("temperatures", {"rows": [later]}).json() == {"taken": 1, "known": 0}
    assert Flat.objects.get(building__code="A1", storey=1).measured_c == 16.5
    between = ROOM | {"at": "2010-01-10T20:00:00+08:00", "value_c": 17}
    supplier.post("temperatures", {"rows": [between]})
    assert Flat.objects.get(building__code="A1", storey=1).measured_c == 17
    assert Temperature.objects.count() == 3


@pytest.mark.parametrize(
    "wrong", [{"value_c": True}, {"value_c": "16.5"}, {"at": 1263081600}, {"at": "1263081600"}, {"at": True}]
)
def test_what_is_of_another_kind_is_refused(supplier, wrong):
    answer = supplier.post("temperatures", {"rows": [ROOM | wrong]})
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["where"] == f"body.rows[0].{next(iter(wrong))}"
    assert not Temperature.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_reading_of_a_day_that_cannot_be_is_refused(supplier, cast, day):
    Meter.objects.create(flat=cast.flat, number="H1", installed_on="2009-11-01", first_kwh=0)
    row = {"meter": "H1", "on": day, "energy_kwh": 812.5}
    assert supplier.post("meters/readings", {"rows": [row]}).status_code == 409


def test_a_time_without_its_zone_is_refused(supplier):
    answer = supplier.post("temperatures", {"rows": [ROOM | {"at": "2010-01-10T08:00:00"}]})
    assert answer.status_code == 422
    assert "zone" in answer.json()["faults"][0]["message"]


def test_readings_are_taken_in_as_from_a_file(supplier, cast):
    Meter.objects.create(flat=cast.flat, number="H1", installed_on="2009-11-01", first_kwh=0)
    row = {"meter": "H1", "on": "2010-01-10", "energy_kwh": 812.5}
    assert supplier.post("meters/readings", {"rows": [row]}).json() == {"taken": 1, "known": 0}
    assert supplier.post("meters/readings", {"rows": [row]}).json() == {"taken": 0, "known": 1}
    stored = Reading.objects.get()
    assert (stored.energy_kwh, stored.batch.name) == (Decimal("812.500"), "API · 系统")
    answer = supplier.post("meters/readings", {"rows": [row | {"meter": "none"}]})
    assert answer.json()["faults"][0]["code"] == "unknown-meter"
    assert [one["number"] for one in supplier.get("meters", building="A1").json()["items"]] == ["H1"]
    assert supplier.get("meters", building="A2").json() == {"items": [], "next": None}
