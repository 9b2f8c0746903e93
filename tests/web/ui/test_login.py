"""Signing in, signing out, and choosing the language."""

import pytest
from tests.web.cast import PASSWORD, a_user

from fenhu.programme import Role

pytestmark = pytest.mark.django_db


def test_the_right_password_leads_to_the_first_page(client, cast):
    response = client.post("/login/", {"username": "city_bureau", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_signing_in_returns_to_the_page_that_was_asked_for(client, cast):
    asked = {"username": "city_bureau", "password": PASSWORD, "next": "/buildings/A1/"}
    assert client.post("/login/", asked)["Location"] == "/buildings/A1/"
    assert client.get("/login/?next=/buildings/").status_code == 302


def test_signing_in_never_leads_to_another_site(client, cast):
    asked = {"username": "city_bureau", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/login/", asked)["Location"] == "/"


def test_a_wrong_password_is_said_without_saying_which_part_is_wrong(client, cast):
    page = client.post("/login/", {"username": "city_bureau", "password": "wrong"}).content.decode()
    unknown = client.post("/login/", {"username": "nobody-at-all", "password": "wrong"}).content.decode()
    assert 'role="alert"' in page
    assert 'role="alert"' in unknown
    assert 'value="city_bureau"' in page


def test_signing_out_needs_a_click_and_closes_every_page(client, cast):
    client.force_login(cast[Role.CITY_BUREAU])
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    assert client.get("/buildings/")["Location"].startswith("/login/")


def test_demo_logins_show_only_in_the_demo(client, cast, settings):
    assert "fenhu-demo" not in client.get("/login/").content.decode()
    settings.DEMO = True
    page = client.get("/login/").content.decode()
    assert "fenhu-demo" in page
    assert all(role.value in page for role in Role)


def test_somebody_without_a_role_is_told_whom_to_ask(client):
    client.force_login(a_user("newcomer"))
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert "nobody has given you a role" in page
    assert 'href="/buildings/"' not in page


def test_the_language_switch_brings_back_to_the_same_page(client, cast):
    client.force_login(cast[Role.CITY_BUREAU])
    chinese = client.get("/buildings/?district=海州")
    assert 'lang="zh-Hans"' in chinese.content.decode()
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/buildings/?district=海州"})
    assert response["Location"].startswith("/buildings/")
    assert '<html lang="en">' in client.get("/buildings/").content.decode()
