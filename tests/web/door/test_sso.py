"""Signing in by an OpenID Connect provider: only who is known, each answer once, no page of the library."""

import socket
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.web.door.provider import CLIENT, SECRET, a_provider

pytestmark = pytest.mark.slow

PEOPLE = """
from django.contrib.auth import get_user_model
from fenhu.programme import Role
from fenhu.web.access import services
from fenhu.web.serving import migrate
migrate()
def make(name, email, role=Role.CITY_BUREAU, active=True):
    user = services.enrol(username=name, display_name=name, password=None, email=email)
    if role:
        services.grant(user=user, role=role)
    get_user_model().objects.filter(pk=user.pk).update(is_active=active)
make("wang", "Wang@city.example")
make("li", "twice@city.example")
make("zhao", "twice@city.example")
make("gone", "gone@city.example", active=False)
make("nobody", "norole@city.example", role=None)
"""
LAST = """
from fenhu.web.journal.models import Entry
from allauth.socialaccount.models import SocialAccount
print(list(SocialAccount.objects.values_list("user__username", "uid", "extra_data")))
print(list(Entry.objects.filter(kind="user.provider_linked").values_list("subject", flat=True)))
print(list(Entry.objects.filter(kind="user.signed_in").values_list("subject", "data_json").distinct()))
print(__import__("django.contrib.auth", fromlist=["x"]).get_user_model().objects.count())
"""
SIGNED_IN = """
from fenhu.web.journal.models import Entry
print(Entry.objects.filter(kind="user.signed_in").count())
"""


@pytest.fixture(scope="module")
def provider():
    with a_provider() as found:
        yield found


@pytest.fixture(scope="module")
def house(provider, lasting_database):
    """The product served in a process of its own, as an operator sets it up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    lasting_database.environment |= {
        "FENHU_SSO_ISSUER": provider.issuer, "FENHU_SSO_CLIENT": CLIENT, "FENHU_SSO_SECRET": SECRET,
        "FENHU_SSO_NAME": "市政务网", "FENHU_WORKERS": "0",
    }  # fmt: skip
    lasting_database.run(PEOPLE)
    command = [sys.executable, "-c", "from fenhu.cli import main; main()", "serve", "--port", str(port)]
    served = subprocess.Popen(command, env=lasting_database.environment, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            httpx.get(f"{address}/healthz")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield address
    served.terminate()
    served.wait(20)


@pytest.fixture
def browser(house):
    with httpx.Client(base_url=house, headers={"accept-language": "en"}) as client:
        yield client


def comes(browser, provider, asked="/login/sso/", **person):
    """Return the answer to somebody the provider sends back."""
    return browser.get(provider.approve(browser.get(asked).headers["location"], **person))


def is_in(browser):
    return browser.get("/account/").status_code == 200


def test_the_sign_in_page_has_a_button_and_leads_to_the_provider_with_pkce_and_state(browser, provider):
    assert "Sign in with 市政务网" in browser.get("/login/").text
    leads_to = browser.get("/login/sso/").headers["location"]
    asked = parse_qs(urlsplit(leads_to).query)
    assert leads_to.startswith(f"{provider.issuer}/authorize?")
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) >= 16


def test_who_is_known_by_a_verified_address_comes_in_and_is_linked(browser, provider, lasting_database):
    answer = comes(browser, provider, sub="s-1", email="wang@CITY.example", email_verified=True, name="王")
    assert answer.headers["location"] == "/"
    assert is_in(browser)
    accounts, entries, came, _ = lasting_database.run(LAST).splitlines()
    assert accounts == "[('wang', 's-1', {})]"
    assert entries.count("access.user") == came.count("access.user") == 1
    assert '"by":"provider"' in came


def test_once_linked_the_subject_counts_whatever_the_address(browser, provider, lasting_database):
    comes(browser, provider, sub="s-1", email="wang@city.example", email_verified=True)
    browser.cookies.clear()
    before = int(lasting_database.run(SIGNED_IN))
    comes(browser, provider, sub="s-1", email="married@elsewhere.example", email_verified=False)
    assert is_in(browser)
    assert int(lasting_database.run(SIGNED_IN)) == before + 1


UNCERTAIN = (
    {"email": "wang@city.example", "email_verified": False}, {"email": "wang@city.example"},
    {"email": "stranger@city.example", "email_verified": True}, {},
    {"email": "twice@city.example", "email_verified": True}, {"email": "", "email_verified": True},
    {"email": "gone@city.example", "email_verified": True},
    {"email": "norole@city.example", "email_verified": True},
)  # fmt: skip


def test_who_is_not_known_for_certain_stays_out_and_gets_no_account(browser, provider, lasting_database):
    before = lasting_database.run(LAST)
    for person in UNCERTAIN:
        assert comes(browser, provider, sub="s-7", **person).headers["location"] == "/login/", person
        assert "nobody here is known" in browser.get("/login/").text
        assert not is_in(browser)
    assert lasting_database.run(LAST) == before


def test_a_second_subject_with_the_same_address_does_not_take_a_linked_person_over(browser, provider):
    comes(browser, provider, sub="s-1", email="wang@city.example", email_verified=True)
    browser.cookies.clear()
    answer = comes(browser, provider, sub="s-thief", email="wang@city.example", email_verified=True)
    assert answer.headers["location"] == "/login/"
    assert not is_in(browser)


def test_an_answer_that_was_not_asked_for_in_this_browser_is_refused(browser, provider, house):
    with httpx.Client(base_url=house) as other:
        planted = provider.approve(other.get("/login/sso/").headers["location"], sub="s-1")
    assert browser.get(planted).headers["location"] == "/login/"
    assert not is_in(browser)


def test_an_answer_counts_once(browser, provider):
    back = provider.approve(browser.get("/login/sso/").headers["location"], sub="s-1")
    browser.get(back)
    browser.cookies.clear()
    assert browser.get(back).headers["location"] == "/login/"
    assert not is_in(browser)


def test_two_tokens_of_different_people_are_refused(browser, provider):
    provider.other_subject_in_token = True
    try:
        assert comes(browser, provider, sub="s-1").headers["location"] == "/login/"
    finally:
        provider.other_subject_in_token = False
    assert not is_in(browser)


@pytest.mark.parametrize(("wanted", "leads_to"), [
    ("/officers/", "/officers/"), ("https://elsewhere.example/", "/"), ("//elsewhere.example/", "/"),
])  # fmt: skip
def test_it_leads_where_one_wanted_to_go_but_nowhere_else(browser, provider, wanted, leads_to):
    comes(browser, provider, sub="s-1", email="wang@city.example", email_verified=True)
    browser.cookies.clear()
    answer = comes(browser, provider, f"/login/sso/?next={wanted}", sub="s-1")
    assert answer.headers["location"] == leads_to


def test_who_cancels_at_the_provider_is_back_at_the_door(browser, provider):
    asked = parse_qs(urlsplit(browser.get("/login/sso/").headers["location"]).query)
    answer = browser.get(
        "/login/sso/callback/", params={"error": "access_denied", "state": asked["state"][0]}
    )
    assert answer.headers["location"] == "/login/"


@pytest.mark.parametrize("page", ["", "login/", "signup/", "social/signup/", "password/reset/", "email/"])
def test_no_page_of_the_library_is_reachable(browser, page):
    assert browser.get(f"/accounts/{page}").status_code == 404
