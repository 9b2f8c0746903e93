"""The first page of every office: its own figures, its own worklist, nobody else's."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from tests.web.cast import a_plan, a_study
from tests.web.ui.pages import rows

from fenhu.programme import Role
from fenhu.records import Source
from fenhu.web.registry.services import set_budget
from fenhu.web.ui import pictures
from fenhu.web.works import queries
from fenhu.web.works.models import AnnualPlan, Case
from fenhu.wording import speaking

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
    assert [link["href"] for link in works.select("#works tbody a")] == ["/projects/A1/site/"]
    incidents = front(client, cast[Role.PUBLIC_SECURITY])
    shown = [link["href"] for link in incidents.select("#incidents tbody th a")]
    assert shown == [f"/cases/{Case.objects.get().pk}/"]


def test_a_household_is_led_to_its_flat(client, cast):
    client.force_login(cast[Role.HOUSEHOLD])
    assert client.get("/")["Location"] == "/my-flat/"


def test_before_the_first_study_the_page_says_what_is_missing(client, cast):
    assert "has not been diagnosed" in front(client, cast[Role.CITY_BUREAU]).get_text()


def test_the_menu_holds_only_the_readers_own_pages(client, cast):
    def menu(role):
        return {link["href"] for link in front(client, cast[role]).select("nav.rooms a")}

    assert "/officers/" in menu(Role.CITY_BUREAU)
    assert "/officers/" not in menu(Role.HEAT_SUPPLIER)
    assert "/import/" in menu(Role.HEAT_SUPPLIER)
    assert "/import/" not in menu(Role.FINANCE)


def test_the_city_page_asks_the_database_a_fixed_number_of_times(client, cast, django_assert_max_num_queries):
    a_study()
    client.force_login(cast[Role.CITY_BUREAU])
    with django_assert_max_num_queries(45):
        client.get("/")


FIGURES = (
    ".answer a, .figure a, #progress td a, #criteria td a, #stock td a, #districts td a, #suppliers td a"
)


@pytest.mark.parametrize("role", OFFICES)
def test_every_figure_leads_to_a_list_that_says_the_same_number(client, cast, role):
    a_study()
    AnnualPlan.objects.filter(pk=a_plan().pk).update(state="approved", decided_at=date(2011, 4, 1))
    page = front(client, cast[role])
    links = page.select(FIGURES)
    assert len(links) > 10
    for link in links:
        shown = link.get_text(strip=True)
        if link["href"].startswith("#"):
            assert len(page.select(f"{link['href']} li")) == int(shown), link
            continue
        found = BeautifulSoup(client.get(link["href"], headers={"accept-language": "en"}).content, "lxml")
        said = found.select_one("main .answer").get_text(" ")
        nothing = shown == "0" and ("No building fits" in said or "Every building" in said)
        nothing = nothing or (shown == "0.0" and "nothing of this year's" in said)
        assert nothing or shown in re.findall(r"[\d.,]*\d", said), (link, said)


def test_districts_and_suppliers_stand_by_what_is_in_use_against_what_was_planned(client, cast):
    a_study()
    page = front(client, cast[Role.CITY_BUREAU])
    # A1 and A2 are planned for 2011, A1 is in use; B1 has no year. Each has two flats, one below 18.
    assert rows(page, "districts")[-2:] == [
        ["太平", "1", "2", "1", "0", "0"],
        ["海州", "2", "4", "2", "2", "1"],
    ]
    assert [row[1:] for row in rows(page, "suppliers")] == [
        ["1", "2", "1", "0", "0"],
        ["2", "4", "2", "2", "1"],
    ]
    title = page.select_one("#districts svg title").get_text()
    assert title == "1 of 2 buildings planned up to 2011 are in use; 海州 lacks most: 1"


def test_the_profile_is_that_of_the_commonest_height(client, cast):
    a_study()
    # Two storeys at 16 and 22 degrees: they differ by 6 K, before and after.
    title = front(client, cast[Role.CITY_BUREAU]).select_one("#profile svg title").get_text()
    assert title.startswith("3 buildings of 2 storeys: Storeys differ by 6.0 K")


def test_the_money_of_the_year_stands_by_source_for_those_who_read_money(client, cast):
    a_study()
    set_budget(None, source=Source.CITY, scope="", year=2011, amount_fen=1_000_000_00)
    title = front(client, cast[Role.FINANCE]).select_one("#purses svg title").get_text()
    assert title == "Nothing of the year's money is spent yet"
    assert front(client, cast[Role.COMMUNITY]).select_one("#purses") is None


def test_every_picture_has_the_figures_behind_it(client, cast):
    a_study()
    for panel in front(client, cast[Role.CITY_BUREAU]).select(".flow .panel"):
        if panel.select_one("svg"):
            assert panel.select_one("table tbody tr"), panel["id"]


def test_of_many_suppliers_those_that_lack_most_are_ranked():
    groups = [
        queries.GroupStanding(
            name=f"S{number:02}", key="", buildings=20, flats=0, cold_flats=0, planned_buildings=20,
            due_buildings=12, in_use_buildings=number,
        )
        for number in range(13)
    ]  # fmt: skip
    with speaking("en"):
        picture = pictures.standings(groups, 2011, "Heat supplier")
        title = BeautifulSoup(picture.svg, "lxml").select_one("title").get_text()
    assert title == "12 of 13 lack buildings planned up to 2011; S00 lacks most: 12"
    assert [row[0] for row in picture.table.rows] == [f"S{number:02}" for number in range(10)]


def test_a_single_district_is_not_compared_with_itself(client, cast):
    a_study()
    assert front(client, cast[Role.DISTRICT_GOV]).select_one("#districts") is None


def test_finance_reads_of_money_first(client, cast):
    a_study()
    panels = [panel["id"] for panel in front(client, cast[Role.FINANCE]).select(".flow .panel")]
    assert panels[0] == "payers"
    assert panels.count("payers") == 1
    assert front(client, cast[Role.HEAT_SUPPLIER]).select(".flow .panel")[0]["id"] == "progress"
