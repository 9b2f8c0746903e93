"""The plan of a year, acceptances, rewards, commendations, the campaign, the language, and robots."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from tests.web.portal.published import ON, SECRETS, a_published_campaign, a_published_year
from tests.web.ui.pages import send, visit, words
from tests.web.works.steps import a_project

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.ledger.models import RewardItem, RewardProposal
from fenhu.web.portal import queries
from fenhu.web.registry.models import Building
from fenhu.web.rules import current_policy
from fenhu.web.works.models import Activity, CampaignMaterial, Praise, Project

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
    view = queries.praise_view(1)
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


def test_c4_1_more_than_a_page_of_buildings_in_an_allocation_or_commended_is_paged(client, cast, monkeypatch):
    project = a_published_year(cast)
    proposal = RewardProposal.objects.get()
    other = Building.objects.get(code="B1")
    RewardItem.objects.create(
        proposal=proposal, building=other, project=project, flats=2, area_m2=180, accepted_on=ON,
        base_fen=1_00, factor=1, deducted_fen=0, entitled_fen=1_00, paid_fen=0, payment_fen=1_00, steps=[],
    )  # fmt: skip
    Praise.objects.create(
        flat=other.flats.first(), code="cooperated_on_time", on_date=ON, given_by=cast[Role.CITY_BUREAU]
    )
    monkeypatch.setattr("fenhu.web.ledger.queries.rewards.PAGE_SIZE", 1)
    monkeypatch.setattr("fenhu.web.portal.queries.records.PAGE_SIZE", 1)
    for address in (f"/rewards/{proposal.pk}/published/", "/public/commendations/"):
        first, second = page(client, address), page(client, f"{address}?page=2")
        (one,), (two,) = first.select("tbody tr th"), second.select("tbody tr th")
        assert {words(one), words(two)} == {"和平小区 A2号楼", "和平小区 B1号楼"}
        assert first.select_one("nav.pages a[rel=next]")["href"] == "?page=2"
        assert "541.00" in words(first) or "2 households" in words(first)


def test_the_city_publishes_its_bulletin_and_takes_it_back(client, cast, settings):
    settings.TODAY = date(2011, 7, 15)
    a_published_year(cast)
    bureau = cast[Role.CITY_BUREAU]
    send(client, bureau, "/bulletin/publish/", {"year": 2011, "month": 6})
    client.logout()
    link = page(client, "/public/bulletins/").select_one(".found a")["href"]
    told = words(page(client, link))
    assert "June 2011" in told
    assert "Accepted by 30 June 2011: 1 of the 225 buildings" in told
    assert not [secret for secret in SECRETS if secret in told]
    paper = client.get(f"{link}bulletin.pdf")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    # What happens afterwards does not change what was told.
    Project.objects.update(accepted_on=date(2011, 7, 1))
    assert "Accepted by 30 June 2011: 1 of the 225 buildings" in words(page(client, link))
    chinese = client.get(link, headers={"accept-language": "zh-hans"}).content.decode()
    assert "2011年6月30日" in chinese
    send(client, bureau, "/bulletin/take-back/", {"year": 2011, "month": 6})
    client.logout()
    assert client.get(link).status_code == 404


def test_published_again_a_bulletin_replaces_the_earlier_one(client, cast, settings):
    settings.TODAY = date(2011, 7, 15)
    for _ in range(2):
        send(client, cast[Role.CITY_BUREAU], "/bulletin/publish/", {"year": 2011, "month": ""})
    client.logout()
    assert len(page(client, "/public/bulletins/").select(".found li")) == 1


@pytest.mark.parametrize("role", [Role.DISTRICT_GOV, Role.HEAT_SUPPLIER, Role.FINANCE])
def test_whoever_does_not_speak_for_the_city_publishes_no_bulletin(client, cast, settings, role):
    settings.TODAY = date(2011, 7, 15)
    assert visit(client, cast[role], "/bulletin/").select("form[action*=publish]") == []
    send(client, cast[role], "/bulletin/publish/", {"year": 2011, "month": 6}, 403)
