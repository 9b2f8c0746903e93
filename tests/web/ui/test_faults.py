"""Faults as pages: what happened, and what helps, in a frame that needs nothing else."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from fenhu.programme import Role

pytestmark = pytest.mark.django_db


def test_an_unknown_building_is_a_page_that_says_so(client, cast):
    client.force_login(cast[Role.CITY_BUREAU])
    response = client.get("/buildings/NOWHERE/")
    assert response.status_code == 404
    assert "<h1>" in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_a_building_of_another_supplier_looks_as_if_it_did_not_exist(client, cast):
    client.force_login(cast.other_supplier)
    assert client.get("/buildings/A1/").status_code == 404
    assert client.get("/buildings/B1/").status_code == 200


def test_a_page_of_another_office_is_refused_with_a_reason(client, cast):
    client.force_login(cast[Role.COMMUNITY])
    response = client.get("/officers/", headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "not-allowed" in response.content.decode()


def test_a_form_from_elsewhere_is_refused_in_words(cast):
    response = Client(enforce_csrf_checks=True).post("/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "Cookie" in response.content.decode()


@pytest.mark.parametrize(
    "template", ["403.html", "404.html", "413.html", "429.html", "500.html", "403_csrf.html"]
)
def test_fault_pages_render_without_a_request(template):
    page = render_to_string(template)
    assert page.count("<h1>") == 1
    assert "<script" not in page
    assert "/help/clerks/around/#when-something-is-refused" in page


def test_a_form_above_the_limit_is_a_page_that_says_the_limit(client, cast, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    client.force_login(cast[Role.CITY_BUREAU])
    response = client.post("/plan/again/create/", {"dropped": "A1" * 20}, headers={"accept-language": "en"})
    assert response.status_code == 413
    assert "100 MB" in response.content.decode()


def test_a_name_that_was_tried_too_often_is_told_how_long_it_rests(client, cast):
    wrong = {"username": cast[Role.CITY_BUREAU].username, "password": "wrong"}
    answers = [client.post("/login/", wrong, headers={"accept-language": "en"}) for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "quarter of an hour" in answers[-1].content.decode()


def test_whoever_is_refused_reads_whom_to_call(client, cast, settings):
    settings.HELPDESK = "信息中心 0418-0000000"
    client.force_login(cast[Role.COMMUNITY])
    assert "信息中心 0418-0000000" in client.get("/officers/").content.decode()
