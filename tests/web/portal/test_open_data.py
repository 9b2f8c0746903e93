"""The open data: columns that stay, text no spreadsheet runs, pieces not a whole, a mark that holds."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from tests.web.portal.published import a_published_year
from tests.web.works.steps import a_project, fired

from fenhu.programme import Role
from fenhu.web.portal import open_data
from fenhu.web.registry.models import Building

pytestmark = pytest.mark.django_db
DOCUMENTED = Path(__file__).parents[3] / "docs/operators/open-data.md"


def body(client, name):
    answer = client.get(f"/public/data/{name}")
    assert answer.status_code == 200
    assert answer.streaming
    return b"".join(answer.streaming_content)


def rows(client, name):
    content = body(client, name)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_building_stands_there_once_with_its_state(client, cast):
    a_published_year(cast)
    found = rows(client, "buildings.csv")
    assert [(row["code"], row["state"], row["plan_year"]) for row in found] == [
        ("A1", "in_use", "2010"), ("A2", "in_use", "2011"), ("B1", "open", ""),
    ]  # fmt: skip
    assert found[1]["accepted_on"] == "2011-06-01"


def test_text_that_looks_like_a_formula_stays_text(client, cast):
    Building.objects.filter(code="A1").update(address="=HYPERLINK(1)", estate="+1")
    row = rows(client, "buildings.csv")[0]
    assert (row["address"], row["estate"]) == ("'=HYPERLINK(1)", "'+1")


def test_coordinates_are_rounded_to_ten_metres(client, cast):
    Building.objects.filter(code="A1").update(longitude=121.648612345, latitude=42.0143987)
    collection = json.loads(body(client, "buildings.geojson"))
    first, second, _ = collection["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [121.6486, 42.0144]}
    assert second["geometry"] is None
    assert first["properties"]["code"] == first["id"] == "A1"


def test_progress_sums_up_by_year_district_and_supplier(client, cast):
    a_published_year(cast)
    found = {(row["group"], row["name"]): row for row in rows(client, "progress.csv")}
    assert found["year", "2011"]["in_use_buildings"] == "1"
    assert found["district", "海州"]["in_use_flats"] == "4"
    assert found["supplier", "光明供热"]["approved_buildings"] == "0"


def test_the_plan_and_the_acceptance_of_a_year(client, cast):
    a_published_year(cast)
    (planned,) = rows(client, "plan-2011.csv")
    assert (planned["code"], planned["step"]) == ("A2", "in_use")
    accepted = {row["code"]: row for row in rows(client, "acceptance.csv")}
    assert (accepted["A2"]["result"], accepted["A2"]["rooms_measured"]) == ("passed", "1")


def test_a_file_comes_in_pieces():
    pieces = list(open_data._lines(("code",), ([str(number)] for number in range(450))))
    assert len(pieces) == 3
    assert "".join(pieces).count("\r\n") == 451


def test_every_column_is_described_on_the_page(client, cast):
    page = client.get("/public/data/").content.decode()
    for file in open_data.files():
        assert file.name in page
        assert all(f"<code>{column}</code>" in page for column in file.columns)


def test_the_documented_columns_are_those_of_the_files():
    page = DOCUMENTED.read_text(encoding="utf-8")
    for file in open_data.files():
        if not file.name.startswith("plan-"):
            assert f"`{', '.join(file.columns)}`" in page, file.name


@pytest.mark.parametrize("address", ["/public/data/plan-2011.csv", "/public/plan/2011/"])
def test_an_unchanged_answer_is_not_sent_again_and_a_changed_one_is(client, cast, settings, address):
    settings.TODAY = date(2011, 4, 20)
    first = client.get(address)
    assert first["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Language"} <= set(first["Vary"].split(", "))
    assert again(client, address, first) == 304
    project = a_project(cast)
    assert again(client, address, first) == 200
    second = client.get(address)
    fired(cast[Role.CITY_BUREAU], project, "withdraw", note="拆迁")
    assert again(client, address, second) == 200


def again(client, address, answer):
    """Ask for what one has already, and return whether it comes again."""
    return client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code


def test_another_language_is_another_answer(client, cast):
    chinese = client.get("/public/policy/", headers={"accept-language": "zh"})["ETag"]
    english = client.get("/public/policy/", headers={"accept-language": "en"})["ETag"]
    assert chinese != english


def test_the_declared_licence_stands_on_the_page(client, cast, settings):
    settings.DATA_LICENCE = "按阜新市公共数据开放许可使用"
    assert settings.DATA_LICENCE in client.get("/public/data/").content.decode()


def test_the_name_of_a_row_of_progress_is_not_called_a_buildings(client, cast):
    page = client.get("/public/data/", headers={"accept-language": "en"}).content.decode()
    assert "the year, the district or the heat supplier that the row sums up" in page
    assert "name of the building" in page
