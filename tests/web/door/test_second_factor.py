"""The second factor: set up with a code, asked for at the door, each code once, reset when lost."""

import re
from base64 import b32decode
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.web.access.walk import every_name
from tests.web.cast import PASSWORD, a_user
from tests.web.door.steps import PHONE, a_browser, is_in, kinds_on, page_of, sign_in, signed_in

from fenhu.errors import NotAllowed
from fenhu.programme import Role
from fenhu.web.access.models import User
from fenhu.web.door import entering, factor, middleware
from fenhu.web.door.services import reset_factor, seal_all
from fenhu.web.household.services import link_for
from fenhu.web.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def user(db):
    return a_user("wang", Role.CITY_BUREAU)


def code_of(secret, ahead=0):
    return f"{totp(bytes.fromhex(secret), drift=ahead):06d}"


def shown(browser):
    """Return the secret a person reads from the page and types into his telephone."""
    typed = page_of(browser.get("/account/second-factor/")).select_one(".panel code").text
    return b32decode(typed.replace(" ", "")).hex()


def set_up(browser, password=PASSWORD):
    """Set the second factor up as a person does, and return its secret with the paper codes."""
    secret = shown(browser)
    answer = browser.post("/account/second-factor/", {"password": password, "code": code_of(secret)})
    return secret, [code.text for code in page_of(answer).select(".paper-codes code")]


@pytest.fixture
def with_factor(user):
    return user, *set_up(signed_in(user))


def waited(user):
    """Let the pause after wrong codes be over."""
    long_ago = timezone.now() - timedelta(days=2)
    TOTPDevice.objects.filter(user=user).update(throttling_failure_timestamp=long_ago)


def give(browser, code):
    return browser.post("/login/code/", {"code": code})


def test_the_page_shows_picture_and_secret_without_script_or_style(user):
    browser = signed_in(user)
    answer = browser.get("/account/second-factor/")
    page = page_of(answer)
    assert page.select_one("svg.qr path")
    assert page.select_one(".panel code").text.replace(" ", "").isalnum()
    assert not re.search(r"style=|<style|<script>|\son\w+=", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]


def test_every_look_at_the_page_makes_another_secret(user):
    browser = signed_in(user)
    assert len({shown(browser) for _ in range(3)}) == 3


def test_set_up_it_gives_paper_codes_once_and_signs_other_browsers_out(user):
    other, here = signed_in(user, PHONE), signed_in(user)
    _, papers = set_up(here)
    assert len(set(papers)) == 10
    assert papers[0] not in here.get("/account/second-factor/").content.decode()
    assert (is_in(here), is_in(other)) == (True, False)
    assert kinds_on(user)[-3:] == ["user.second_factor_set", "user.sessions_ended", "user.paper_codes_made"]


def test_whoever_sits_at_an_open_browser_cannot_set_one_up(user):
    assert set_up(signed_in(user), password="a-guess-of-a-stranger")[1] == []
    assert not TOTPDevice.objects.exists()


def test_a_code_that_does_not_fit_sets_nothing_up_and_keeps_the_picture(user):
    browser = signed_in(user)
    shown(browser)
    offered = browser.session["door-secret"]
    for wrong in ("000000", "", "abc", "１２３４５６", "9" * 5000):
        answer = browser.post("/account/second-factor/", {"password": PASSWORD, "code": wrong})
        assert answer.status_code == 422
    assert browser.session["door-secret"] == offered
    assert not TOTPDevice.objects.exists()


def test_the_password_alone_opens_nothing(with_factor):
    user, *_ = with_factor
    browser, answer = sign_in(user)
    assert answer["Location"] == "/login/code/"
    for address in ("/", "/account/", "/buildings/", "/account/second-factor/"):
        answer = browser.get(address)
        assert answer.status_code == 302 or "wang" not in answer.content.decode()
    assert not is_in(browser)


def test_password_and_code_open_and_lead_where_one_wanted_to_go(with_factor):
    user, secret, _ = with_factor
    browser, _ = sign_in(user, next="/officers/")
    assert "user.signed_in" not in kinds_on(user)[-1:]
    assert give(browser, code_of(secret, 1))["Location"] == "/officers/"
    assert is_in(browser)
    assert Entry.objects.latest("pk").data == {"by": "password", "code": True}


def test_the_code_never_leads_to_another_site(with_factor):
    user, secret, _ = with_factor
    browser, _ = sign_in(user, next="https://elsewhere.example/")
    assert give(browser, code_of(secret, 1))["Location"] == "/"


def test_a_code_counts_once_also_the_one_of_the_set_up(with_factor):
    user, secret, _ = with_factor
    replayed, _ = sign_in(user)
    assert give(replayed, code_of(secret)).status_code == 422
    waited(user)
    used = code_of(secret, 1)
    assert give(sign_in(user)[0], used).status_code == 302
    assert give(sign_in(user)[0], used).status_code == 422


def test_a_paper_code_does_instead_of_the_telephone_once(with_factor):
    user, _, papers = with_factor
    browser, _ = sign_in(user)
    assert give(browser, papers[0].upper().replace("-", " ")).status_code == 302
    assert is_in(browser)
    assert factor.papers_left(user) == 9
    assert give(sign_in(user)[0], papers[0]).status_code == 422
    assert "user.paper_code_used" in kinds_on(user)


def test_who_reads_the_database_cannot_use_its_paper_codes(with_factor):
    user, _, papers = with_factor
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {paper.replace("-", "") for paper in papers}
    assert give(sign_in(user)[0], next(iter(kept))).status_code == 422


def everything_stored():
    rows = [*TOTPDevice.objects.values_list("key"), *Session.objects.values_list("session_data")]
    return [str(Session(session_data=value).get_decoded() or value) for (value,) in rows]


def test_who_reads_the_database_reads_no_secret_of_a_telephone_neither_before_nor_after_it_is_set_up(user):
    browser = signed_in(user)
    offered = shown(browser)
    assert "door-secret" in " ".join(everything_stored())
    assert not any(offered in stored for stored in everything_stored())
    secret, _ = set_up(browser)
    (kept,) = TOTPDevice.objects.values_list("key", flat=True)
    assert len(kept) <= TOTPDevice._meta.get_field("key").max_length
    assert not any(secret in stored for stored in everything_stored())


def test_a_sealed_secret_moved_to_somebody_else_opens_nothing(with_factor):
    user, secret, _ = with_factor
    other = a_user("li", Role.CITY_BUREAU)
    set_up(signed_in(other))
    (mine,) = TOTPDevice.objects.filter(user=user).values_list("key", flat=True)
    TOTPDevice.objects.filter(user=other).update(key=mine)
    assert give(sign_in(other)[0], code_of(secret, 1)).status_code == 409


def test_a_secret_stored_in_clear_before_counts_and_is_sealed_when_the_product_starts(with_factor):
    user, secret, _ = with_factor
    TOTPDevice.objects.update(key=secret)
    assert give(sign_in(user)[0], code_of(secret, 1)).status_code == 302
    seal_all()
    assert TOTPDevice.objects.get().key != secret
    TOTPDevice.objects.update(last_t=-1)
    assert give(sign_in(user)[0], code_of(secret, 1)).status_code == 302


def test_a_new_key_of_the_product_opens_what_the_one_before_sealed_and_seals_it_anew(with_factor, settings):
    user, secret, _ = with_factor
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert give(sign_in(user)[0], code_of(secret, 1)).status_code == 302
    seal_all()
    settings.SECRET_KEY_FALLBACKS = []
    TOTPDevice.objects.update(last_t=-1)
    assert give(sign_in(user)[0], code_of(secret, 1)).status_code == 302


def test_without_the_key_before_a_paper_code_or_the_operator_helps_and_the_page_says_so(
    with_factor, settings
):
    user, secret, papers = with_factor
    settings.SECRET_KEY = "another"
    seal_all()
    browser, _ = sign_in(user)
    answer = give(browser, code_of(secret, 1))
    assert answer.status_code == 409
    assert "paper code" in answer.content.decode()
    assert give(browser, papers[0]).status_code == 302
    call_command("reset_second_factor", "wang")
    assert sign_in(user)[1]["Location"] == "/"


def test_after_a_wrong_code_even_the_right_one_must_wait(with_factor):
    user, secret, _ = with_factor
    browser, _ = sign_in(user)
    give(browser, "000000")
    assert "Wait a moment" in give(browser, code_of(secret, 1)).content.decode()
    waited(user)
    assert give(browser, code_of(secret, 1)).status_code == 302


def test_the_wait_is_of_the_person_not_of_the_browser(with_factor):
    user, secret, _ = with_factor
    give(sign_in(user)[0], "000000")
    assert give(sign_in(user)[0], code_of(secret, 1)).status_code == 422


def test_after_five_wrong_codes_one_begins_again_with_the_password(with_factor):
    user, secret, _ = with_factor
    browser, _ = sign_in(user)
    answers = [give(browser, "000000") for _ in range(entering.TRIES)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [302]
    waited(user)
    assert give(browser, code_of(secret, 1))["Location"] == "/login/"
    assert not is_in(browser)


def test_the_code_page_rests_on_a_password_given_just_now(with_factor):
    user, secret, _ = with_factor
    browser, _ = sign_in(user)
    kept = browser.session
    kept[entering.PENDING] = kept[entering.PENDING] | {"until": timezone.now().timestamp() - 1}
    kept.save()
    assert give(browser, code_of(secret, 1))["Location"] == "/login/"
    assert a_browser().get("/login/code/")["Location"] == "/login/"


def test_a_password_changed_meanwhile_ends_the_signing_in(with_factor):
    user, secret, _ = with_factor
    browser, _ = sign_in(user)
    user.set_password("another-long-password")
    user.save()
    assert give(browser, code_of(secret, 1))["Location"] == "/login/"


def test_who_is_shut_out_meanwhile_does_not_come_in(with_factor):
    user, secret, _ = with_factor
    browser, _ = sign_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert give(browser, code_of(secret, 1))["Location"] == "/login/"


def test_one_persons_code_opens_nothing_of_another(with_factor):
    _, secret, papers = with_factor
    other = a_user("li", Role.CITY_BUREAU)
    set_up(signed_in(other))
    browser, _ = sign_in(other)
    assert [give(browser, code).status_code for code in (papers[0], code_of(secret, 1))] == [422, 422]


def test_signing_in_takes_a_new_session_at_either_step(with_factor):
    user, secret, _ = with_factor
    browser, _ = sign_in(user)
    between = browser.cookies["sessionid"].value
    give(browser, code_of(secret, 1))
    assert browser.cookies["sessionid"].value != between


def test_taking_it_away_needs_a_code_and_is_journaled(with_factor):
    user, _, papers = with_factor
    browser, _ = sign_in(user)
    give(browser, papers[0])
    assert browser.post("/account/second-factor/remove/", {"code": "000000"}).status_code == 422
    assert factor.has_one(user)
    browser.post("/account/second-factor/remove/", {"code": papers[1]})
    assert not factor.has_one(user)
    assert sign_in(user)[1]["Location"] == "/"
    assert "user.second_factor_removed" in kinds_on(user)


def test_new_paper_codes_void_those_before(with_factor):
    user, _, papers = with_factor
    browser, _ = sign_in(user)
    give(browser, papers[0])
    page = page_of(browser.post("/account/second-factor/papers/", {"code": papers[1]}))
    fresh = [code.text for code in page.select(".paper-codes code")]
    assert len(fresh) == 10
    assert give(sign_in(user)[0], papers[2]).status_code == 422


def test_the_bureau_resets_it_for_who_lost_the_telephone_and_not_for_itself(with_factor):
    user, *_ = with_factor
    officer = a_user("li", Role.CITY_BUREAU)
    signed_in(officer).post("/officers/wang/second-factor/")
    assert sign_in(user)[1]["Location"] == "/"
    assert "user.second_factor_reset" in kinds_on(user)
    set_up(signed_in(officer))
    with pytest.raises(NotAllowed):
        reset_factor(user=officer, actor=officer)


def test_the_operator_resets_it_by_a_command(with_factor):
    user, *_ = with_factor
    call_command("reset_second_factor", "wang")
    assert not factor.has_one(user)


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR = factor.REQUIRED


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("address", ["/", "/buildings/", "/account/", "/journal/", "/help/"])
def test_where_required_an_office_is_led_to_set_one_up_before_anything_else(user, address):
    assert signed_in(user).get(address)["Location"] == "/account/second-factor/"


@pytest.mark.usefixtures("required")
def test_where_required_everything_opens_once_it_is_set_up(user):
    browser = signed_in(user)
    set_up(browser)
    assert is_in(browser)


@pytest.mark.usefixtures("required")
def test_a_password_to_be_chosen_comes_before_the_second_factor(user):
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    browser = signed_in(user)
    assert browser.get("/")["Location"] == "/account/password/"
    assert browser.get("/account/second-factor/")["Location"] == "/account/password/"


@pytest.mark.usefixtures("required")
def test_where_required_a_browser_signed_in_before_is_led_there_too(user, settings):
    settings.SECOND_FACTOR = factor.OFFERED
    browser = signed_in(user)
    assert is_in(browser)
    settings.SECOND_FACTOR = factor.REQUIRED
    assert not is_in(browser)


@pytest.mark.usefixtures("required")
def test_households_are_never_asked(cast):
    assert is_in(signed_in(cast[Role.HOUSEHOLD]))
    link = link_for(cast.flat)
    officer = signed_in(cast[Role.CITY_BUREAU])
    assert officer.get(link).status_code == 200


def test_switched_off_nobody_is_asked_and_the_page_is_gone(with_factor, settings):
    user, *_ = with_factor
    settings.SECOND_FACTOR = factor.OFF
    browser, answer = sign_in(user)
    assert answer["Location"] == "/"
    assert browser.get("/account/second-factor/").status_code == 404


def test_what_stays_open_for_a_first_duty_are_addresses_there_are():
    assert middleware.OPEN - set(every_name()) == set()
