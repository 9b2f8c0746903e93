"""The building's page: answer, elevation, reasons, money, and who may read whose name."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from tests.web.cast import a_plan, a_study

from fenhu.programme import Role
from fenhu.web.registry.models import Flat
from fenhu.web.works.models import AnnualPlan, BuildingOutcome
from fenhu.wording import text

pytestmark = pytest.mark.django_db


def page_of(client, user, code="A2", query=""):
    client.force_login(user)
    answer = client.get(f"/buildings/{code}/{query}", headers={"accept-language": "en"})
    return BeautifulSoup(answer.content, "lxml")


def said(page):
    return page.select_one(".answer").get_text(" ", strip=True).replace("\N{NO-BREAK SPACE}", " ")


def judged(code, **fields):
    BuildingOutcome.objects.filter(building__code=code).update(**fields)


def reasons(*texts):
    return [one.to_json() for one in texts]


URGENT = text("Comes first by clause {clause}: {group}", clause="三（二）", group=text("cold dwellings"))
LATER = text("In {year}: {reasons}.", year="2012", reasons=text("money is missing"))
SOONER = text("In {year}: {reasons}.", year="2010", reasons=text("crews are missing"))


def test_the_page_opens_with_the_year_and_the_reason(client, cast):
    a_study()
    judged("A2", reasons=reasons(text("It could not be done sooner."), URGENT))
    answer = said(page_of(client, cast[Role.CITY_BUREAU]))
    assert answer.startswith("Planned for 2011 , because of: cold dwellings.")
    # One of the two flats is simulated below 18 degrees before, none after.
    assert "1 of 2 flats stay below 18 ℃" in answer


def test_a_building_without_a_year_says_why_in_the_order_of_the_years(client, cast):
    a_study()
    judged("B1", reasons=reasons(LATER, SOONER, URGENT))
    page = page_of(client, cast[Role.CITY_BUREAU], "B1")
    assert said(page).startswith("No year yet. In 2012: money is missing.")
    listed = [one.get_text() for one in page.select("#year li")]
    assert listed == ["In 2010: crews are missing.", "In 2012: money is missing."]


@pytest.mark.parametrize(
    ("state", "words"),
    [("filed", "by the plan its supplier has filed"), ("approved", "On the approved plan of 2011")],
)
def test_the_answer_follows_the_annual_plan(client, cast, state, words):
    a_study()
    AnnualPlan.objects.filter(pk=a_plan().pk).update(state=state)
    assert words in said(page_of(client, cast[Role.CITY_BUREAU])).replace(" ,", ",")


def test_a_converted_building_says_since_when(client, cast):
    a_study()
    assert said(page_of(client, cast[Role.CITY_BUREAU], "A1")).startswith("Converted in 2010 and in use")


def test_before_a_study_the_page_says_what_is_missing(client, cast):
    page = page_of(client, cast[Role.CITY_BUREAU])
    assert "not yet judged" in said(page)
    assert page.select_one("#cost") is None
    assert len(page.select("#flats tbody tr")) == 2


def test_the_elevation_shows_every_flat_before_and_after(client, cast):
    a_study()
    before, after = page_of(client, cast[Role.CITY_BUREAU]).select("#elevation svg.elevation")
    assert before.title.get_text() == "Before: 1 of 2 flats below 18 ℃"
    assert [one.get_text() for one in after.select("a.cell text")] == ["16.0", "22.0"]
    assert after.desc.get_text()


def test_a_cell_leads_to_its_flat(client, cast):
    a_study()
    link = page_of(client, cast[Role.CITY_BUREAU]).select_one("#elevation svg a.cell")
    address, _, anchor = link["href"].partition("#")
    marked = page_of(client, cast[Role.CITY_BUREAU], query=address.removeprefix("/buildings/A2/"))
    assert marked.select_one("tr.marked")["id"] == anchor
    assert "1-1-101" in marked.select_one(".chosen").get_text()


@pytest.mark.parametrize(("layer", "mark"), [("consent", "✓"), ("fee", "✓"), ("measured", "17.5")])
def test_the_same_drawing_carries_the_other_layers(client, cast, layer, mark):
    Flat.objects.filter(building__code="A2", storey=1).update(consent=True, fee_paid=True, measured_c=17.5)
    drawn = page_of(client, cast[Role.CITY_BUREAU], query=f"?layer={layer}").select(
        "#elevation svg.elevation"
    )
    assert len(drawn) == 1
    assert mark in drawn[0].get_text()


def test_an_unknown_layer_shows_the_temperatures(client, cast):
    a_study()
    page = page_of(client, cast[Role.CITY_BUREAU], query="?layer=nothing-known")
    assert page.select_one(".layers a[aria-current]").get_text() == "Temperature before and after"
    assert len(page.select("#elevation svg.elevation")) == 2


def test_a_criterion_stands_with_its_evidence_and_clause(client, cast):
    a_study()
    criterion = {
        "code": "cold", "name": text("Rooms too cold for long").to_json(), "clause": "三（二）",
        "applies_to": "building", "met": True, "evidence": text("mean 16.8 ℃").to_json(), "score": 0.5,
        "weight": 0.2, "assumed": True,
    }  # fmt: skip
    judged("A2", criteria=[criterion, criterion | {"code": "loss", "met": None}])
    rows = page_of(client, cast[Role.CITY_BUREAU]).select("#criteria tbody tr")
    assert "mean 16.8 ℃" in rows[0].get_text()
    assert "三（二）" in rows[0].get_text()
    assert rows[0].select_one(".assumed")
    assert [row.select_one(".badge").get_text() for row in rows] == ["met", "no evidence"]


def test_the_payers_shares_stand_with_their_sum(client, cast):
    a_study()
    cost = page_of(client, cast[Role.CITY_BUREAU]).select_one("#cost table")
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in cost.select("tr")[1:]]
    # 100 yuan: the household 40, the supplier 60.
    assert [(row[2], row[3]) for row in rows] == [("40.00", "40%"), ("60.00", "60%"), ("100.00", "100%")]


def test_what_was_assumed_is_named_with_its_reason(client, cast):
    a_study()
    judged("A2", assumed=[
        {"key": "storey_height_m", "value": 2.8, "reason": text("usual for dwellings").to_json()},
        {"key": "mains", "value": "direct", "reason": text("the usual kind").to_json()},
    ])  # fmt: skip
    assumed = page_of(client, cast[Role.CITY_BUREAU]).select_one("#assumed").get_text(" ", strip=True)
    assert "Height of a storey 2.8 m" in assumed
    assert "direct return" in assumed


def test_a_building_that_could_not_be_simulated_says_so_instead_of_showing_figures(client, cast):
    a_study()
    judged("A2", before=None, after=None, before_mean_c=None, before_min_c=None, before_below_18=None,
           after_mean_c=None, after_min_c=None, after_below_18=None, status="not-converged")  # fmt: skip
    page = page_of(client, cast[Role.CITY_BUREAU])
    assert "could not be simulated" in page.get_text()
    assert "None" not in page.get_text()
    assert "nan" not in page.get_text().lower().replace("finance", "")


@pytest.mark.parametrize(
    ("role", "clear"),
    [(Role.CITY_BUREAU, True), (Role.HEAT_SUPPLIER, True), (Role.COMMUNITY, True), (Role.DISTRICT_GOV, False),
     (Role.OWNER_UNIT, False)],
)  # fmt: skip
def test_names_and_phones_are_clear_only_to_those_who_need_them(client, cast, role, clear):
    flats = page_of(client, cast[role]).select_one("#flats").get_text()
    assert ("张三丰" in flats) == clear
    assert ("00012340001" in flats) == clear
    assert "张" in flats


def test_a_household_sees_its_own_flat_and_no_neighbours(client, cast):
    a_study()
    page = page_of(client, cast[Role.HOUSEHOLD], "A1")
    assert [row["id"] for row in page.select("#flats tbody tr")] == ["flat-1-1-101"]
    assert "1-2-201" not in page.get_text()


def test_the_history_names_the_steps_of_its_plan(client, cast):
    a_study()
    page = page_of(client, cast[Role.CITY_BUREAU])
    assert page.select_one("#history")


def test_headings_follow_each_other_without_a_gap(client, cast):
    a_study()
    levels = [int(one.name[1]) for one in page_of(client, cast[Role.CITY_BUREAU]).select("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_page_asks_the_database_a_fixed_number_of_times(client, cast, django_assert_max_num_queries):
    a_study()
    client.force_login(cast[Role.CITY_BUREAU])
    with django_assert_max_num_queries(30):
        client.get("/buildings/A2/")


def test_measured_rooms_ask_for_their_explanation(client, cast):
    assert page_of(client, cast[Role.CITY_BUREAU]).select_one("#explained") is None
    Flat.objects.filter(building__code="A2", storey=1).update(measured_c=17.5)
    asked = page_of(client, cast[Role.CITY_BUREAU]).select_one("#explained [hx-get]")
    assert asked["hx-get"] == "/buildings/A2/explained/"


@pytest.mark.parametrize("htmx", [True, False])
def test_the_explanation_is_a_part_for_the_script_and_a_page_without(client, cast, htmx):
    Flat.objects.filter(building__code="A2").update(measured_c=12.0)
    client.force_login(cast[Role.CITY_BUREAU])
    headers = {"accept-language": "en"} | ({"hx-request": "true"} if htmx else {})
    answer = client.get("/buildings/A2/explained/", headers=headers)
    page = BeautifulSoup(answer.content, "lxml")
    assert (page.select_one("h1") is None) == htmx
    assert "instead of" in page.select_one("ul.reasons").get_text()
    assert "From 2 measured rooms" in page.get_text()
