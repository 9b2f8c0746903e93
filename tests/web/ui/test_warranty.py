"""A building's warranty on its page: its last day, defects open and mended, flats ready for a meter."""

import pytest
from tests.web.cast import a_user
from tests.web.ui.pages import rows, send, visit, words
from tests.web.works.steps import BOTH, a_project, a_round, finished, fired

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.registry.models import Building, Flat
from fenhu.web.works import services
from fenhu.web.works.models import Defect, FlatWork

pytestmark = pytest.mark.django_db

PAGE = "/projects/A2/warranty/"


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def project(cast, settings, supplier):
    settings.TODAY = clock.date(2011, 5, 20)
    Building.objects.filter(code="A2").update(community=Building.objects.get(code="A1").community)
    project = finished(cast, a_project(cast))
    held = a_round(cast, project)
    services.fire(cast[Role.CITY_BUREAU], held, "pass", version=held.version)
    fired(cast[Role.CITY_BUREAU], project, "accept")
    return fired(supplier, project, "use")


def act(client, user, verb, status=200, **fields):
    return send(client, user, f"{PAGE}act/{verb}/", fields, status)


def test_c4_3_the_page_says_until_when_and_on_what_assumption(client, supplier, project):
    page = visit(client, supplier, PAGE)
    assert "The warranty lasts until March 31, 2013" in words(page.select_one(".answer"))
    assert "2 heating seasons" in words(page.select_one("#defects"))
    assert page.select_one("#defects .assumed")["title"]


def test_c4_3_reported_by_the_community_mended_by_the_contractor(client, cast, project):
    page = act(client, cast[Role.COMMUNITY], "report", what="阀门渗水", flat=BOTH[0])
    assert "it lies within the warranty" in words(page)
    page = visit(client, cast[Role.CONTRACTOR], PAGE)
    number = page.select_one("#defects input[name=defect]")["value"]
    page = act(client, cast[Role.CONTRACTOR], "mend", defect=number, how="换垫")
    assert "0 defects are open, 1 mended." in words(page.select_one(".answer"))
    assert rows(page, "defects")[0][:3] == ["阀门渗水", BOTH[0], "2011-05-20"]


def test_c4_3_after_its_end_the_supplier_sees_to_it(client, supplier, project, settings):
    settings.TODAY = clock.date(2013, 6, 1)
    page = act(client, supplier, "report", what="渗水", flat="")
    assert "the heat supplier sees to it" in words(page)
    assert "The warranty ended on" in words(page.select_one(".answer"))


def test_a_defect_without_words_is_refused(client, supplier, project):
    act(client, supplier, "report", 422, what="")
    assert not Defect.objects.exists()


def test_a_household_reports_from_its_own_page_and_sees_no_neighbours(client, supplier, project):
    home = a_user("at_home", Role.HOUSEHOLD, flat=Flat.objects.get(building__code="A2", storey=1))
    services.report_defect(supplier, project, what="邻居家渗水", flat_id=BOTH[1])
    page = act(client, home, "report", what="自家不热", flat=BOTH[0])
    assert "自家不热" in words(page)
    assert "邻居家渗水" not in words(page)
    assert page.select("#meters") == []
    assert [words(one) for one in page.select("#defect-flat option")] == [BOTH[0]]
    act(client, home, "report", 403, what="邻居不热", flat=BOTH[1])


def test_c1_the_supplier_ticks_flats_in_which_a_meter_fits(client, cast, supplier, project):
    FlatWork.objects.filter(project=project, flat__storey=2).update(stage="tested")
    page = visit(client, supplier, PAGE)
    assert [one["value"] for one in page.select("#meters input[name=flat]")] == [BOTH[0]]
    page = act(client, supplier, "ready", flat=BOTH[0], ready=1)
    assert [row[-1] for row in rows(page, "meters")] == ["yes", "not looked at"]
    assert "A heat meter fits in 1 of 2 flats." in words(page.select_one(".answer"))
    assert visit(client, cast[Role.CITY_BUREAU], PAGE).select("#meters form input[name=flat]") == []


def test_before_it_is_used_the_page_says_when_the_warranty_begins(client, cast):
    a_project(cast)
    page = visit(client, cast[Role.HEAT_SUPPLIER], PAGE)
    assert "The warranty begins when the building is put into use." in words(page)
    assert page.select("#defects form") == []


def test_the_page_speaks_chinese(client, supplier, project):
    page = visit(client, supplier, PAGE, language="zh-hans")
    assert "保修期至" in words(page.select_one(".answer"))
