"""What anybody may see without signing in: who is responsible and when; nothing undecided, nobody's name."""

import pytest
from tests.web.cast import a_plan, a_study

from fenhu.web.works.models import AnnualPlan

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
    AnnualPlan.objects.filter(pk=plan.pk).update(state="approved")
    assert "on the approved plan of 2011" in the_page(client, "和平路A2")


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
