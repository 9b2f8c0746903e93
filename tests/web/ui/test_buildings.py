"""The list of buildings: what its address says is what it shows, and what it shows is what it exports."""

from io import BytesIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from tests.web.cast import a_building, a_study, store_register

from fenhu.programme import Role
from fenhu.records import OwnerKind, Register
from fenhu.web.registry.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(client, cast):
    a_study()
    client.force_login(cast[Role.CITY_BUREAU])
    return client


def listed(client, **asked):
    page = client.get("/buildings/", asked, headers={"accept-language": "en"}).content
    return [link["href"].split("/")[2] for link in BeautifulSoup(page, "lxml").select("tbody th a")]


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["A1", "A2", "B1"]),
        ({"district": "太平"}, ["B1"]),
        ({"authority": "city"}, ["A1"]),
        ({"owner_kind": "district"}, ["A2", "B1"]),
        ({"year": "2011"}, ["A1", "A2"]),
        ({"year": "none"}, ["B1"]),
        ({"search": "和平路a2"}, ["A2"]),
        ({"search": "和平 B1"}, ["B1"]),
        ({"colder": "min-18"}, ["A1", "A2", "B1"]),
        ({"colder": "min-16"}, []),
        ({"district": "海州", "year": "none"}, []),
    ],
)
def test_the_filter_narrows_the_list(bureau, asked, codes):
    assert listed(bureau, sort="code", **asked) == codes


def test_a_supplier_narrows_the_list(bureau):
    other = Organisation.objects.get(name="光明供热")
    assert listed(bureau, supplier=other.pk) == ["B1"]


def test_the_list_sorts_both_ways(bureau):
    assert listed(bureau, sort="supplier")[-1] != listed(bureau, sort="-supplier")[-1]
    assert listed(bureau, sort="-code") == ["B1", "A2", "A1"]
    assert listed(bureau, sort="no-such-column") == ["A1", "A2", "B1"]


def test_the_sorted_column_says_so_and_turns_round(bureau):
    page = BeautifulSoup(bureau.get("/buildings/?sort=name&district=海州").content, "lxml")
    head = page.select_one("th[aria-sort]")
    assert head["aria-sort"] == "ascending"
    assert "sort=-name" in head.a["href"]
    assert "district=" in head.a["href"]


def test_everybody_sees_only_his_own_buildings(client, cast):
    a_study()
    client.force_login(cast[Role.HEAT_SUPPLIER])
    assert listed(client, sort="code") == ["A1", "A2"]
    client.force_login(cast[Role.CONTRACTOR])
    assert listed(client) == ["A1"]


def test_the_answer_counts_what_the_filter_lets_through(bureau):
    found = bureau.get("/buildings/?district=海州", headers={"accept-language": "en"}).content
    answer = BeautifulSoup(found, "lxml").select_one(".answer").get_text(" ", strip=True)
    assert answer == "2 buildings with 4 flats and 360\N{NO-BREAK SPACE}m² heated."


def test_a_script_gets_the_list_alone(bureau):
    page = bureau.get("/buildings/?district=太平", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in page
    assert "B1号楼" in page
    assert 'hx-swap-oob="true"' in page


def test_the_export_holds_the_rows_of_the_list(bureau):
    response = bureau.get(
        "/buildings/export.xlsx?district=海州&sort=-code", headers={"accept-language": "en"}
    )
    assert response["Content-Type"].startswith("application/vnd.openxmlformats")
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)
    assert rows[0][0] == "Building number"
    assert [row[0] for row in rows[1:]] == ["A2", "A1"]
    assert rows[1][rows[0].index("Flats")] == 2
    assert rows[1][rows[0].index("Cost (yuan)")] == 100
    assert rows[1][rows[0].index("Planned year")] == 2011


def test_a_name_that_looks_like_a_formula_stays_text(bureau):
    store_register(Register(buildings=(
        a_building("=1+1", "宏远热力", "海州", OwnerKind.MUNICIPAL),
    ), flats=(), budgets=(), crews=()))  # fmt: skip
    response = bureau.get("/buildings/export.xlsx?search==1%2B1")
    cell = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_pages_hold_fifty_and_the_last_page_the_rest(bureau):
    store_register(Register(buildings=tuple(
        a_building(f"C{number:03}", "宏远热力", "海州", OwnerKind.MUNICIPAL) for number in range(57)
    ), flats=(), budgets=(), crews=()))  # fmt: skip
    assert len(listed(bureau)) == 50
    # 57 and the cast's 3 are 60.
    assert len(listed(bureau, page=2)) == 10
    assert listed(bureau, page=99) == listed(bureau, page=2)


def test_a_longer_list_asks_the_database_no_more_often(bureau, django_assert_max_num_queries):
    store_register(Register(buildings=tuple(
        a_building(f"C{number:03}", "宏远热力", "海州", OwnerKind.MUNICIPAL) for number in range(57)
    ), flats=(), budgets=(), crews=()))  # fmt: skip
    with django_assert_max_num_queries(20):
        bureau.get("/buildings/")
