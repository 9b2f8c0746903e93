"""What anybody may see without signing in: who is responsible and when; nothing undecided, nobody's name."""

from datetime import date

import pytest
from tests.web.cast import a_plan, a_study
from tests.web.works.steps import a_project, fired, prepared

from fenhu.programme import Role
from fenhu.web.works import services

pytestmark = pytest.mark.django_db


def the_page(client, words=""):
    return client.get("/", {"q": words}, headers={"accept-language": "en"}).content.decode()


def test_anybody_finds_the_responsible_supplier_by_street(client, cast):
    page = the_page(client, "和平路A2")
    assert "宏远热力" in page
    assert "A2号楼" in page
    assert "B1号楼" not in page


def test_a_converted_building_says_so(client, cast):
    assert "converted and in use" in the_page(client, "和平路A1")


def test_a_plan_is_published_once_it_is_approved(client, cast):
    a_study()
    plan = a_plan()
    assert "not yet on an approved plan" in the_page(client, "和平路A2")
    fired(cast[Role.HEAT_SUPPLIER], plan, "file")
    assert "not yet on an approved plan" in the_page(client, "和平路A2")
    fired(cast[Role.CITY_BUREAU], plan, "approve")
    assert "on the approved plan of 2011" in the_page(client, "和平路A2")


def test_c3_3_the_leads_of_the_works_are_published_with_telephone_numbers(client, cast, settings):
    settings.TODAY = date(2011, 4, 20)
    project = a_project(cast)
    assert "王工" not in the_page(client, "和平路A2")
    prepared(cast, project)
    page = the_page(client, "和平路A2")
    assert "王工" in page
    assert 'href="tel:0418-7654321"' in page
    assert "赵工" not in page


def test_what_an_amendment_would_add_is_not_published_before_its_approval(client, cast):
    plan = fired(cast[Role.HEAT_SUPPLIER], a_plan(codes=("A1",)), "file")
    plan = fired(cast[Role.CITY_BUREAU], plan, "approve")
    plan = fired(cast[Role.HEAT_SUPPLIER], plan, "reopen", note="加一栋")
    services.add_building(cast[Role.HEAT_SUPPLIER], plan, "A2", version=plan.version)
    assert "not yet on an approved plan" in the_page(client, "和平路A2")


def test_nobodys_name_phone_or_temperature_is_published(client, cast):
    a_study()
    page = the_page(client, "和平")
    assert "张" not in page
    assert "0001234" not in page
    assert "℃" not in page


def test_one_letter_is_too_few_to_search_by(client, cast):
    assert "at least two characters" in the_page(client, "和")


def test_nothing_found_is_said_with_advice(client, cast):
    page = the_page(client, "<b>nowhere</b>")
    assert "No building found" in page
    assert "<b>nowhere" not in page


def test_the_page_asks_for_the_database_a_fixed_number_of_times(client, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        the_page(client, "和平")
