"""The plan of all years: the answer, money, crews, map and ranking, each reader his own part."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from tests.web.cast import GUANGMING, HONGYUAN, a_study, the_register
from tests.web.ui.pages import rows, visit, words

from fenhu.policy import load
from fenhu.programme import Role
from fenhu.records import BudgetRecord, ClusterRecord, CrewRecord, Payer, Source
from fenhu.study import Settings, run_study
from fenhu.web.registry.services import set_budget
from fenhu.web.works import queries
from fenhu.web.works.models import BuildingOutcome
from fenhu.web.works.services import store_study
from fenhu.web.works.stored import shares_from

pytestmark = pytest.mark.django_db
YEARS = range(2010, 2015)


def a_rich_register():
    """The cast's buildings, everybody agreeing, mains to lay, and enough of everything for each year."""
    plain = the_register()
    scopes = {Source.CITY: [""], Source.DISTRICT: ["海州", "太平"], Source.SUPPLIER: [HONGYUAN, GUANGMING],
              Source.UPPER: [""]}  # fmt: skip
    return replace(
        plain,
        buildings=tuple(replace(one, cluster=f"{one.supplier}片") for one in plain.buildings),
        flats=tuple(replace(flat, consent=True) for flat in plain.flats),
        budgets=tuple(
            BudgetRecord(source=source, scope=scope, year=year, amount_fen=500_000_00)
            for source, held in scopes.items() for scope in held for year in YEARS
        ),
        crews=tuple(
            CrewRecord(supplier=supplier, year=year, crew_days=90.0)
            for supplier in (HONGYUAN, GUANGMING) for year in YEARS
        ),
        clusters=tuple(
            ClusterRecord(cluster=f"{supplier}片", district=district, supplier=supplier,
                          mains_fen=100_000_00, mobilise_fen=5_000_00)
            for supplier, district in ((HONGYUAN, "海州"), (GUANGMING, "太平"))
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return run_study(a_rich_register(), load("fuxin-2010"), settings=Settings(effort=1))


@pytest.fixture
def planned(cast, found):
    store_study(found)
    for source, scope in ((Source.CITY, ""), (Source.SUPPLIER, HONGYUAN), (Source.DISTRICT, "海州")):
        set_budget(None, source=source, scope=scope, year=2010, amount_fen=500_000_00)
    return cast


def book(client, user, kind, query=""):
    client.force_login(user)
    answer = client.get(f"/plan/book.{kind}{query}", headers={"accept-language": "en"})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_the_whole_plan_answers_first_and_shows_every_year(client, planned, found):
    page = visit(client, planned[Role.CITY_BUREAU], "/plan/")
    count = sum(year is not None for year in found.year_of.values())
    assert count == 3
    assert words(page.select_one(".answer")).startswith("3 of 3 buildings with 6 flats and 540 m²")
    assert [row[0] for row in rows(page, "years")][:5] == [str(year) for year in YEARS]
    assert sum(int(row[1]) for row in rows(page, "years")[:5]) == 3


def test_c2_2_a_year_leads_to_its_page_and_a_cell_to_its_building(client, planned):
    page = visit(client, planned[Role.CITY_BUREAU], "/plan/")
    assert page.select_one('#years a[href="/plan/2010/"]')
    cells = {link["href"] for link in page.select("#map svg a")}
    assert cells == {f"/buildings/{code}/" for code in ("A1", "A2", "B1")}


def test_the_sums_of_the_years_are_those_of_the_study_mains_included(client, planned, found):
    sums = queries.plan_book(planned[Role.CITY_BUREAU], ())
    stored = BuildingOutcome.objects.filter(planned_year__isnull=False).values_list("shares", flat=True)
    users = sum(shares_from(shares).get(Payer.USER, 0) for shares in stored)
    assert sum(row.cost_fen.get(Payer.USER, 0) for row in sums.rows if row.year) == users
    assert sum(one.mains_fen for one in sums.mains) == sum(found.works.mains_fen) == 200_000_00


def test_the_ranking_stands_beside_the_plan(client, planned, found):
    page = visit(client, planned[Role.CITY_BUREAU], "/plan/")
    ranked = sum(year is not None for year in found.baseline.year_of)
    assert f"3 instead of {ranked}" in words(page.select_one("#ranking"))


def test_the_season_shown_is_that_of_the_address(client, planned, found):
    year = min(year for year in found.year_of.values() if year is not None)
    page = visit(client, planned[Role.CITY_BUREAU], f"/plan/?season={year}")
    assert f"Crew calendar {year}" in words(page.select_one("#season"))
    due = [code for code, planned_year in found.year_of.items() if planned_year == year]
    bars = {link["href"] for link in page.select("#season .not-phone svg a")}
    assert bars == {f"/buildings/{code}/" for code in due}
    empty = visit(client, planned[Role.CITY_BUREAU], "/plan/?season=1999")
    assert "No works are planned in this season." in words(empty.select_one("#season"))


@pytest.mark.parametrize(
    ("role", "codes", "purses"),
    [
        (Role.CITY_BUREAU, {"A1", "A2", "B1"}, {"city", "district", "supplier", "upper"}),
        (Role.HEAT_SUPPLIER, {"A1", "A2"}, {"supplier"}),
        (Role.DISTRICT_GOV, {"A2"}, {"district"}),
        (Role.FINANCE, {"A1"}, {"city"}),
        (Role.COMMUNITY, {"A1", "A2", "B1"}, set()),
        (Role.HOUSEHOLD, {"A1"}, set()),
    ],
)
def test_everybody_sees_his_own_buildings_and_purses(client, planned, role, codes, purses):
    page = visit(client, planned[role], "/plan/")
    assert {link["href"] for link in page.select("#map svg a")} == {f"/buildings/{code}/" for code in codes}
    names = {"city": "City finance", "district": "District finance", "supplier": "Heat suppliers",
             "upper": "Central and provincial funds"}  # fmt: skip
    shown = {row[0].split(" (")[0] for row in rows(page, "budgets")} if page.select_one("#budgets") else set()
    assert shown == {names[purse] for purse in purses}


def test_a_supplier_never_reads_of_another_in_page_or_book(client, planned):
    supplier = planned[Role.HEAT_SUPPLIER]
    assert GUANGMING not in words(visit(client, supplier, "/plan/"))
    workbook = openpyxl.load_workbook(BytesIO(book(client, supplier, "xlsx")))
    said = " ".join(
        str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row
    )
    assert HONGYUAN in said
    assert GUANGMING not in said


def test_the_address_narrows_to_a_supplier_or_a_district(client, planned):
    bureau = planned[Role.CITY_BUREAU]
    own = visit(client, bureau, f"/plan/?supplier={GUANGMING}")
    assert words(own.select_one(".answer")).startswith("1 of 1 buildings")
    assert GUANGMING in words(own.select_one("h1"))
    district = visit(client, bureau, "/plan/?district=海州")
    assert words(district.select_one(".answer")).startswith("2 of 2 buildings")
    link = district.select_one('a.button[href*="book.pdf"]')["href"]
    with pypdfium2.PdfDocument(book(client, bureau, "pdf", link.removeprefix("/plan/book.pdf"))) as document:
        page = document[0].get_textpage().get_text_range()
    assert "2 of 2 buildings" in page


def test_the_book_lists_every_planned_building_with_its_reason(client, planned):
    workbook = openpyxl.load_workbook(
        BytesIO(book(client, planned[Role.CITY_BUREAU], "xlsx")), data_only=True
    )
    sheet = workbook["Buildings by year"]
    listed = {row[4]: row[-1] for row in sheet.iter_rows(min_row=3, values_only=True) if row[4]}
    assert set(listed) == {"A1", "A2", "B1"}
    assert all(listed.values())


def test_without_a_kept_task_the_buildings_still_stand_in_their_years(client, cast):
    a_study()
    page = visit(client, cast[Role.CITY_BUREAU], "/plan/")
    assert words(page.select_one(".answer")).startswith("2 of 3 buildings with 4 flats")
    assert not page.select_one("#ranking")
    assert not page.select_one("#budgets")


def test_without_buildings_the_page_says_what_to_wait_for(client, planned):
    assert "No building is in your care yet" in words(visit(client, planned.outsider, "/plan/"))


def test_planners_are_led_on_to_what_if_and_others_are_not(client, planned):
    page = visit(client, planned[Role.CITY_BUREAU], "/plan/")
    assert page.select_one('a[href="/plan/what-if/"]')
    assert page.select_one('#ranking a[href="/plan/what-if/compare/?one=plan&other=ranking"]')
    assert not visit(client, planned[Role.FINANCE], "/plan/").select_one('a[href^="/plan/what-if/"]')


def test_pages_of_a_year_lead_back_to_the_whole(client, planned):
    page = visit(client, planned[Role.CITY_BUREAU], "/plan/2010/")
    assert page.select_one('.layers a[href="/plan/"]')
