"""The demo's tour: every stop opens for its role, ticks itself off, can be closed and begun again."""

import pytest
from tests.web.access.walk import City
from tests.web.ui.pages import visit, words

from fenhu.programme import Role
from fenhu.web.ui.tours import TOURS

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "fenhu.web.ui.touring.Footsteps"]


def stops(client, user):
    page = visit(client, user, "/tour/")
    return [(row.a["href"], bool(row.select_one(".badge-ok"))) for row in page.select(".tour-stops li")]


@pytest.mark.parametrize("role", Role)
def test_every_stop_opens_for_its_role(client, cast, demo, role):
    City(cast)
    found = stops(client, cast[role])
    assert 5 <= len(found) <= 8
    assert len(found) == len(TOURS[role])
    for address, _done in found:
        assert client.get(address, follow=True).status_code == 200, address


def test_a_page_that_was_looked_at_is_ticked_off(client, cast, demo):
    user = cast[Role.FINANCE]
    assert ("/money/", False) in stops(client, user)
    client.get("/money/")
    assert ("/money/", True) in stops(client, user)


def test_a_task_is_ticked_off_by_what_was_recorded_and_not_by_looking(client, cast, demo):
    user = cast[Role.COMMUNITY]
    City(cast)
    client.force_login(user)
    client.get("/campaign/")
    assert ("/campaign/", False) in stops(client, user)
    activity = {"kind": "meeting", "title": "居民会", "buildings": "A1", "on": "2010-05-04", "reach": "20"}
    assert client.post("/campaign/act/activity/", activity).status_code == 302
    assert ("/campaign/", True) in stops(client, user)


def test_the_card_names_the_next_task_can_be_closed_and_brought_back(client, cast, demo):
    user = cast[Role.FINANCE]
    assert "Who is late" not in words(visit(client, user, "/money/").select_one(".tour"))
    client.post("/tour/close/")
    assert visit(client, user, "/money/").select_one(".tour") is None
    client.post("/tour/open/")
    assert "How things stand" in words(visit(client, user, "/money/").select_one(".tour"))


def test_beginning_again_unticks_everything(client, cast, demo):
    user = cast[Role.FINANCE]
    client.force_login(user)
    client.get("/money/")
    client.post("/tour/begin/")
    assert not any(done for _address, done in stops(client, user))


def test_there_is_no_tour_outside_the_demo(client, cast):
    client.force_login(cast[Role.CITY_BUREAU])
    assert client.get("/tour/").status_code == 404
    assert client.post("/tour/begin/").status_code == 404
    assert visit(client, cast[Role.CITY_BUREAU], "/money/").select_one(".tour") is None
