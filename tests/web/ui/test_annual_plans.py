"""A supplier's annual plan on its page: rules checked, filed, returned with reasons, changed, approved."""

import pytest
from tests.web.cast import GUANGMING, HONGYUAN, a_plan, a_study
from tests.web.ui.pages import rows, send, visit, words

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.works.models import AnnualPlan
from fenhu.web.works.services import fire

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.fixture
def plan(cast):
    a_study()
    return a_plan()


@pytest.fixture
def filed(supplier, plan):
    return fire(supplier, plan, "file", version=1)


def step(client, user, plan, name, version, note="", status=200):
    fields = {"step": name, "version": version, "note": note}
    return send(client, user, f"/plans/{plan.pk}/step/", fields, status)


def verdicts(page):
    """Return the verdict on each clause's first rule."""
    return {row[1]: row[3] for row in reversed(rows(page, "checks"))}


def buttons(page):
    return [words(button) for button in page.select("#steps button:not([disabled])")]


def test_c3_2_a_supplier_files_its_plan_with_one_click(client, supplier, plan):
    page = visit(client, supplier, f"/plans/{plan.pk}/")
    assert buttons(page) == ["File the plan"]
    page = step(client, supplier, plan, "file", 1)
    assert words(page.select_one(".answer .badge")) == "Filed"
    assert buttons(page) == []


def test_c3_2_plan_filed_after_30_april_is_flagged_late(client, supplier, plan, settings):
    settings.TODAY = clock.date(2011, 5, 1)
    page = step(client, supplier, plan, "file", 1)
    assert "late" in [words(one) for one in page.select(".answer .badge")]
    assert verdicts(page)["三（二）"] == "not kept"


def test_c3_2_the_bureau_returns_a_plan_with_a_reason_the_supplier_reads(client, supplier, bureau, filed):
    step(client, bureau, filed, "return", 2, note="A2缺少图纸")
    page = visit(client, supplier, f"/plans/{filed.pk}/")
    assert "Returned, because: A2缺少图纸" in words(page)


def test_a_return_without_a_reason_is_asked_for_on_the_page(client, bureau, filed):
    page = step(client, bureau, filed, "return", 2, status=422)
    assert "Write the reason" in words(page.select_one("#steps"))
    assert AnnualPlan.objects.get().state == "filed"


def test_c3_2_the_bureau_approves(client, bureau, filed):
    page = step(client, bureau, filed, "approve", 2)
    assert words(page.select_one(".answer .badge")) == "Approved"
    assert [words(one) for one in page.select("#history li span")]


def test_the_second_of_two_officers_reads_what_happened(client, bureau, filed):
    step(client, bureau, filed, "approve", 2)
    page = step(client, bureau, filed, "return", 2, note="晚了", status=409)
    assert "Traceback" not in words(page)
    assert page.select_one("h1")
    assert AnnualPlan.objects.get().state == "approved"


@pytest.mark.parametrize("fields", [{}, {"step": "file"}, {"step": "file", "version": "x"},
                                    {"step": "no such step", "version": "1"}])  # fmt: skip
def test_a_step_nobody_offered_is_refused_in_words(client, supplier, plan, fields):
    client.force_login(supplier)
    answer = client.post(f"/plans/{plan.pk}/step/", fields)
    assert 400 <= answer.status_code < 500
    assert AnnualPlan.objects.get().state == "draft"


def test_a_supplier_takes_a_building_off_and_puts_it_back(client, supplier, plan):
    page = send(client, supplier, f"/plans/{plan.pk}/remove/", {"code": "A2", "version": 1})
    assert [row[0].split()[-1] for row in rows(page, "buildings")] == ["A1"]
    page = send(client, supplier, f"/plans/{plan.pk}/add/", {"code": "A2", "version": 2})
    assert {row[0].split()[-1] for row in rows(page, "buildings")} == {"A1", "A2"}


@pytest.mark.parametrize("code", ["B1", "nowhere", "A1"])
def test_a_building_that_cannot_stand_on_the_plan_is_refused(client, supplier, plan, code):
    client.force_login(supplier)
    answer = client.post(f"/plans/{plan.pk}/add/", {"code": code, "version": 1})
    assert 400 <= answer.status_code < 500
    assert sorted(AnnualPlan.objects.get().items.values_list("building__code", flat=True)) == ["A1", "A2"]


def test_a_filed_plan_is_not_changed(client, supplier, filed):
    page = visit(client, supplier, f"/plans/{filed.pk}/")
    assert page.select_one("#buildings form") is None
    client.force_login(supplier)
    answer = client.post(f"/plans/{filed.pk}/remove/", {"code": "A2", "version": 2})
    assert 400 <= answer.status_code < 500


def test_the_list_shows_each_reader_its_own_plans(client, bureau, supplier, cast, plan):
    a_plan(supplier=GUANGMING, codes=("B1",))
    both = visit(client, bureau, "/plans/").select("tbody th")
    assert {words(one) for one in both} == {HONGYUAN, GUANGMING}
    (own,) = visit(client, supplier, "/plans/").select("tbody th")
    assert words(own) == HONGYUAN


def test_the_list_is_narrowed_by_year_and_state(client, bureau, filed):
    assert visit(client, bureau, "/plans/?year=2011&state=filed").select("tbody tr")
    page = visit(client, bureau, "/plans/?year=2012&state=filed")
    assert "No plan fits" in words(page)


@pytest.mark.parametrize("query", ["?year=x", "?state=x", "?year=99999999999999999999999"])
def test_a_filter_somebody_changed_by_hand_is_left_aside(client, bureau, plan, query):
    visit(client, bureau, f"/plans/{query}")
