"""The browsers somebody is signed in with: listed in words, ended one by one or all, never brought back."""

from datetime import timedelta
from importlib import import_module

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.utils import timezone
from tests.web.cast import a_user
from tests.web.door.steps import DESK, PHONE, a_browser, is_in, kinds_on, page_of, sign_in, signed_in
from tests.web.ui.pages import rows

from fenhu.programme import Role
from fenhu.web.door import sessions
from fenhu.web.door.devices import in_words, told_apart
from fenhu.web.door.models import SignIn
from fenhu.web.journal.models import Entry
from fenhu.wording import ENGLISH

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def user(db):
    return a_user("wang", Role.CITY_BUREAU)


def ends(browser, sign_in):
    return browser.post(f"/account/sessions/{sign_in.pk}/end/")


def test_the_account_lists_every_browser_in_words_this_one_first(user):
    signed_in(user, PHONE, REMOTE_ADDR="10.0.0.7")
    here = signed_in(user, DESK, REMOTE_ADDR="10.0.0.8")
    found = rows(page_of(here.get("/account/")), "sessions")
    assert [row[:2] for row in found] == [
        ["Firefox on Windows this one", "10.0.0.8"], ["Chrome on Android", "10.0.0.7"],
    ]  # fmt: skip


@pytest.mark.parametrize(("said", "read"), [
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari on iPhone"),
    ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge on Windows"),
    ("Mozilla/5.0 (Linux; Android 12) Chrome/100 Safari/537 MicroMessenger/8.0", "WeChat on Android"),
    ("curl/8.5.0", "An unknown browser"),
    ("", "An unknown browser"),
    ("<script>alert(1)</script> Firefox", "Firefox"),
])  # fmt: skip
def test_a_browser_is_told_by_its_own_marks(said, read):
    assert in_words(*told_apart(said)).in_language(ENGLISH) == read


def test_a_browser_that_is_ended_is_out_at_its_next_request(user):
    lost, here = signed_in(user, PHONE), signed_in(user)
    assert is_in(lost)
    assert ends(here, SignIn.objects.get(browser="chrome")).status_code == 302
    assert not is_in(lost)
    assert is_in(here)
    assert kinds_on(user)[-1] == "user.sessions_ended"


def test_ending_twice_changes_nothing_and_writes_nothing(user):
    signed_in(user, PHONE)
    here, gone = signed_in(user), SignIn.objects.get(browser="chrome")
    ends(here, gone)
    written = kinds_on(user)
    assert ends(here, gone).status_code == 302
    assert kinds_on(user) == written


def test_nobody_ends_a_strangers_browser(user):
    stranger = signed_in(a_user("li", Role.CITY_BUREAU))
    here = signed_in(user)
    ends(here, SignIn.objects.get(user__username="li"))
    assert is_in(stranger)


def test_all_others_end_and_this_one_stays(user):
    others, here = [signed_in(user, PHONE), signed_in(user)], signed_in(user)
    here.post("/account/sessions/end-others/")
    assert [is_in(one) for one in others] == [False, False]
    assert is_in(here)
    assert SignIn.objects.filter(user=user).count() == 1


def test_an_ended_browser_comes_not_back_by_a_request_that_was_on_its_way(user):
    lost = signed_in(user)
    on_its_way = lost.session
    on_its_way["x"] = 1
    sessions.end(actor=user, user=user)
    with pytest.raises(UpdateError):
        on_its_way.save()
    assert not is_in(lost)


def test_signing_in_takes_a_new_session_so_that_one_planted_before_is_worth_nothing(user):
    browser = a_browser()
    browser.get("/login/")
    planted = browser.session
    planted["x"] = 1
    planted.save()
    browser.cookies["sessionid"] = planted.session_key
    sign_in(user, browser)
    assert browser.cookies["sessionid"].value != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()


def test_signing_out_takes_the_browser_off_the_list(user):
    browser = signed_in(user)
    browser.post("/logout/")
    assert not SignIn.objects.filter(user=user).exists()


def test_being_seen_is_written_at_most_every_few_minutes(user):
    browser, before = signed_in(user), SignIn.objects.get().seen_at
    is_in(browser)
    assert SignIn.objects.get().seen_at == before
    kept = browser.session
    kept[sessions.SEEN] -= sessions.SEEN_EVERY.total_seconds()
    kept.save()
    is_in(browser)
    assert SignIn.objects.get().seen_at > before


def test_a_browser_is_signed_out_after_half_a_day_whatever_is_done_in_it(user):
    browser = signed_in(user)
    is_in(browser)
    left = browser.session.get_expiry_date() - timezone.now()
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)


def test_what_expired_is_not_listed_and_goes_when_its_owner_next_signs_in(user):
    signed_in(user)
    SignIn.objects.update(since=timezone.now() - sessions.lasts())
    assert not sessions.living(user).exists()
    signed_in(user, PHONE)
    assert SignIn.objects.get().browser == "chrome"


def test_who_signed_in_when_stands_in_the_journal_and_in_no_log_beside_it(user):
    signed_in(user)
    sign_in(user, password="wrong")
    (entry,) = Entry.objects.filter(kind="user.signed_in")
    assert (entry.actor_id, entry.subject) == (user.pk, f"access.user:{user.pk}")
    assert entry.data == {"by": "password", "code": False}
    assert not AccessLog.objects.exists()
    assert not AccessFailureLog.objects.exists()


def test_wrong_tries_are_forgotten_with_the_first_try_after_their_rest(user):
    sign_in(user, password="wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    a_browser().post("/login/", {"username": "somebody-else", "password": "wrong"})
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"somebody-else"}


def test_a_household_that_signs_in_is_not_journaled(cast):
    signed_in(cast[Role.HOUSEHOLD])
    assert not Entry.objects.filter(kind="user.signed_in").exists()


def test_the_logs_kept_before_are_emptied_when_the_database_is_brought_up(user):
    AccessLog.objects.create(username="wang", ip_address="10.0.0.7")
    AccessFailureLog.objects.create(username="wang", ip_address="10.0.0.7")
    import_module("fenhu.web.door.migrations.0002_no_log_of_sign_ins").empty(apps, None)
    assert (AccessLog.objects.count(), AccessFailureLog.objects.count()) == (0, 0)
