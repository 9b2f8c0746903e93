"""The last four digits: what they open, how few tries there are, and that the journal never learns them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.household.home import DIGITS, by_link, let_in
from tests.web.ui.pages import words

from fenhu.web.household import services
from fenhu.web.household.entering import FIRST_PAUSE, LONGEST_PAUSE, TRIES
from fenhu.web.household.models import FlatLink
from fenhu.web.household.services import Tried
from fenhu.web.journal.models import Entry
from fenhu.web.registry.models import Flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(cast):
    return services.link_for(cast.flat)


@pytest.fixture
def link(cast, path):
    return FlatLink.objects.get()


def test_without_the_digits_a_screen_that_acts_asks_for_them(client, path):
    page = by_link(client, f"{path}complaint/")
    assert words(page.select_one("h1")) == "Is it you?"
    assert page.select("#digits")
    assert not page.select("#account")


def test_the_right_digits_open_the_screen_that_was_asked_for(client, path):
    answer = let_in(client, path)
    assert (answer.status_code, answer["Location"]) == (302, f"{path}consent/")
    assert words(by_link(client, f"{path}consent/").select_one("h1")) == "Do you agree?"


def test_what_is_sent_without_the_digits_changes_nothing(client, cast, path):
    client.post(f"{path}complaint/", {"title": "冷", "account": "不热"})
    assert not cast.flat.cases.exists()


def test_the_proof_holds_for_this_page_alone_and_is_signed(client, cast, path):
    let_in(client, path)
    cookie = client.cookies["fenhu-flat"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (path, True, "Lax")
    other = services.link_for(cast.flat.building.flats.exclude(pk=cast.flat.pk).get())
    cookie["path"] = "/"
    assert words(by_link(client, f"{other}consent/").select_one("h1")) == "Is it you?"
    client.cookies["fenhu-flat"] = cookie.value.replace(":", "x", 1)
    assert words(by_link(client, f"{path}consent/").select_one("h1")) == "Is it you?"


def test_on_a_borrowed_telephone_the_page_can_be_closed(client, path):
    let_in(client, path)
    button = by_link(client, path).find("button", string="Close on this telephone")
    assert client.post(button.find_parent("form")["action"])["Location"] == path
    assert words(by_link(client, f"{path}consent/").select_one("h1")) == "Is it you?"


def test_the_proof_lapses_when_the_telephone_changes(client, cast, path):
    let_in(client, path)
    Flat.objects.filter(pk=cast.flat.pk).update(phone="00012349999")
    assert words(by_link(client, f"{path}consent/").select_one("h1")) == "Is it you?"


def test_after_a_few_wrong_tries_even_the_right_digits_have_to_wait(link):
    tried = [services.try_digits(link, "9999") for _ in range(TRIES)]
    assert tried == [*[Tried.WRONG] * (TRIES - 1), Tried.PAUSED]
    assert services.try_digits(link, DIGITS) is Tried.PAUSED
    FlatLink.objects.update(paused_until=timezone.now() - timedelta(seconds=1))
    assert services.try_digits(link, DIGITS) is Tried.RIGHT
    assert FlatLink.objects.get().failures == 0


def test_the_pause_doubles_up_to_a_day(link):
    pauses = []
    for _ in range(9):
        for _ in range(TRIES):
            services.try_digits(link, "9999")
        pauses.append(FlatLink.objects.get().paused_until - timezone.now())
        FlatLink.objects.update(paused_until=None)
    rounded = [timedelta(minutes=round(pause.total_seconds() / 60)) for pause in pauses]
    assert rounded[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert rounded[-1] == LONGEST_PAUSE


def test_the_page_says_that_it_waits_and_whom_to_call(client, path):
    for _ in range(TRIES):
        answer = client.post(f"{path}consent/", {"digits": "9999"}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "Too many wrong tries" in answer.content.decode()
    assert "宏远热力" in answer.content.decode()


def test_the_journal_tells_of_tries_and_not_of_digits(link):
    services.try_digits(link, "9876")
    services.try_digits(link, DIGITS)
    told = {entry.kind: entry.data for entry in Entry.objects.filter(kind__startswith="household.")}
    assert {"household.turned_away", "household.let_in"} <= set(told)
    for kind in ("household.turned_away", "household.let_in"):
        assert set(told[kind]) == {"flat", "failures"}


@pytest.mark.parametrize("typed", ["", "1", "00012340001", "٠٠٠١", " 000", "0001' OR 1=1"])
def test_only_the_four_digits_themselves_open(link, typed):
    assert services.try_digits(link, typed) is Tried.WRONG


def test_a_flat_without_a_telephone_is_told_whom_to_call(client, cast, path, link):
    Flat.objects.filter(pk=cast.flat.pk).update(phone="")
    page = by_link(client, f"{path}consent/")
    assert "No telephone of yours is on record" in words(page.select_one("main"))
    assert not page.select("#digits")
    link.refresh_from_db()
    assert services.try_digits(FlatLink.objects.get(), "0000") is Tried.NO_PHONE
