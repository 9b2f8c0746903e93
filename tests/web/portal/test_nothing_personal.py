"""Every public page and file of a year that is over, walked from the first page: nothing personal on any."""

import io
import zipfile
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import resolve
from tests.web.cast import everybody
from tests.web.portal.published import SECRETS, a_published_year, crawl

from fenhu.web.portal import urls

CSS = Path(urls.__file__).parent / "static/portal/portal.css"
BUDGET = 60_000
# Reached by other ways than a link on a page of the portal.
NOT_LINKED = {"public-language", "robots"}


@pytest.fixture(scope="module")
def walked(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every answer of one walk, shared: the year itself is undone."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=True)
    with django_db_blocker.unblock(), media, transaction.atomic():
        a_published_year(everybody())
        answers = crawl(Client())
        transaction.set_rollback(True)
    return answers


def words_in(body):
    if body[:2] != b"PK":
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())


def test_no_name_no_telephone_no_room_and_no_flats_temperature_stands_on_any_public_page(walked):
    hidden = (*SECRETS, "13.37", "13.4 ℃")
    told = [(address, word) for address, (_, body) in walked.items() for word in hidden
            if word in words_in(body)]  # fmt: skip
    assert told == []


def test_every_page_is_reached_from_the_first_and_answers(walked):
    assert {answer.status_code for answer, _ in walked.values()} == {200}
    reached = {resolve(address.partition("?")[0]).url_name for address in walked}
    assert {one.name for one in urls.urlpatterns} - reached - NOT_LINKED == set()


def test_every_page_with_its_style_stays_under_60_kb(walked):
    pages = {address: body for address, (answer, body) in walked.items()
             if answer["Content-Type"].startswith("text/html")}  # fmt: skip
    assert len(pages) > 15
    heavy = {address: len(body) for address, body in pages.items()
             if len(body) + CSS.stat().st_size > BUDGET}  # fmt: skip
    assert heavy == {}


def test_no_page_asks_for_a_script_or_sets_a_cookie(walked):
    for address, (answer, body) in walked.items():
        assert not answer.cookies, address
        if answer["Content-Type"].startswith("text/html"):
            assert b"<script" not in body, address
            assert b"style=" not in body, address


def test_the_demo_says_so_on_every_page(walked):
    for address, (answer, body) in walked.items():
        if answer["Content-Type"].startswith("text/html"):
            assert "演示数据" in body.decode(), address
