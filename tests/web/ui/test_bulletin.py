"""The bulletin from live data: what came through each step in its month, by whose scope, page and paper."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from tests.web.cast import a_plan, a_study
from tests.web.ui.pages import rows, visit, words

from fenhu.papers.bulletin_values import Amount, Period
from fenhu.programme import Role
from fenhu.web.registry.models import Building
from fenhu.web.ui.bulletin_page import bulletin_of, period_asked
from fenhu.web.works.models import AnnualPlan, Case, FlatWork, Project

pytestmark = pytest.mark.django_db
JULY, JUNE = Period(2011, 7), date(2011, 6, 1)


@pytest.fixture(autouse=True)
def _summer_of_2011(settings):
    settings.TODAY = date(2011, 8, 15)


@pytest.fixture
def summer(cast):
    """A2 was approved in May, begun in June, accepted and put into use in July; A1 in use since 2010."""
    a_study()
    plan = a_plan(codes=("A1", "A2"))
    AnnualPlan.objects.filter(pk=plan.pk).update(
        state="approved", filed_at=date(2011, 5, 2), late=True, decided_at=date(2011, 5, 9)
    )
    Project.objects.filter(building__code="A1").update(
        started_on=date(2010, 6, 1), accepted_on=date(2010, 9, 1), in_use_on=date(2010, 9, 5)
    )
    Project.objects.create(
        building=Building.objects.get(code="A2"), year=2011, state="in_use", started_on=date(2011, 6, 1),
        finished_on=date(2011, 7, 1), accepted_on=date(2011, 7, 9), in_use_on=date(2011, 7, 20),
    )  # fmt: skip
    return cast


def of(cast, role=Role.CITY_BUREAU, period=JULY):
    return bulletin_of(cast[role], period)


def test_each_step_counts_in_the_month_of_its_day(summer):
    july, may = of(summer), of(summer, period=Period(2011, 5))
    assert (july.news.steps.approved, july.news.steps.begun) == (Amount(), Amount())
    assert (july.news.steps.accepted, july.news.steps.in_use) == (Amount(1, 2), Amount(1, 2))
    assert july.news.before.begun == Amount(1, 2)
    assert july.news.this_year.approved == Amount(2, 4)
    assert july.news.ever.in_use == Amount(2, 4)
    assert may.news.steps.approved == Amount(2, 4)
    assert may.news.ever.in_use == Amount(1, 2)


def test_a_bulletin_of_the_past_does_not_know_what_came_later(summer):
    june = of(summer, period=Period(2011, 6))
    assert june.as_of == date(2011, 6, 30)
    assert june.news.now.accepted == 0
    assert sum(june.news.warmth.after.values()) == 2


def test_the_running_month_is_counted_up_to_today(summer):
    assert of(summer, period=Period(2011, 8)).as_of == date(2011, 8, 15)


def test_the_year_stands_against_the_citys_target_for_the_bureau_alone(summer):
    # The policy file's assumed target of 2011 is 225 buildings; two stand on the approved plan.
    bureau, supplier = of(summer), of(summer, Role.HEAT_SUPPLIER)
    assert (bureau.news.now.target, bureau.news.now.listed, bureau.news.now.accepted) == (225, 2, 1)
    assert (supplier.news.now.target, supplier.news.now.goal) == (None, 2)
    assert bureau.news.months == (0, 0, 0, 0, 0, 0, 1)


def test_districts_and_suppliers_stand_by_what_is_on_their_plans(summer):
    july = of(summer)
    assert [(one.name, one.listed, one.accepted) for one in july.news.districts] == [("海州", 2, 1)]
    assert [(one.name, one.listed, one.accepted) for one in july.news.suppliers] == [("宏远热力", 2, 1)]


def test_a_late_plan_and_works_of_an_older_year_that_are_not_finished_are_named(summer):
    Project.objects.create(building=Building.objects.get(code="B1"), year=2010, state="under_construction")
    missed = of(summer).news.deadlines
    assert missed.filed_late == ("宏远热力",)
    assert missed.not_filed == ()
    assert missed.unfinished == Amount(1, 2)
    assert missed.unfinished_since == date(2010, 9, 30)


def test_works_with_an_extension_are_not_overdue_before_it_ends(summer):
    Project.objects.create(
        building=Building.objects.get(code="B1"), year=2010, state="under_construction",
        extended_to=date(2011, 8, 31),
    )  # fmt: skip
    assert of(summer).news.deadlines.unfinished == Amount()


def test_a_supplier_without_a_plan_is_named_once_the_day_has_passed(summer):
    AnnualPlan.objects.update(filed_at=date(2011, 5, 2))
    assert of(summer, period=Period(2011, 4)).news.deadlines.not_filed == ()
    AnnualPlan.objects.update(filed_at=None)
    assert of(summer).news.deadlines.not_filed == ("宏远热力",)


def test_works_fall_due_in_the_month_of_their_deadline(summer):
    Project.objects.create(building=Building.objects.get(code="B1"), year=2011, state="under_construction")
    august, july = of(summer, period=Period(2011, 8)), of(summer)
    assert (august.news.coming.completion_day, august.news.coming.to_finish) == (date(2011, 9, 30), 1)
    assert (july.news.coming.completion_day, july.news.coming.to_finish) == (None, 0)


def test_cases_count_on_the_days_they_were_opened_and_settled(summer):
    building = Building.objects.get(code="A2")
    Case.objects.create(
        building=building, kind="complaint", opened_on=date(2011, 7, 1), settled_on=date(2011, 7, 7),
        state="settled",
    )  # fmt: skip
    Case.objects.create(building=building, kind="dispute", opened_on=date(2011, 6, 1), state="open")
    found = of(summer).news.cases
    assert (found.opened, found.complaints, found.settled, found.open) == (1, 1, 1, 1)
    assert found.median_days == 6


def test_measured_rooms_are_those_of_flats_that_passed(summer):
    project = Project.objects.get(building__code="A2")
    for flat, room_c in zip(project.building.flats.order_by("storey"), (17.5, 20.0), strict=True):
        FlatWork.objects.create(project=project, flat=flat, room_c=room_c, passed_on=date(2011, 7, 9))
    assert sorted(of(summer).news.warmth.measured_after_c) == [17.5, 20.0]


def test_everybody_reads_the_bulletin_of_his_own_buildings(summer):
    assert of(summer, Role.DISTRICT_GOV).news.ever.in_use == Amount(1, 2)
    assert of(summer, Role.FINANCE).news.ever.in_use == Amount(1, 2)


def test_a_city_on_its_first_day_has_a_bulletin_too(client, cast):
    page = visit(client, cast[Role.CITY_BUREAU], "/bulletin/")
    assert "nothing was approved" in words(page.select_one("#changes"))


def test_the_page_says_what_the_paper_says(client, summer):
    bureau = summer[Role.CITY_BUREAU]
    page = visit(client, bureau, "/bulletin/?year=2011&month=7")
    assert words(page.select_one(".answer")).startswith("Accepted by 31 July 2011: 1 of the 225 buildings")
    assert rows(page, "changes")[2] == ["Accepted", "1 / 2", "0 / 0", "1 / 2", "2 / 4"]
    link = page.select_one(".actions a")["href"]
    answer = client.get(link, headers={"accept-language": "en"})
    assert answer["Content-Type"] == "application/pdf"
    with pypdfium2.PdfDocument(BytesIO(b"".join(answer.streaming_content))) as paper:
        assert len(paper) == 2
        first = paper[0].get_textpage().get_text_range()
    assert "1 of the 225 buildings" in " ".join(first.split())


def test_every_picture_on_the_page_has_its_table(client, summer):
    page = visit(client, summer[Role.CITY_BUREAU], "/bulletin/?year=2011&month=7")
    panels = [panel for panel in page.select(".flow .panel") if panel.select_one("svg")]
    assert panels
    assert all(panel.select_one("table tbody tr") for panel in panels)


@pytest.mark.parametrize(
    ("year", "month", "period"),
    [
        ("", "", Period(2011, 8)),
        ("2011", "", Period(2011)),
        ("2011", "7", Period(2011, 7)),
        ("2011", "12", Period(2011, 8)),
        ("2044", "1", Period(2011, 1)),
        ("1999", "3", Period(2010, 3)),
        ("2010", "13", Period(2010)),
        ("x", "y", Period(2011, 8)),
    ],
)
def test_an_address_asks_for_a_period_that_has_begun(year, month, period):
    assert period_asked(year, month) == period


def test_a_larger_city_asks_the_database_no_more_often(client, summer, django_assert_max_num_queries):
    client.force_login(summer[Role.CITY_BUREAU])
    with django_assert_max_num_queries(36):
        client.get("/bulletin/")


LISTS = "main .answer a, #changes a, #lag a, #missed a, #warmth a, #conflicts a, #coming a"


def test_every_figure_leads_to_a_list_that_says_the_same_number(client, summer):
    bureau = summer[Role.CITY_BUREAU]
    Project.objects.create(
        building=Building.objects.get(code="B1"), year=2010, state="under_construction", started_on=JUNE
    )
    Case.objects.update(opened_on=date(2011, 8, 2), kind="complaint")
    page = visit(client, bureau, "/bulletin/?year=2011&month=8")
    links = page.select(LISTS)
    assert {link["href"].split("?")[0] for link in links} >= {"/buildings/", "/cases/", "/policy/#targets"}
    for link in links:
        if link["href"].startswith(("/buildings/", "/cases/")):
            said = visit(client, bureau, link["href"]).select_one("main .answer").get_text(" ")
            shown = link.get_text().split()[0]
            assert shown in said.split() or (shown == "0" and "No building fits" in said), (link, said)


def test_the_steps_of_a_span_open_the_buildings_that_came_through_in_it(client, summer):
    bureau = summer[Role.CITY_BUREAU]
    page = visit(client, bureau, "/bulletin/?year=2011&month=7")
    used = page.select("#changes tbody tr")[3].select("a")
    assert [words(link) for link in used] == ["1 / 2", "0 / 0", "1 / 2", "2 / 4"]
    listed = [words(visit(client, bureau, link["href"]).select_one(".answer")) for link in used]
    assert listed[0].startswith("1 building with 2 flats")
    assert listed[1] == "No building fits."
    assert listed[3].startswith("2 buildings with 4 flats")
    narrowed = words(visit(client, bureau, used[0]["href"]).select_one(".chosen"))
    assert "Put into use" in narrowed
    assert "2011-07-31" in narrowed


@pytest.mark.parametrize("days", ["since=yesterday", "until=2011-13-01"])
def test_days_that_are_none_let_no_building_through(client, summer, days):
    page = visit(client, summer[Role.CITY_BUREAU], f"/buildings/?step=in_use&{days}")
    assert words(page.select_one(".answer")) == "No building fits."


def test_nobody_is_led_to_a_list_he_does_not_read(client, summer):
    page = visit(client, summer[Role.FINANCE], "/bulletin/?year=2011&month=7")
    hrefs = {link["href"].split("?")[0] for link in page.select("main a")}
    assert "/cases/" not in hrefs
    assert "/buildings/" in hrefs


def test_what_is_open_is_not_listed_for_an_older_bulletin(client, summer):
    Case.objects.update(opened_on=date(2011, 7, 2), state="open", since=date(2011, 7, 2))
    then = visit(client, summer[Role.CITY_BUREAU], "/bulletin/?year=2011&month=7")
    now = visit(client, summer[Role.CITY_BUREAU], "/bulletin/?year=2011&month=8")
    assert not [link for link in then.select("#conflicts a") if "pending" in link["href"]]
    assert [link for link in now.select("#conflicts a") if "pending" in link["href"]]


def test_the_paper_leads_to_the_public_pages(client, summer, settings):
    settings.ADDRESS = "https://fenhu.example.cn"
    client.force_login(summer[Role.CITY_BUREAU])
    answer = client.get("/bulletin/bulletin.pdf?year=2011&month=7")
    made = b"".join(answer.streaming_content)
    with pypdfium2.PdfDocument(BytesIO(made)) as paper:
        assert len(paper) == 2
    assert b"https://fenhu.example.cn/public/acceptance/" in made
    assert b"https://fenhu.example.cn/public/plan/2011/" in made
    assert b"/buildings/" not in made
