"""The lists behind a year's sums: what a payer carries, which flats agreed; each in the reader's scope."""

from datetime import date

import pytest
from tests.web.cast import a_study
from tests.web.ui.pages import rows, visit, words

from fenhu.programme import Role
from fenhu.web.registry.models import Flat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _spring_of_2011(settings):
    settings.TODAY = date(2011, 4, 11)


@pytest.fixture
def studied(cast):
    """A1 and A2 are planned for 2011, 100 yuan each, of which the supplier carries 60."""
    a_study()
    return cast


def listed(page):
    return [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")]


def test_what_a_payer_carries_is_listed_building_by_building(client, studied):
    page = visit(client, studied[Role.CITY_BUREAU], "/plan/2011/carried/supplier/")
    assert [(row[0].split()[-1], row[-1]) for row in listed(page)] == [("A1", "60%"), ("A2", "60%")]
    assert words(page.select_one(".answer")) == "0.0 × 10,000 yuan of 0.0 at 2 buildings, as estimated."


def test_a_payer_who_carries_nothing_has_no_list(client, studied):
    page = visit(client, studied[Role.FINANCE], "/plan/2011/carried/city/")
    assert listed(page) == []
    assert "nothing of this year's buildings" in words(page.select_one(".answer"))


def test_the_bars_of_who_pays_lead_to_what_each_carries(client, studied):
    page = visit(client, studied[Role.DISTRICT_GOV], "/plan/2011/")
    hrefs = [link["href"] for link in page.select("#payers td a")]
    assert hrefs == ["/plan/2011/carried/supplier/", "/plan/2011/carried/user/"]
    # The district answers for A2 alone.
    assert [row[0].split()[-1] for row in listed(visit(client, studied[Role.DISTRICT_GOV], hrefs[0]))] == [
        "A2"
    ]


def test_flats_stand_by_their_answer_and_the_buildings_to_be_asked_come_first(client, studied):
    flats = Flat.objects.order_by("building__code", "storey")
    Flat.objects.filter(pk__in=[flats[0].pk, flats[1].pk]).update(consent=True)
    Flat.objects.filter(pk=flats[2].pk).update(consent=False)
    bureau = studied[Role.CITY_BUREAU]
    page = visit(client, bureau, "/plan/2011/consent/")
    assert words(page.select_one(".answer")) == "1 flat of 1 buildings: still to be asked."
    assert [row[2:] for row in listed(page)] == [["2", "0", "1", "1"]]
    agreed = visit(client, bureau, "/plan/2011/consent/?answer=agreed")
    assert [row[2:] for row in listed(agreed)] == [["2", "2", "0", "0"]]
    assert "张三丰" not in words(agreed)


def test_a_community_lists_the_flats_of_its_own_buildings_alone(client, studied):
    Flat.objects.filter(building__code="A1").update(consent=True)
    page = visit(client, studied[Role.OWNER_UNIT], "/plan/2011/consent/?answer=agreed")
    assert listed(page) == []
    page = visit(client, studied[Role.OWNER_UNIT], "/plan/2011/consent/")
    assert [row[0].split()[-1] for row in listed(page)] == ["A2"]


def test_the_groups_of_a_year_open_their_buildings(client, studied):
    bureau = studied[Role.CITY_BUREAU]
    Flat.objects.filter(building__code="B1").first().building.outcomes.update(planned_year=2011)
    page = visit(client, bureau, "/plan/2011/")
    links = page.select("#districts td a, #suppliers td a")
    assert len(links) == 8
    for link in links:
        answer = words(visit(client, bureau, link["href"]).select_one("main .answer"))
        assert link.get_text() in answer, link
    assert rows(page, "suppliers")[0][0] in ("宏远热力", "光明供热")
