"""Choosing a password, being given one, and being led to choose an own one before anything else."""

import pytest
from django.core.management import call_command
from tests.web.access.walk import every_name
from tests.web.cast import PASSWORD, a_user
from tests.web.door.steps import PHONE, is_in, kinds_on, page_of, sign_in, signed_in

from fenhu.errors import NotAllowed
from fenhu.programme import Role
from fenhu.web.access.models import User
from fenhu.web.door import middleware, services

pytestmark = pytest.mark.django_db
NEW = "Turm-Heizung-und-42-Katzen"


@pytest.fixture
def user(db):
    return a_user("wang", Role.CITY_BUREAU)


def change(browser, old=PASSWORD, new=NEW, again=None):
    return browser.post("/account/password/", {"old": old, "new": new, "again": again or new})


def test_a_new_password_counts_and_the_old_one_no_more(user):
    assert change(signed_in(user)).status_code == 302
    assert sign_in(user, password=PASSWORD)[1].status_code == 200
    assert is_in(sign_in(user, password=NEW)[0])


def test_changing_it_signs_every_other_browser_out_and_this_one_not(user):
    other, here = signed_in(user, PHONE), signed_in(user)
    change(here)
    assert not is_in(other)
    assert is_in(here)
    assert kinds_on(user)[-2:] == ["user.password_changed", "user.sessions_ended"]


def test_whoever_sits_at_an_open_browser_cannot_change_it(user):
    answer = change(signed_in(user), old="a-guess-of-a-stranger")
    assert answer.status_code == 422
    assert user.check_password(PASSWORD)
    assert "This is not your password" in answer.content.decode()


def test_guessing_the_old_one_there_is_locked_as_at_the_sign_in_page(user):
    browser = signed_in(user)
    statuses = [change(browser, old=f"guess-{n}").status_code for n in range(6)]
    assert statuses[-1] == 429


@pytest.mark.parametrize(("new", "why"), [
    ("short", "too short"), ("password1234", "too common"), ("12345678901234", "entirely numeric"),
    ("wangwangwang-construction", None), (PASSWORD, "the password you have"),
])  # fmt: skip
def test_a_weak_password_is_refused_with_its_reason(user, new, why):
    answer = change(signed_in(user), new=new)
    assert answer.status_code == (422 if why else 302)
    assert why is None or why in answer.content.decode()


def test_what_was_typed_in_two_ways_is_refused(user):
    assert change(signed_in(user), again=NEW + "x").status_code == 422


def test_the_hints_are_chinese_for_chinese_readers(user):
    browser = signed_in(user)
    page = page_of(browser.get("/account/password/", headers={"accept-language": "zh-hans"}))
    hints = [hint.text for hint in page.select("#hints li")]
    assert "10" in "".join(hints)
    assert all("密码" in hint and "password" not in hint for hint in hints)


@pytest.fixture
def newcomer(user):
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    return user


@pytest.mark.parametrize("address", ["/", "/buildings/", "/account/", "/journal/", "/help/", "/policy/"])
def test_who_must_choose_a_password_is_led_there_from_every_page(newcomer, address):
    assert signed_in(newcomer).get(address)["Location"] == "/account/password/"


def test_what_stays_open_meanwhile_are_addresses_there_are(newcomer):
    assert middleware.OPEN - set(every_name()) == set()


def test_a_form_sent_meanwhile_does_nothing(newcomer):
    browser = signed_in(newcomer)
    browser.post("/officers/wang/deactivate/")
    assert browser.post("/account/sessions/end-others/")["Location"] == "/account/password/"


def test_a_piece_of_a_page_asked_for_meanwhile_leads_the_whole_page(newcomer):
    answer = signed_in(newcomer).get("/search/suggest/?q=x", headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == "/account/password/"


def test_having_chosen_it_everything_opens(newcomer):
    browser = signed_in(newcomer)
    change(browser)
    assert browser.get("/buildings/").status_code == 200


def test_the_password_given_may_not_be_kept(newcomer):
    assert change(signed_in(newcomer), new=PASSWORD).status_code == 422
    newcomer.refresh_from_db()
    assert newcomer.must_change_password


def test_a_login_made_by_the_operator_must_choose_its_own(db, monkeypatch):
    from io import StringIO

    for name, more in (("li", {}), ("zhao", {"keep_password": True})):
        monkeypatch.setattr("sys.stdin", StringIO(f"{NEW}\n"))
        call_command("enrol", name, role="city_bureau", stderr=StringIO(), **more)
    assert User.objects.get(username="li").must_change_password
    assert not User.objects.get(username="zhao").must_change_password


def test_a_reset_gives_a_password_that_opens_one_page_and_ends_every_browser(user):
    officer = a_user("li", Role.CITY_BUREAU)
    lost = signed_in(user)
    page = page_of(signed_in(officer).post("/officers/wang/password/"))
    given = page.select("code")[1].text
    assert not is_in(lost)
    browser, _ = sign_in(user, password=given)
    assert browser.get("/buildings/")["Location"] == "/account/password/"
    assert "user.password_reset" in kinds_on(user)


def test_nobody_resets_his_own(user):
    with pytest.raises(NotAllowed):
        services.reset_password(user=user, actor=user)


def test_the_operator_resets_it_by_a_command(user, capsys):
    call_command("reset_password", "wang")
    given = capsys.readouterr().out.strip()
    user.refresh_from_db()
    assert user.check_password(given)
    assert user.must_change_password


def test_a_password_that_is_too_short_is_refused_in_chinese_to_chinese_readers(user):
    fields = {"old": PASSWORD, "new": "短", "again": "短"}
    answer = signed_in(user).post("/account/password/", fields, headers={"accept-language": "zh-hans"})
    said = answer.content.decode()
    assert "密码太短：至少要 10 个字符。" in said
    assert "This password" not in said
