"""Guessing names and passwords: slowed down for who guesses, not for whose name it is; nothing is learned."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from tests.web.cast import PASSWORD, a_user
from tests.web.door.steps import a_browser, is_in, page_of, sign_in, signed_in
from tests.web.ui.pages import words

from fenhu.programme import Role
from fenhu.web.door import spraying

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "10.0.0.7", "10.0.0.8"


@pytest.fixture
def user(db):
    return a_user("wang", Role.CITY_BUREAU)


def tries(name, address=HERE, password="wrong", times=1, **more):
    browser = a_browser(REMOTE_ADDR=address, **more)
    asked = {"username": name, "password": password}
    return [browser.post("/login/", asked).status_code for _ in range(times)][-1]


def test_five_wrong_passwords_rest_the_name_for_that_address_alone(user):
    assert tries("wang", times=5) == 429
    assert tries("wang", password=PASSWORD) == 429
    assert tries("wang", ELSEWHERE, password=PASSWORD) == 302


def test_a_name_nobody_has_rests_as_well_so_that_nothing_is_learned(user):
    assert tries("nobody-at-all", times=5) == tries("wang", times=5) == 429


def test_one_address_that_tries_many_names_rests_whatever_the_name(user, monkeypatch):
    monkeypatch.setattr(spraying, "MOST_FAILURES", 8)
    for number in range(8):
        tries(f"name-{number}")
    assert tries("wang", password=PASSWORD) == 429
    assert tries("wang", ELSEWHERE, password=PASSWORD) == 302


def test_an_address_cannot_be_feigned_to_go_on_guessing(user):
    for number in range(5):
        tries("wang", HTTP_X_FORWARDED_FOR=f"1.2.3.{number}")
    assert tries("wang", password=PASSWORD, HTTP_X_FORWARDED_FOR="9.9.9.9") == 429
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {HERE}


class CountedHasher(MD5PasswordHasher):
    algorithm = "counted"
    runs = 0

    def encode(self, password, salt):
        type(self).runs += 1
        return f"{self.algorithm}${salt}${super().encode(password, salt).split('$')[2]}"


@pytest.fixture
def hashing(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher"]
    return CountedHasher


def test_a_wrong_password_takes_as_long_for_a_name_that_is_known_unknown_or_shut_out(db, hashing):
    a_user("known", Role.CITY_BUREAU)
    gone, linked = a_user("gone", Role.CITY_BUREAU), a_user("linked", Role.CITY_BUREAU)
    gone.is_active = False
    gone.save()
    linked.set_password(None)
    linked.save()
    taken = {}
    for name in ("known", "unknown", "gone", "linked"):
        hashing.runs = 0
        tries(name)
        taken[name] = hashing.runs
    assert set(taken.values()) == {1}


def test_the_words_are_the_same_whoever_is_asked_for(user):
    gone = a_user("gone", Role.CITY_BUREAU)
    gone.is_active = False
    gone.save()
    pages = [sign_in(one, password="wrong")[1] for one in (user, gone)]
    said = {words(page_of(page).select_one("[role=alert]")) for page in pages}
    unknown = a_browser().post("/login/", {"username": "nobody-at-all", "password": "wrong"})
    assert said == {words(page_of(unknown).select_one("[role=alert]"))}


def test_what_is_typed_is_never_kept_with_the_failure(user):
    tries("wang", password="a-slip-of-the-tongue")
    typed = {"old": "a-slip-of-the-tongue", "new": "my-next-password", "again": "my-next-password"}
    signed_in(user).post("/account/password/", typed)
    kept = " ".join(AccessAttempt.objects.values_list("post_data", flat=True))
    assert "a-slip" not in kept
    assert "my-next-password" not in kept


@pytest.mark.parametrize("leads_to", [
    "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)",
    "http:///elsewhere.example", "\thttps://elsewhere.example",
])  # fmt: skip
def test_signing_in_leads_nowhere_else(user, leads_to):
    browser, answer = sign_in(user, next=leads_to)
    assert answer["Location"] == "/"
    assert is_in(browser)
