"""What every answer tells the browser: no inline script, no frame, no device, no cache of a person."""

import re
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from tests.web.access.test_scope_of_every_url import PAGES
from tests.web.access.walk import BACKEND, City
from tests.web.cast import everybody
from tests.web.door.steps import a_browser, signed_in

from fenhu.programme import Role

FIRST = {}
for _row in PAGES:
    _reader = next((who for who, answer in _row.answers.items() if answer == "200"), None)
    if _reader is not None:
        FIRST.setdefault(_row.name, (_row, _reader))


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    files = tmp_path_factory.mktemp("city")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), undone():
        yield City(everybody()), files


@pytest.fixture
def city(built, django_db_blocker, settings):
    found, settings.MEDIA_ROOT = built
    with django_db_blocker.unblock(), undone():
        yield found


@pytest.mark.parametrize("name", FIRST)
def test_no_page_has_inline_script_or_style_and_each_is_guarded(city, name):
    row, reader = FIRST[name]
    client = Client()
    if city.people[reader] is not None:
        client.force_login(city.people[reader], backend=BACKEND)
    answer = client.get(reverse(name, kwargs=city.objects[row.what]))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy or {"default-src 'self'", "frame-ancestors 'none'"} <= set(
        policy.split("; ")
    )
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] in ("same-origin", "cross-origin")
    assert "camera=()" in answer["Permissions-Policy"]
    if answer["Content-Type"].startswith("text/html"):
        assert inline(body) == []


def inline(body):
    """Return what a browser would not run or apply under the policy."""
    page = BeautifulSoup(body, "lxml")
    named = [name for tag in page.find_all(True) for name in tag.attrs]
    scripts = [
        tag for tag in page.find_all("script") if not tag.get("src") and "json" not in tag.get("type", "")
    ]
    links = [tag["href"] for tag in page.select("a[href]") if tag["href"].startswith("javascript:")]
    handlers = [name for name in named if re.match(r"on[a-z]+$|style$", name)]
    return handlers + links + [str(tag) for tag in (*scripts, *page.find_all("style"))]


@pytest.mark.django_db
def test_pages_of_who_is_signed_in_are_kept_in_no_cache(cast):
    officer = signed_in(cast[Role.CITY_BUREAU])
    for address in ("/", "/account/", "/buildings/", "/buildings/A1/", "/buildings/export.xlsx"):
        assert "no-store" in officer.get(address)["Cache-Control"], address


@pytest.mark.django_db
def test_the_publics_pages_may_be_kept(cast):
    for address in ("/", "/policy/", "/help/"):
        assert "no-store" not in a_browser().get(address).headers.get("Cache-Control", ""), address


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/login/", "/nowhere/", "/buildings/"])
def test_faults_and_redirects_are_guarded_too(client, address):
    answer = client.get(address)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
