"""Anybody finds his building by half of a street's name, and whom to call where nothing is found."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from tests.web.cast import a_plan, a_study
from tests.web.ui.pages import words
from tests.web.works.steps import a_project, fired, prepared

from fenhu.programme import Role
from fenhu.web.works import services

pytestmark = pytest.mark.django_db


def searched(client, asked):
    answer = client.get("/public/search/", {"q": asked}, headers={"accept-language": "en"})
    return BeautifulSoup(answer.content, "lxml").select_one("main")


def found(client, asked):
    return [words(one) for one in searched(client, asked).select(".found a")]


def test_anybody_finds_the_responsible_supplier_by_street(client, cast):
    page = searched(client, "和平路A2")
    assert "宏远热力" in words(page)
    assert [words(one) for one in page.select(".found a")] == ["和平小区 A2号楼"]


@pytest.mark.parametrize(
    "asked", ["Ａ２号楼", "a2", "  和平   A2 ", "和平小区A2号楼", "A2号 和平路", "和平路Ａ２", "hpxqa2"]
)
def test_full_width_figures_spaces_small_letters_and_parts_find_the_same(client, cast, asked):
    assert found(client, asked)[0] == "和平小区 A2号楼"


def test_what_is_nearly_right_is_offered_as_that(client, cast):
    page = searched(client, "和平小区A2号院")
    assert "these come nearest" in words(page)
    assert words(page.select_one(".found a")) == "和平小区 A2号楼"


def test_one_letter_is_too_few_to_search_by(client, cast):
    assert "at least two characters" in words(searched(client, "和"))


def test_nothing_found_names_whom_to_call(client, cast, settings):
    settings.TODAY, settings.HOTLINE = date(2011, 4, 20), "0418-12345"
    prepared(cast, a_project(cast))
    page = searched(client, "<b>nowhere</b>")
    assert "No building found" in words(page)
    assert page.select_one("b") is None
    assert [link["href"] for link in page.select("a[href^=tel]")] == ["tel:0418-12345", "tel:0418-1234567"]
    assert "光明供热 has not published a telephone number yet" in words(page)


def test_a_converted_building_says_so(client, cast):
    assert "converted and in use" in words(searched(client, "和平路A1"))


def test_a_plan_is_published_once_it_is_approved(client, cast):
    a_study()
    plan = a_plan()
    assert "not yet on an approved plan" in words(searched(client, "和平路A2"))
    fired(cast[Role.HEAT_SUPPLIER], plan, "file")
    assert "not yet on an approved plan" in words(searched(client, "和平路A2"))
    fired(cast[Role.CITY_BUREAU], plan, "approve")
    assert "on the approved plan of 2011" in words(searched(client, "和平路A2"))


def test_what_an_amendment_would_add_is_not_published_before_its_approval(client, cast):
    plan = fired(cast[Role.HEAT_SUPPLIER], a_plan(codes=("A1",)), "file")
    plan = fired(cast[Role.CITY_BUREAU], plan, "approve")
    plan = fired(cast[Role.HEAT_SUPPLIER], plan, "reopen", note="加一栋")
    services.add_building(cast[Role.HEAT_SUPPLIER], plan, "A2", version=plan.version)
    assert "not yet on an approved plan" in words(searched(client, "和平路A2"))


def test_the_search_asks_the_database_a_fixed_number_of_times(client, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        searched(client, "和平")
