"""The register through the interface: what its owner sees on the pages, page by page."""

import pytest
from tests.web.api.calls import Caller

from fenhu.programme import Role
from fenhu.web.registry.models import Building, Flat

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def bureau(client, cast):
    return Caller(client, cast[Role.CITY_BUREAU])


def test_buildings_come_by_number_a_page_at_a_time(bureau):
    first = bureau.get("buildings", limit=2).json()
    assert [one["code"] for one in first["items"]] == ["A1", "A2"]
    assert first["next"] == "A2"
    last = bureau.get("buildings", limit=2, after="A2").json()
    assert ([one["code"] for one in last["items"]], last["next"]) == (["B1"], None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"district": "太平"}, ["B1"]), ({"supplier": "宏远热力"}, ["A1", "A2"]), ({"estate": "别处"}, []),
     ({"system_form": "vertical_single_series"}, ["A1", "A2", "B1"])],
)  # fmt: skip
def test_buildings_are_narrowed(bureau, asked, found):
    assert [one["code"] for one in bureau.get("buildings", **asked).json()["items"]] == found


def test_a_building_names_its_organisations(bureau):
    told = bureau.get("buildings/A1").json()
    assert (told["supplier"], told["owner"], told["community"]) == ("宏远热力", "A1厂", "和平社区")
    assert (told["flat_count"], told["heated_area_m2"], told["arrears_fen"]) == (2, 180.0, None)


def test_flats_come_building_by_building(bureau, monkeypatch):
    monkeypatch.setattr("fenhu.web.api.routes.register.BUILDINGS_AT_ONCE", 2)
    first = bureau.get("flats").json()
    assert [(one["building"], one["flat"]) for one in first["items"]] == [
        ("A1", "1-1-101"), ("A1", "1-2-201"), ("A2", "1-1-101"), ("A2", "1-2-201"),
    ]  # fmt: skip
    last = bureau.get("flats", after=first["next"]).json()
    assert ({one["building"] for one in last["items"]}, last["next"]) == ({"B1"}, None)


@pytest.mark.parametrize(
    ("role", "name"),
    [(Role.HEAT_SUPPLIER, "张三丰"), (Role.DISTRICT_GOV, "张**"), (Role.COMMUNITY, "张三丰")],
)
def test_persons_are_masked_as_on_the_pages(client, cast, role, name):
    (first, *_) = Caller(client, cast[role]).get("buildings/A2/flats").json()
    assert first["owner_name"] == name


def test_a_page_asks_the_same_few_questions_however_large_the_city(bureau, django_assert_max_num_queries):
    some = Building.objects.get(code="A1")
    for number in range(60):
        some.pk, some.code = None, f"Z{number:03}"
        some.save(force_insert=True)
        Flat.objects.create(building=some, unit=1, storey=1, room="101", area_m2=50, use="dwelling")
    with django_assert_max_num_queries(9):
        assert len(bureau.get("flats").json()["items"]) >= 20
    with django_assert_max_num_queries(7):
        assert len(bureau.get("buildings", limit=50).json()["items"]) == 50


def test_a_parameter_said_twice_is_refused_rather_than_passed_over(bureau):
    answer = bureau.get("buildings?limit=2&limit=3")
    assert answer.status_code == 422
    assert "limit" in answer.content.decode()
