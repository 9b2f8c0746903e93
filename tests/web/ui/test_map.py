"""The map: every layer leaves no building out, what it counts is what the list shows, it fits any size."""

from datetime import date

import pytest
from tests.web.cast import a_building, a_study, store_register
from tests.web.ui.pages import visit, words

from fenhu.programme import Role
from fenhu.records import OwnerKind, Register
from fenhu.web.registry.models import Building
from fenhu.web.ui import map_pictures
from fenhu.web.works import queries
from fenhu.web.works.models import BuildingOutcome, Project
from fenhu.web.works.queries import LAYERS, BuildingFilter, city_map

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _spring_of_2011(settings):
    settings.TODAY = date(2011, 4, 11)


@pytest.fixture
def studied(cast):
    a_study()
    return cast


def places(page):
    return {link["href"].split("/")[2] for link in page.select("#map svg a.place")}


def key(page):
    """Return the key as words and counts."""
    return [words(entry) for entry in page.select("#map .keys li")]


def total_of(page):
    """Return how many buildings a list says it has."""
    return int(page.select_one("main .answer strong").get_text().replace(",", ""))


@pytest.mark.parametrize("layer", LAYERS)
def test_every_building_has_one_kind_in_every_layer(client, studied, layer):
    view = queries.city_view(studied[Role.CITY_BUREAU], BuildingFilter(), LAYERS[layer])
    assert sum(view.counts) == 3
    assert None not in {one.kind for one in view.buildings}
    page = visit(client, studied[Role.CITY_BUREAU], f"/map/?layer={layer}")
    assert places(page) == {"A1", "A2", "B1"}


def test_the_state_of_works_goes_before_the_plan(client, studied):
    # A1 is in use; A2 is planned for 2011 without a project; B1 has no year.
    page = visit(client, studied[Role.CITY_BUREAU], "/map/")
    assert key(page) == ["– · not planned 1", "0 · planned, not begun 1", "5 · in use 1"]
    assert words(page.select_one(".answer")) == "1 of 3 buildings are in use, 0 are under construction."


def test_a_withdrawn_project_leaves_its_building_as_planned(client, studied):
    Project.objects.update(state="withdrawn")
    page = visit(client, studied[Role.CITY_BUREAU], "/map/")
    assert key(page) == ["– · not planned 1", "0 · planned, not begun 2"]


def test_the_key_narrows_the_map_and_gives_way_again(client, studied):
    bureau = studied[Role.CITY_BUREAU]
    page = visit(client, bureau, "/map/")
    used = page.select_one("#map .keys li:last-child a")["href"]
    narrowed = visit(client, bureau, used)
    assert places(narrowed) == {"A1"}
    assert len(key(narrowed)) == 3
    chosen = narrowed.select_one("#map .keys a[aria-current]")
    assert places(visit(client, bureau, chosen["href"])) == {"A1", "A2", "B1"}


def test_every_count_behind_the_map_leads_to_a_list_of_as_many(client, studied):
    bureau = studied[Role.CITY_BUREAU]
    for layer in LAYERS:
        page = visit(client, bureau, f"/map/?layer={layer}")
        links = page.select("#behind td.num a")
        assert links
        for link in links:
            assert total_of(visit(client, bureau, link["href"])) == int(link.get_text()), link["href"]


def test_the_map_and_the_list_keep_each_others_filter(client, studied):
    bureau = studied[Role.CITY_BUREAU]
    page = visit(client, bureau, "/map/?layer=year&district=海州")
    assert places(page) == {"A1", "A2"}
    listed = page.select_one("#map > p:last-child a")["href"]
    assert total_of(visit(client, bureau, listed)) == 2
    back = visit(client, bureau, listed).find("a", string="On the map")["href"]
    assert places(visit(client, bureau, back)) == {"A1", "A2"}


def test_what_the_form_has_no_field_for_is_said_and_can_be_taken_away(client, studied):
    bureau = studied[Role.CITY_BUREAU]
    page = visit(client, bureau, "/map/?warmth=16-18&layer=state")
    assert places(page) == set()
    assert page.select_one("#sieve input[name=warmth]")["value"] == "16-18"
    [taken] = page.select(".chosen a")
    assert "Mean temperature: 16–18 ℃" in words(taken)
    assert places(visit(client, bureau, f"/map/{taken['href']}")) == {"A1", "A2", "B1"}


def test_everybody_sees_his_own_buildings_alone(client, studied):
    assert places(visit(client, studied[Role.HEAT_SUPPLIER], "/map/")) == {"A1", "A2"}
    assert places(visit(client, studied[Role.CONTRACTOR], "/map/")) == {"A1"}


def test_a_code_nobody_knows_shows_nothing_rather_than_everything(client, studied):
    page = visit(client, studied[Role.CITY_BUREAU], "/map/?state=elsewhere")
    assert "No building fits" in page.get_text()


def test_buildings_without_a_cluster_stand_in_their_estate(client, studied):
    page = visit(client, studied[Role.CITY_BUREAU], "/map/")
    heads = [words(cell) for cell in page.select("#behind tbody th")]
    assert heads == ["和平小区", "和平小区"]
    inside = page.select_one("#behind tbody th a")["href"]
    assert places(visit(client, studied[Role.CITY_BUREAU], inside)) == {"B1"}


def test_too_many_buildings_are_shown_by_cluster_and_a_cluster_opens(client, studied, monkeypatch):
    monkeypatch.setattr(city_map, "MOST_BUILDINGS", 2)
    Building.objects.filter(code__startswith="A").update(cluster="HZ-1")
    bureau = studied[Role.CITY_BUREAU]
    page = visit(client, bureau, "/map/")
    assert "too many to draw each" in page.get_text()
    links = {link.find("title").get_text(): link["href"] for link in page.select("#map svg a.place")}
    opened = next(href for title, href in links.items() if title.startswith("海州 HZ-1"))
    assert places(visit(client, bureau, opened)) == {"A1", "A2"}


def test_a_larger_city_asks_the_database_no_more_often(client, studied, django_assert_max_num_queries):
    store_register(Register(buildings=tuple(
        a_building(f"C{number:03}", "宏远热力", "海州", OwnerKind.MUNICIPAL) for number in range(60)
    ), flats=(), budgets=(), crews=()))  # fmt: skip
    client.force_login(studied[Role.CITY_BUREAU])
    with django_assert_max_num_queries(20):
        client.get("/map/?layer=warmth")


def test_before_the_first_study_the_map_stands_without_colours(client, cast):
    page = visit(client, cast[Role.CITY_BUREAU], "/map/?layer=warmth")
    assert key(page) == ["– · not simulated 3"]
    assert not BuildingOutcome.objects.exists()


def test_a_script_gets_the_map_alone(client, studied):
    client.force_login(studied[Role.CITY_BUREAU])
    body = client.get("/map/", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in body
    assert 'hx-swap-oob="true"' in body


def test_many_clusters_are_summed_up_by_district_and_every_sum_opens_its_list(client, studied, monkeypatch):
    monkeypatch.setattr(map_pictures, "_MOST_ROWS", 1)
    Building.objects.filter(code="A1").update(cluster="HZ-1")
    bureau = studied[Role.CITY_BUREAU]
    page = visit(client, bureau, "/map/?layer=warmth")
    assert [words(row.td) for row in page.select("#behind tbody tr")] == ["太平", "海州"]
    for link in page.select("#behind td.num a"):
        assert total_of(visit(client, bureau, link["href"])) == int(link.get_text())
    inside = page.select("#behind tbody th a")[1]["href"]
    assert places(visit(client, bureau, inside)) == {"A1", "A2"}


@pytest.fixture
def tiles(settings):
    settings.TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    settings.TILES_ATTRIBUTION = "© 测绘"


def test_with_tiles_the_buildings_stand_on_a_street_map_too(client, studied, tiles):
    Building.objects.filter(code="A1").update(longitude=121.65, latitude=42.01)
    page = visit(client, studied[Role.CITY_BUREAU], "/map/")
    streets, on_a_phone = page.select("svg.street-map")
    assert float(on_a_phone["width"]) < 300
    assert [link["href"] for link in streets.select("a.place")] == ["/buildings/A1/"]
    assert streets.select("image")[0]["href"].startswith("https://tiles.example/")
    assert "2 buildings have no place in the register" in words(page)


def test_only_the_tiles_host_is_let_in_beside_the_product(client, studied, tiles):
    answer = client.get("/login/")
    assert "img-src 'self' data: https://tiles.example;" in answer.headers["Content-Security-Policy"]


def test_without_tiles_no_page_asks_another_host(client, studied):
    Building.objects.filter(code="A1").update(longitude=121.65, latitude=42.01)
    page = visit(client, studied[Role.CITY_BUREAU], "/map/")
    assert not page.select("svg.street-map, image")
    assert "img-src 'self' data:;" in client.get("/login/").headers["Content-Security-Policy"]
