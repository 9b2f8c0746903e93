"""The worklist's page, its calendar, and the letters that remind."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from icalendar import Calendar
from tests.web.cast import a_plan
from tests.web.works.steps import a_project

from fenhu.programme import Role
from fenhu.web.access import services as access
from fenhu.web.access.models import User
from fenhu.web.ui.reminding import remind
from fenhu.web.works.models import Case, Project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_spring(settings):
    settings.TODAY = date(2011, 4, 28)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def waiting(cast):
    Case.objects.all().delete()
    Project.objects.all().delete()
    return a_project(cast)


def page(client, user, address="/work/"):
    client.force_login(user)
    return BeautifulSoup(client.get(address, headers={"accept-language": "en"}).content, "lxml")


def test_the_page_names_what_waits_its_day_and_what_holds_it_back(client, cast, waiting):
    found = page(client, cast[Role.HEAT_SUPPLIER])
    assert "1 thing waits for you" in found.select_one(".answer").get_text(" ", strip=True).replace(" ", " ")
    row = found.select_one("#waiting tbody tr").get_text(" ", strip=True)
    assert "Residents are informed" in row
    assert "have not received the notice yet" in row
    assert found.select_one("#waiting a")["href"] == "/projects/A2/"


def test_an_empty_worklist_says_so(client, cast):
    Case.objects.all().delete()
    assert page(client, cast[Role.CONTRACTOR]).select_one(".empty") is not None


def test_the_calendar_is_read_by_its_secret_address_alone_and_renewing_voids_it(client, cast, waiting):
    key = access.renew_calendar(cast[Role.HEAT_SUPPLIER])
    client.logout()
    calendar = Calendar.from_ical(client.get(f"/work/calendar/{key}.ics").content)
    [event] = calendar.walk("VEVENT")
    assert event["DTSTART"].dt > date(2011, 4, 28)
    assert "A2" in str(event["SUMMARY"])
    assert event["URL"].endswith("/projects/A2/")
    access.renew_calendar(cast[Role.HEAT_SUPPLIER])
    assert client.get(f"/work/calendar/{key}.ics").status_code == 404


def test_the_calendar_of_somebody_who_left_is_closed(client, cast, waiting):
    key = access.renew_calendar(cast[Role.HEAT_SUPPLIER])
    User.objects.filter(pk=cast[Role.HEAT_SUPPLIER].pk).update(is_active=False)
    assert client.get(f"/work/calendar/{key}.ics").status_code == 404


def reachable(user, language="en"):
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.cn", language=language)


def test_c3_2_a_supplier_is_reminded_three_working_days_before_30_april(cast, settings):
    a_plan()
    reachable(cast[Role.HEAT_SUPPLIER])
    settings.TODAY = date(2011, 4, 20)
    assert remind().sent == 0
    settings.TODAY = date(2011, 4, 28)
    assert remind().sent == 1
    [letter] = mail.outbox
    assert letter.subject == "Due: 1, overdue: 0"
    assert "2011-04-30" in letter.body
    assert "/plans/" in letter.body


def test_nobody_is_reminded_twice_a_day_or_without_an_address(cast):
    a_plan()
    assert remind().sent == 0
    reachable(cast[Role.HEAT_SUPPLIER], "zh-hans")
    assert (remind().sent, remind().sent) == (1, 0)
    assert "逾期" in mail.outbox[0].subject


def test_what_others_leave_overdue_for_ten_working_days_goes_to_the_bureau(cast, waiting, settings):
    reachable(cast[Role.CITY_BUREAU])
    settings.TODAY = date(2011, 6, 1)
    remind()
    assert not any("Overdue for long" in letter.body for letter in mail.outbox)
    settings.TODAY = date(2011, 7, 1)
    remind()
    assert "Overdue for long" in mail.outbox[-1].body
    assert "Heat supplier" in mail.outbox[-1].body


def test_a_mail_server_that_fails_stops_nobody_elses_letter(cast, monkeypatch):
    a_plan()
    reachable(cast[Role.HEAT_SUPPLIER])

    def refuse(letter):
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert remind().failed == ("heat_supplier",)
