"""Around every request: a login, the language, the security headers, and faults as pages."""

import pytest
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from tests.web.cast import a_user

from fenhu.errors import Conflict, InputFault, NotAllowed, SolverFault, UnknownItem, WrongState
from fenhu.wording import current_language, text

pytestmark = pytest.mark.django_db

FAULTS = {
    "not-allowed": (NotAllowed, 403), "unknown": (UnknownItem, 404), "conflict": (Conflict, 409),
    "wrong-state": (WrongState, 409), "input": (InputFault, 422), "solver": (SolverFault, 500),
}  # fmt: skip


def breaks(request, name):
    raise FAULTS[name][0](text("Nothing is as it should be"))


def speaks(request):
    return HttpResponse(current_language())


# A fault's page leads to the help, and who is not signed in to the login.
urlpatterns = [
    path("breaks/<name>/", breaks), path("speaks/", speaks), path("login/", speaks, name="login"),
    path("help/<path:page>/", speaks, name="help-page"),
]  # fmt: skip


@pytest.fixture
def signed_in(client):
    with override_settings(ROOT_URLCONF=__name__):
        client.force_login(a_user("somebody"))
        yield client


def test_every_page_needs_a_login_unless_it_says_otherwise(client):
    with override_settings(ROOT_URLCONF=__name__):
        response = client.get("/speaks/")
    assert (response.status_code, response["Location"]) == (302, "/login/?next=/speaks/")


def test_pages_speak_chinese_unless_asked_otherwise(signed_in):
    assert signed_in.get("/speaks/").content == b"zh-hans"
    assert signed_in.get("/speaks/", headers={"accept-language": "en"}).content == b"en"
    assert signed_in.get("/speaks/", headers={"accept-language": "fr"}).content == b"zh-hans"


def test_a_persons_own_language_comes_before_the_browsers(client):
    user = a_user("englishman")
    user.language = "en"
    user.save()
    with override_settings(ROOT_URLCONF=__name__):
        client.force_login(user)
        assert client.get("/speaks/", headers={"accept-language": "zh-hans"}).content == b"en"
        client.cookies["django_language"] = "zh-hans"
        assert client.get("/speaks/").content == b"zh-hans"


def test_the_language_of_one_request_does_not_leak_into_the_next(signed_in):
    signed_in.get("/speaks/", headers={"accept-language": "en"})
    assert current_language() == "zh-hans"


def test_every_answer_forbids_inline_script_and_foreign_sources(signed_in):
    policy = signed_in.get("/speaks/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert signed_in.get("/nowhere/")["Content-Security-Policy"] == policy


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_becomes_a_page_that_says_it(signed_in, name):
    response = signed_in.get(f"/breaks/{name}/")
    assert response.status_code == FAULTS[name][1]
    assert "Nothing is as it should be" in response.content.decode()


def test_wrong_passwords_lock_the_door_for_a_while(client):
    a_user("somebody")
    request = RequestFactory().post("/login/")
    for _ in range(5):
        authenticate(request, username="somebody", password="wrong")
    assert authenticate(request, username="somebody", password="a-long-test-password") is None


def says_much(request):
    return HttpResponse("供热 " * 1000)


def sends_a_paper(request):
    return HttpResponse(b"%PDF" * 1000, content_type="application/pdf")


urlpatterns += [path("long/", says_much), path("paper/", sends_a_paper)]


def test_a_long_page_is_sent_compressed(signed_in):
    answer = signed_in.get("/long/", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) < 500


def test_a_paper_is_sent_as_it_is_with_its_length(signed_in):
    answer = signed_in.get("/paper/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.content == b"%PDF" * 1000
