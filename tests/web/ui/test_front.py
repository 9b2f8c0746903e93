"""The first page of every office: its own figures, its own worklist, nobody else's."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from tests.web.cast import a_plan, a_study

from fenhu.programme import Role
from fenhu.web.works.models import AnnualPlan, Case

pytestmark = pytest.mark.django_db
OFFICES = (
    Role.CITY_BUREAU,
    Role.DISTRICT_GOV,
    Role.FINANCE,
    Role.HEAT_SUPPLIER,
    Role.OWNER_UNIT,
    Role.COMMUNITY,
)


@pytest.fixture(autouse=True)
def _spring_of_2011(settings):
    settings.TODAY = date(2011, 4, 11)


def front(client, user):
    client.force_login(user)
    return BeautifulSoup(client.get("/", headers={"accept-language": "en"}).content, "lxml")


def figure(page, label):
    term = page.find("dt", string=label)
    return term.find_next("dd").get_text(strip=True)


@pytest.mark.parametrize("role", OFFICES)
def test_every_office_opens_with_its_answer(client, cast, role):
    a_study()
    page = front(client, cast[role])
    assert page.select_one("main .answer strong")
    assert len(page.select("h1")) == 1


def test_figures_count_only_the_offices_own_buildings(client, cast):
    a_study()
    # 宏远热力 heats A1 and A2 of three buildings; of those in 海州, A2 alone answers to the district.
    assert figure(front(client, cast[Role.CITY_BUREAU]), "Buildings") == "3"
    assert figure(front(client, cast[Role.HEAT_SUPPLIER]), "Buildings") == "2"
    assert figure(front(client, cast[Role.DISTRICT_GOV]), "Buildings") == "1"
    assert figure(front(client, cast[Role.FINANCE]), "Buildings") == "1"
    assert figure(front(client, cast.other_supplier), "No year yet").startswith("1")


def test_every_figure_opens_the_list_behind_it(client, cast):
    a_study()
    page = front(client, cast[Role.CITY_BUREAU])
    for link in page.select(".figure a"):
        assert client.get(link["href"]).status_code == 200, link["href"]


def test_the_bureau_sees_the_target_and_who_has_not_filed(client, cast):
    a_study()
    page = front(client, cast[Role.CITY_BUREAU])
    # The policy file's assumed target of 2011 is 225 buildings; two are planned.
    assert "223" in page.select_one(".answer").get_text()
    assert "宏远热力" in page.select_one("#not-filed").get_text()
    assert "2011-04-30" in page.select_one("#deadlines").get_text()
    assert "19 days left" in page.select_one("#deadlines").get_text()


def waiting(client, user):
    """Return the words of what waits for a person on his first page."""
    panel = front(client, user).select_one("#waiting")
    return panel.get_text() if panel else ""


def test_a_filed_plan_waits_for_the_bureau_and_a_draft_for_its_supplier(client, cast):
    a_study()
    plan = a_plan()
    words = "Plan of 宏远热力 for 2011"
    assert words not in waiting(client, cast[Role.CITY_BUREAU])
    assert words in waiting(client, cast[Role.HEAT_SUPPLIER])
    AnnualPlan.objects.filter(pk=plan.pk).update(state="filed")
    assert words in waiting(client, cast[Role.CITY_BUREAU])
    assert words not in waiting(client, cast[Role.HEAT_SUPPLIER])


def test_only_the_bureau_measures_itself_against_the_citys_target(client, cast):
    a_study()
    assert "Target" in front(client, cast[Role.CITY_BUREAU]).select_one("#progress table").get_text()
    assert "Target" not in front(client, cast[Role.HEAT_SUPPLIER]).select_one("#progress table").get_text()


def test_the_picture_of_the_stock_counts_the_flats_below_18(client, cast):
    a_study()
    # Two flats a building, at 16 and 22 degrees both before and after: 3 of 6 are cold.
    title = front(client, cast[Role.CITY_BUREAU]).select_one("#warmth svg title").get_text()
    assert title == "3 of 6 flats are simulated below 18 ℃ today; converted, 3 would be"


def test_a_contractor_sees_its_works_and_public_security_its_incidents(client, cast):
    works = front(client, cast[Role.CONTRACTOR])
    assert [link["href"] for link in works.select("tbody a")] == ["/projects/A1/site/"]
    incidents = front(client, cast[Role.PUBLIC_SECURITY])
    assert [link["href"] for link in incidents.select("tbody th a")] == [f"/cases/{Case.objects.get().pk}/"]


def test_a_household_is_led_to_its_flat(client, cast):
    client.force_login(cast[Role.HOUSEHOLD])
    assert client.get("/")["Location"] == "/my-flat/"


def test_before_the_first_study_the_page_says_what_is_missing(client, cast):
    assert "has not been diagnosed" in front(client, cast[Role.CITY_BUREAU]).get_text()


def test_the_menu_holds_only_the_readers_own_pages(client, cast):
    def menu(role):
        return {link["href"] for link in front(client, cast[role]).select("nav.rooms a")}

    assert "/journal/" in menu(Role.CITY_BUREAU)
    assert "/journal/" not in menu(Role.HEAT_SUPPLIER)
    assert "/import/" in menu(Role.HEAT_SUPPLIER)
    assert "/import/" not in menu(Role.FINANCE)


def test_the_city_page_asks_the_database_a_fixed_number_of_times(client, cast, django_assert_max_num_queries):
    a_study()
    client.force_login(cast[Role.CITY_BUREAU])
    with django_assert_max_num_queries(45):
        client.get("/")
