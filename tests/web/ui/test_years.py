"""The plan of a year, its schedule, and the buildings without a year."""

from io import BytesIO

import openpyxl
import pytest
from tests.web.cast import HONGYUAN, a_study
from tests.web.ui.pages import rows, visit, words

from fenhu.programme import Role
from fenhu.web.works.models import BuildingOutcome
from fenhu.wording import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(cast):
    a_study()
    return cast[Role.CITY_BUREAU]


def workbook_of(client, user, year=2011):
    client.force_login(user)
    answer = client.get(f"/plan/{year}/schedule.xlsx")
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.content))


def cells(sheet):
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_the_year_says_how_much_is_planned_and_lists_it(client, bureau):
    page = visit(client, bureau, "/plan/2011/")
    assert words(page.select_one(".answer")).startswith("2 buildings with 4 flats and 360 m² are planned")
    assert {row[0].split()[-1] for row in rows(page, "buildings")} == {"A1", "A2"}


def test_c2_6_the_first_year_says_what_is_missing_to_its_targets(client, cast):
    a_study({"A1": 2010, "A2": 2010, "B1": None})
    said = words(visit(client, cast[Role.CITY_BUREAU], "/plan/2010/").select_one(".answer"))
    assert "98 are missing to the target of 100 buildings" in said
    assert "4,996 are missing to that of 5,000 flats" in said


def test_every_payers_part_stands_under_the_picture(client, bureau):
    BuildingOutcome.objects.update(shares={"user": 40_000_00, "supplier": 60_000_00})
    # Two buildings, in 10,000 yuan: twice 4 from users, twice 6 from the supplier.
    paid = dict(rows(visit(client, bureau, "/plan/2011/"), "payers"))
    assert paid == {"Heat suppliers": "12", "Households": "8"}


def test_a_year_outside_the_programme_is_not_there(client, bureau):
    visit(client, bureau, "/plan/1999/", status=404)


def test_a_supplier_sees_its_buildings_alone(client, cast):
    a_study({"A1": 2011, "A2": 2011, "B1": 2011})
    assert len(rows(visit(client, cast[Role.CITY_BUREAU], "/plan/2011/"), "buildings")) == 3
    (only,) = rows(visit(client, cast.other_supplier, "/plan/2011/"), "buildings")
    assert only[0].endswith("B1")


def test_a_year_without_own_buildings_leads_on(client, bureau, cast):
    page = visit(client, cast.other_supplier, "/plan/2011/")
    assert "Nothing of yours is planned for this year" in words(page)
    assert page.select_one('a.button[href="/plan/unplanned/"]')


def test_the_schedules_totals_are_the_pages(client, bureau):
    found = cells(workbook_of(client, bureau).worksheets[0])
    assert {"A1", "A2", HONGYUAN} <= set(found)
    assert "B1" not in found
    assert any(cell.startswith("=") for cell in found)


def test_the_schedule_holds_what_its_reader_may_see(client, cast):
    a_study({"A1": 2011, "A2": 2011, "B1": 2011})
    found = {cell for sheet in workbook_of(client, cast.other_supplier) for cell in cells(sheet)}
    assert "B1" in found
    assert not {"A1", "A2"} & found


def test_buildings_without_a_year_are_counted_by_cause(client, bureau):
    left_out = BuildingOutcome.objects.filter(building__code="B1")
    left_out.update(
        cause=text("The repair fund is used up").to_json(),
        reasons=[text("It could not be done sooner.").to_json()],
    )
    page = visit(client, bureau, "/plan/unplanned/")
    assert rows(page, "causes") == [["The repair fund is used up", "1", "2"]]
    ((building, *_, reason),) = rows(page, "buildings")
    assert (building.split()[-1], reason) == ("B1", "It could not be done sooner.")


@pytest.mark.parametrize("query", ["?cause=99", "?cause=x", "?page=99", "?page=-1", "?page=9" + "9" * 30])
def test_addresses_somebody_changed_by_hand_show_something_sensible(client, bureau, query):
    visit(client, bureau, f"/plan/unplanned/{query}")
    visit(client, bureau, f"/plan/2011/{query}")
