"""The plan of a year, acceptances, rewards, commendations, the campaign, the language, and robots."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from tests.web.portal.published import a_published_campaign, a_published_year
from tests.web.ui.pages import send, visit, words
from tests.web.works.steps import a_project

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.portal import queries
from fenhu.web.rules import current_policy
from fenhu.web.works.models import Activity, CampaignMaterial

pytestmark = pytest.mark.django_db


def page(client, address):
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml").select_one("main")


def test_c2_6_the_first_page_measures_the_year_against_its_target(client, cast, settings):
    settings.TODAY = date(2011, 6, 2)
    a_published_year(cast)
    front = page(client, "/")
    answer = words(front.select_one(".answer"))
    assert "1 buildings with 2 flats are on the approved plan of 2011." in answer
    assert "The target of the year is 225 buildings." in answer
    assert "Converted and in use so far: 2 buildings, 4 flats." in answer
    assert len(front.select("svg")) == len(front.select("details table")) == 3


def test_who_signed_in_reaches_the_portal_and_his_pages(client, cast):
    client.force_login(cast[Role.FINANCE])
    assert b"/public/search/" in client.get("/public/").content
    assert b'href="/"' in client.get("/public/").content


def test_the_plan_of_a_year_is_narrowed_and_taken_away_as_narrowed(client, cast):
    with clock.on(date(2011, 4, 20)):
        a_project(cast)
    assert words(page(client, "/public/plan/2011/").select_one("tbody th")) == "和平小区 A2号楼"
    narrowed = page(client, "/public/plan/2011/?district=太平")
    assert "0 buildings, 0 flats." in words(narrowed)
    (xlsx, file) = [link["href"] for link in narrowed.select("a[href*='plan/2011/plan.']")]
    assert "district=" in xlsx
    assert b"".join(client.get(file).streaming_content).count(b"\r\n") == 1
    assert b"".join(client.get("/public/plan/2011/plan.xlsx").streaming_content).startswith(b"PK")


def test_a_year_without_an_approved_plan_says_so(client, cast):
    assert "No plan of this year is approved yet" in words(page(client, "/public/plan/2012/"))
    assert client.get("/public/plan/1999/").status_code == 404


def test_c3_4_accepted_buildings_stand_with_their_result(client, cast):
    a_published_year(cast)
    found = {words(row.th): words(row) for row in page(client, "/public/acceptance/").select("tbody tr")}
    assert "宏远热力 · 建安公司 Passed · In use 1 / 1" in found["和平小区 A2号楼"]


def test_c4_1_of_a_commendation_the_building_and_the_number_are_told(client, cast):
    a_published_year(cast)
    (row,) = page(client, "/public/commendations/").select("tbody tr")
    assert words(row).startswith("和平小区 A2号楼 海州 Cooperated and finished by the supplier's timetable 1")


@pytest.mark.parametrize(("published", "told"), [("nothing", []), ("masked_flat", ["unit 1, flat **"])])
def test_c4_1_the_policy_decides_how_much_of_a_commendation_is_told(cast, monkeypatch, published, told):
    a_published_year(cast)
    (rule,) = current_policy().commendation
    setting = rule.publish.model_copy(update={"value": published})
    policy = current_policy().model_copy(
        update={"commendation": (rule.model_copy(update={"publish": setting}),)}
    )
    monkeypatch.setattr("fenhu.web.portal.queries.records.current_policy", lambda: policy)
    view = queries.praise_view()
    assert view.households == 1
    assert view.held_back == (published == "nothing")
    assert [str(flat.in_language("en")) for one in view.buildings for flat in one.flats] == told


def test_c4_2_material_is_public_from_the_offices_button_on_until_it_is_taken_back(client, cast):
    supplier = cast[Role.HEAT_SUPPLIER]
    with clock.on(date(2011, 4, 20)):
        a_published_campaign(cast)
    client.logout()
    (link,) = page(client, "/public/campaign/").select("a[href*='/public/campaign/']")
    assert b"".join(client.get(link["href"]).streaming_content).startswith(b"%PDF")
    assert "居民会" in words(page(client, "/public/campaign/"))
    number = CampaignMaterial.objects.get().pk
    send(client, supplier, "/campaign/act/take-back-material/", {"number": number})
    send(client, supplier, "/campaign/act/take-back-activity/", {"number": Activity.objects.get().pk})
    client.logout()
    assert client.get(link["href"]).status_code == 404
    assert "居民会" not in words(page(client, "/public/campaign/"))
    send(client, supplier, "/campaign/act/publish-material/", {"number": number})
    assert b"".join(client.get(link["href"]).streaming_content).startswith(b"%PDF")


def test_c4_2_who_does_not_inform_the_public_has_no_button(client, cast):
    with clock.on(date(2011, 4, 20)):
        a_published_campaign(cast)
    shown = visit(client, cast[Role.COMMUNITY], "/campaign/?year=2011")
    assert shown.select("form[action*=take-back]") == []
    number = CampaignMaterial.objects.get().pk
    send(client, cast[Role.COMMUNITY], "/campaign/act/take-back-material/", {"number": number}, 403)


def test_the_language_is_changed_by_a_link_that_leads_back_here_and_nowhere_else(client, cast):
    answer = client.get("/public/language/", {"to": "en", "next": "/public/data/"})
    assert answer["Location"] == "/public/data/"
    assert "All public figures as files" in client.get("/public/data/").content.decode()
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert client.get("/public/language/", {"to": "en", "next": elsewhere})["Location"] == "/"
    assert not client.get("/public/language/", {"to": "xx"}).cookies


@pytest.mark.parametrize(("demo", "allowed"), [(False, True), (True, False)])
def test_robots_read_the_portal_alone_and_of_an_invented_city_nothing(client, settings, demo, allowed):
    settings.DEMO = demo
    said = client.get("/robots.txt").content.decode()
    assert ("Allow: /public/" in said) == allowed
    assert said.rstrip().endswith("Disallow: /")
