"""The first pages of contractor and public security: figures of their own works and incidents alone."""

from datetime import date

import pytest
from tests.web.cast import a_user
from tests.web.ui.pages import rows, visit, words

from fenhu.programme import Role
from fenhu.web.registry.models import Building, Organisation
from fenhu.web.registry.services import organisations
from fenhu.web.works.models import Case, Defect, Project, SiteCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _september_of_2011(settings):
    settings.TODAY = date(2011, 9, 10)


@pytest.fixture
def works(cast):
    """A1 in use with an open defect, A2 stopped on site with 20 days left; B1 is another contractor's."""
    a1 = Project.objects.get(building__code="A1")
    built = {"year": 2011, "state": "under_construction"}
    a2 = Project.objects.create(
        building=Building.objects.get(code="A2"),
        contractor=Organisation.objects.get(name="建安公司"),
        **built,
    )
    other = organisations(Role.CONTRACTOR, ["外地公司"])["外地公司"]
    Project.objects.create(building=Building.objects.get(code="B1"), contractor=other, **built)
    Defect.objects.create(project=a1, what="渗水", reported_on=date(2011, 9, 1), within_warranty=True)
    SiteCheck.objects.create(
        project=a2, kind="safety", on_date=date(2011, 9, 5), passed=False, stops=True,
        made_by=cast[Role.CITY_BUREAU],
    )  # fmt: skip
    return cast


def figures(page):
    return {words(one.dt): words(one.dd).split()[0] for one in page.select(".figure")}


def test_a_contractor_reads_how_his_works_stand(client, works):
    page = visit(client, works[Role.CONTRACTOR], "/")
    assert figures(page) == {
        "Under construction": "1", "Works stopped": "1", "Hand-overs due": "1", "Overdue": "0",
        "With open defects": "1",
    }  # fmt: skip
    assert "外地公司" not in words(page)
    assert "B1" not in words(page.select_one("main"))


def test_works_past_their_day_are_overdue_and_still_to_be_handed_over(client, works, settings):
    settings.TODAY = date(2011, 10, 1)
    shown = figures(visit(client, works[Role.CONTRACTOR], "/"))
    assert (shown["Hand-overs due"], shown["Overdue"]) == ("1", "1")


def test_every_figure_of_a_contractor_opens_as_many_buildings(client, works):
    contractor = works[Role.CONTRACTOR]
    page = visit(client, contractor, "/")
    links = page.select(".answer a, .figure a, #states td a")
    assert len(links) > 8
    for link in links:
        listed = rows(visit(client, contractor, link["href"]), "works")
        assert len(listed) == int(link.get_text()), link


def test_the_picture_of_works_divides_the_years_by_state(client, works):
    page = visit(client, works[Role.CONTRACTOR], "/")
    assert rows(page, "states") == [["2010", "0", "1", "1"], ["2011", "1", "0", "1"]]
    titles = [words(one.title) for one in page.select("#states .not-phone svg a")]
    assert titles == ["2010, in use: 1", "2011, under construction: 1"]


def test_another_contractor_sees_its_own_works_alone(client, works):
    other = a_user(
        "elsewhere", Role.CONTRACTOR, organisation=Organisation.objects.get(name="外地公司")
    )  # fmt: skip
    page = visit(client, other, "/")
    assert [row[0] for row in rows(page, "works")] == ["和平小区 B1号楼"]
    assert figures(page)["With open defects"] == "0"


@pytest.fixture
def incidents(cast):
    """Passed on: B1's without a day, one of 40 days with the government, one of 3 days; one is not."""
    Case.objects.update(state="at_security")
    kinds = {"A1": (date(2011, 8, 1), "at_bureau", True), "A2": (date(2011, 9, 7), "at_security", True)}
    for code, (day, state, escalated) in kinds.items():
        Case.objects.create(
            building=Building.objects.get(code=code), kind="obstruction", title=f"阻挠{code}", opened_on=day,
            state=state, since=day, escalated=escalated,
        )  # fmt: skip
    Case.objects.create(
        building=Building.objects.get(code="A1"), kind="complaint", title="不热", opened_on=date(2011, 9, 1)
    )
    return cast


def test_public_security_reads_its_incidents_by_district_and_age(client, incidents):
    page = visit(client, incidents[Role.PUBLIC_SECURITY], "/")
    shown = figures(page)
    assert (shown["Waits for you"], shown["Not settled"], shown["Open for more than 30 days"]) == (
        "2", "3", "2",
    )  # fmt: skip
    assert rows(page, "ages") == [["太平", "0", "0", "1", "1"], ["海州", "1", "0", "1", "2"]]
    assert "不热" not in words(page)


def test_every_figure_of_public_security_opens_as_many_incidents(client, incidents):
    officer = incidents[Role.PUBLIC_SECURITY]
    links = visit(client, officer, "/").select(".answer a, .figure a, #ages td a")
    assert len(links) > 8
    for link in links:
        page = visit(client, officer, link["href"])
        listed = page.select(".table-wrap[aria-label='Cases'] tbody tr")
        assert len(listed) == int(link.get_text()), link
        assert words(page.select_one(".answer strong")) == link.get_text()


def test_incidents_that_are_settled_leave_the_first_page(client, incidents):
    Case.objects.filter(title="阻挠A2").update(state="settled", settled_on=date(2011, 9, 9))
    page = visit(client, incidents[Role.PUBLIC_SECURITY], "/")
    assert figures(page)["Not settled"] == "2"
