"""Why a building has its year and what another takes; what limits the plan, money and rules: on pages."""

import pytest
from tests.web.cast import GUANGMING, HONGYUAN
from tests.web.scenario_steps import a_planned_city
from tests.web.ui.pages import rows, send, visit, words

from fenhu.programme import Role
from fenhu.web.jobs.models import Job
from fenhu.web.works import answering
from fenhu.web.works.models import Scenario

pytestmark = pytest.mark.django_db
LIMITS = "/plan/limits/"
# A building takes 15 crew days: 20 a year do one.
SCARCE = {"crew_days": 20}


def silent(phase, done, total):
    """Hear nothing."""


@pytest.fixture
def plan(cast):
    return a_planned_city(**SCARCE).plans.get()


def answered(kind, params, work):
    """Keep an answer as the job that found it does."""
    Job.objects.create(kind=kind, params=params, state=Job.DONE, result=work(params, None, silent))


def about(plan, code):
    answered("why", {"code": code, "plan": plan.pk}, answering.why)


def test_a_building_s_reasons_stand_there_at_once(client, cast, plan):
    page = visit(client, cast[Role.CITY_BUREAU], "/buildings/B1/why/")
    assert "no year" in words(page.select_one(".answer"))
    assert page.select("#known li")
    assert words(page.select_one("form[action$='/why/ask/'] button")) == "What would it take?"


def test_asking_starts_work_once(client, cast, plan):
    for _ in range(2):
        send(client, cast[Role.CITY_BUREAU], "/buildings/B1/why/ask/", {})
    jobs = Job.objects.filter(kind="why", params={"code": "B1", "plan": plan.pk})
    assert jobs.exclude(state__in=Job.FINISHED).count() <= 1


def test_an_answer_says_what_it_would_take_and_becomes_a_scenario(client, cast, plan):
    about(plan, "B1")
    page = visit(client, cast[Role.CITY_BUREAU], "/buildings/B1/why/")
    assert "nobody else gives way" in words(page.select_one("#answer1"))
    page = send(client, cast[Role.CITY_BUREAU], "/buildings/B1/why/0/try/", {})
    assert "B1 in another year" in words(page.select_one("h1"))
    assert Scenario.objects.get().changes


def test_buildings_of_other_offices_are_counted_but_not_named(client, cast, plan):
    params = {"code": "A1", "plan": plan.pk}
    moved = [["B1", None, 2011], ["A2", 2011, 2012]]
    sentence = {"pattern": "In {year} instead", "params": {"year": "2010"}}
    item = {"code": "A1", "sooner": {"sentence": sentence, "moved": moved}, "without": None, "flip": None}
    Job.objects.create(kind="why", params=params, state=Job.DONE, result={"items": [item]})
    page = words(visit(client, cast[Role.HEAT_SUPPLIER], "/buildings/A1/why/").select_one("main"))
    assert "A2" in page
    assert "B1" not in page
    assert "1 building of other offices would move too." in page
    assert "B1" in words(visit(client, cast[Role.CITY_BUREAU], "/buildings/A1/why/").select_one("main"))


def test_an_answer_to_an_earlier_plan_is_not_shown(client, cast, plan):
    answered("why", {"code": "B1", "plan": plan.pk + 1}, answering.why)
    page = visit(client, cast[Role.CITY_BUREAU], "/buildings/B1/why/")
    assert page.select("#answer1") == []


def test_purses_rules_and_ways_out_stand_on_one_page(client, cast, plan):
    assert "not been worked out" in words(visit(client, cast[Role.CITY_BUREAU], LIMITS).select_one(".answer"))
    answered("limits", {"plan": plan.pk}, answering.limits)
    page = visit(client, cast[Role.CITY_BUREAU], LIMITS)
    assert any("crews of supplier" in row[0] for row in rows(page, "purses"))
    assert page.select("#dearest svg")
    assert any(row[0] == "Priority class first" for row in rows(page, "rules"))


def a_purse(source, scope, name):
    text = {"pattern": name, "params": {}}
    return {"source": source, "scope": scope, "name": text, "year": 2010, "worth": 5.0, "tried": None}


def test_suppliers_and_districts_see_their_own_purses_and_no_price_of_a_rule(client, cast, plan):
    named = (
        ("CITY", "", "city"), ("SUPPLIER", HONGYUAN, "ours"), ("CREW", HONGYUAN, "crews"),
        ("SUPPLIER", GUANGMING, "theirs"), ("DIST", "海州", "east"), ("DIST", "太平", "west"),
    )  # fmt: skip
    purses = [a_purse(*one) for one in named]
    rule = {"name": {"pattern": "r", "params": {}}, "worth": 1.0, "percent": 1.0, "flats": 1,
            "sentence": {"pattern": "s", "params": {}}}  # fmt: skip
    result = {"purses": purses, "rules": [rule], "helps": []}
    Job.objects.create(kind="limits", params={"plan": plan.pk}, state=Job.DONE, result=result)

    def seen(role):
        page = visit(client, cast[role], LIMITS)
        return [row[0].split()[0] for row in rows(page, "purses")], len(page.select("#rules"))

    assert seen(Role.HEAT_SUPPLIER) == (["ours", "crews"], 0)
    assert seen(Role.DISTRICT_GOV) == (["east"], 0)
    assert seen(Role.CITY_BUREAU) == (["city", "ours", "crews", "theirs", "east", "west"], 1)


def test_a_way_out_becomes_a_scenario(client, cast):
    plan = a_planned_city(**SCARCE, targets=(3, 0)).plans.get()
    answered("limits", {"plan": plan.pk}, answering.limits)
    page = visit(client, cast[Role.CITY_BUREAU], LIMITS)
    assert "cannot be had with" in words(page.select_one("#missed"))
    page = send(client, cast[Role.CITY_BUREAU], f"{LIMITS}0/try/", {})
    assert words(page.select_one("h1")).startswith("Way out 1")


def test_before_any_plan_the_pages_say_so(client, cast):
    page = visit(client, cast[Role.CITY_BUREAU], LIMITS)
    assert "No plan is kept" in words(page.select_one(".answer"))
    page = visit(client, cast[Role.CITY_BUREAU], "/buildings/A1/why/")
    assert "No plan is kept" in words(page.select_one(".answer"))
