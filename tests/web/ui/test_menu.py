"""The menu: of each role only what it uses, in groups, with the reader's place marked."""

import pytest
from bs4 import BeautifulSoup

from fenhu.programme import Role
from fenhu.web.ui.helping import HELP
from fenhu.web.ui.menu import GROUPS

pytestmark = pytest.mark.django_db
# Pages one comes to from every page, and pages before one is anybody.
BESIDE_THE_MENU = {
    "login", "login-code", "account", "password", "second-factor", "second-factor-papers",
    "second-factor-remove", "tour", "design-system",
}  # fmt: skip


def menu(client, user, address="/"):
    client.force_login(user)
    page = BeautifulSoup(client.get(address, headers={"accept-language": "en"}).content, "lxml")
    return page.select_one("nav.rooms")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HOUSEHOLD], ids=str)
def test_every_room_of_a_role_lets_it_in(client, cast, role):
    for link in menu(client, cast[role]).select("a"):
        assert client.get(link["href"]).status_code == 200, link["href"]


def test_an_office_reads_its_rooms_in_groups_of_a_single_row(client, cast):
    shown = menu(client, cast[Role.CITY_BUREAU])
    assert [one.get_text() for one in shown.select("summary")] == [
        "Register", "Planning", "Works", "Money", "Publicity", "Papers and rules",
    ]  # fmt: skip
    assert len(shown.select(".wide > ul > li")) == 8


def test_a_group_of_one_room_is_that_room(client, cast):
    shown = menu(client, cast[Role.PUBLIC_SECURITY])
    assert [one.get_text() for one in shown.select("summary")] == ["Register", "Papers and rules"]
    assert "/cases/" in {link["href"] for link in shown.select(".wide > ul > li > a")}


def test_the_room_one_is_in_is_marked_and_its_group_open(client, cast):
    shown = menu(client, cast[Role.FINANCE], "/money/arrears/")
    [group] = shown.select("details[open]")
    assert group.summary.get_text() == "Money"
    [here] = shown.select("[aria-current]")
    assert (here["href"], here["aria-current"]) == ("/money/arrears/", "page")


def test_an_inner_page_marks_the_room_it_belongs_to(client, cast):
    [here] = menu(client, cast[Role.CITY_BUREAU], "/buildings/A2/money/").select("[aria-current]")
    assert (here["href"], here["aria-current"]) == ("/money/", "true")


def test_nobody_has_no_menu(client):
    assert BeautifulSoup(client.get("/login/").content, "lxml").select_one("nav.rooms") is None


def test_every_page_with_help_belongs_to_one_room():
    rooms = [name for group in GROUPS for room in group.rooms for name in (room.url, *room.also)]
    assert len(rooms) == len(set(rooms))
    assert HELP.keys() - set(rooms) == BESIDE_THE_MENU
