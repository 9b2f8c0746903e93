"""Search: every word must fit, within what the person may see; names only for those who may read them."""

import pytest

from fenhu.programme import Role

pytestmark = pytest.mark.django_db


def found(client, words):
    return client.get("/search/", {"q": words}, headers={"accept-language": "en"}).content.decode()


def test_a_buildings_own_number_leads_straight_to_it(client, cast):
    client.force_login(cast[Role.CITY_BUREAU])
    response = client.get("/search/", {"q": "a1"})
    assert (response.status_code, response["Location"]) == (302, "/buildings/A1/")


def test_words_of_an_address_find_the_building(client, cast):
    client.force_login(cast[Role.CITY_BUREAU])
    page = found(client, "和平小区 A2")
    assert "/buildings/A2/" in page
    assert "/buildings/A1/" not in page


def test_only_buildings_of_ones_own_are_found(client, cast):
    client.force_login(cast.other_supplier)
    page = found(client, "和平小区")
    assert "/buildings/B1/" in page
    assert "/buildings/A1/" not in page


def test_a_households_name_is_found_by_its_supplier_but_not_by_the_district(client, cast):
    client.force_login(cast[Role.HEAT_SUPPLIER])
    assert "张三丰" in found(client, "张三丰")
    client.force_login(cast[Role.DISTRICT_GOV])
    page = found(client, "张三丰")
    assert "/buildings/A" not in page
    assert "Nothing found" in page


def test_what_was_typed_is_shown_as_text(client, cast):
    client.force_login(cast[Role.CITY_BUREAU])
    assert "<script>x" not in found(client, "<script>x")
