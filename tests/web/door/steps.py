"""How the tests sign in as people do: by the page, each in a browser of his own."""

from bs4 import BeautifulSoup
from django.test import Client
from tests.web.cast import PASSWORD

from fenhu.web.journal.models import Entry

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0"


def a_browser(user_agent=DESK, **more):
    return Client(headers={"user-agent": user_agent, "accept-language": "en"}, **more)


def sign_in(user, browser=None, password=PASSWORD, **asked):
    """Return the browser in which ``user`` typed his password, and the answer."""
    browser = browser or a_browser()
    return browser, browser.post("/login/", {"username": user.username, "password": password, **asked})


def signed_in(user, user_agent=DESK, **more):
    return sign_in(user, a_browser(user_agent, **more))[0]


def is_in(browser):
    return browser.get("/account/").status_code == 200


def page_of(answer):
    return BeautifulSoup(answer.content, "lxml")


def kinds_on(user):
    return list(
        Entry.objects.filter(subject=f"access.user:{user.pk}").order_by("pk").values_list("kind", flat=True)
    )
