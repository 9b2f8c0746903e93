"""What if, on the pages: make a scenario, turn knobs, fix a building, see what it brings."""

import pytest
from tests.web.scenario_steps import a_planned_city, a_scenario, worked
from tests.web.ui.pages import rows, send, visit, words

from fenhu.planning import Changes
from fenhu.programme import Role
from fenhu.web.jobs.models import Job
from fenhu.web.works.models import BuildingOutcome, Scenario

pytestmark = pytest.mark.django_db
LIST = "/plan/what-if/"


@pytest.fixture
def bureau(cast):
    a_planned_city()
    return cast[Role.CITY_BUREAU]


def page_of(scenario):
    return f"{LIST}{scenario.pk}/"


def act(client, user, scenario, verb, fields=None, status=200):
    return send(client, user, f"{page_of(scenario)}act/{verb}/", fields or {}, status)


def settings(page):
    return {field["name"]: field["value"] for field in page.select("#desk input[type=number]")}


def test_a_scenario_is_made_with_a_name(client, bureau):
    page = send(client, bureau, f"{LIST}create/", {"name": "多三十万", "note": ""})
    assert words(page.select_one("h1")) == "多三十万 not worked out"
    assert "converts 100 flats in 2 buildings" in words(page.select_one(".answer"))


def test_before_any_plan_the_page_says_so(client, cast):
    page = visit(client, cast[Role.CITY_BUREAU], LIST)
    assert "no plan to start from" in words(page.select_one(".answer"))
    assert page.select("#new") == []


def test_every_knob_is_a_labelled_number_and_no_slider_is_sent_without_it(client, cast, bureau):
    page = visit(client, bureau, page_of(a_scenario(cast)))
    labels = {label["for"] for label in page.select("#desk label")}
    assert {field["id"] for field in page.select("#desk input[type=number]")} <= labels
    assert all("name" not in slider.attrs for slider in page.select("input[type=range]"))
    assert all(page.find(id=slider["data-mirrors"]) for slider in page.select("input[type=range]"))


def test_a_turned_knob_is_said_in_a_sentence(client, cast, bureau):
    scenario = a_scenario(cast)
    turned = settings(visit(client, bureau, page_of(scenario))) | {"add.CITY.0.1": "30", "years": "5"}
    page = act(client, bureau, scenario, "change", turned)
    assert [words(one) for one in page.select("#changes li")] == [
        "5 years are planned instead of 3",
        "300,000 yuan more for the city's reward money in 2011",
    ]
    assert settings(page)["add.CITY.0.1"] == "30"


def test_a_number_out_of_range_is_shown_with_its_fault_and_nothing_is_kept(client, cast, bureau):
    scenario = a_scenario(cast)
    turned = settings(visit(client, bureau, page_of(scenario))) | {"years": "40", "factor.CITY.0": "120"}
    page = act(client, bureau, scenario, "change", turned, status=422)
    assert "10" in words(page.find(id="years-error"))
    assert settings(page)["factor.CITY.0"] == "120"
    assert Scenario.objects.get().changes == {}


def test_the_button_to_work_it_out_keeps_the_settings_and_starts_the_work(client, cast, bureau):
    scenario = a_scenario(cast)
    turned = settings(visit(client, bureau, page_of(scenario))) | {"years": "2", "run": "1"}
    page = act(client, bureau, scenario, "change", turned)
    job = Job.objects.get(kind="scenario")
    assert (job.params, Scenario.objects.get().changes) == ({"scenario": scenario.pk}, {"years": 2})
    assert "Stop and keep the best so far" in words(page)


def test_a_building_is_found_fixed_and_taken_back(client, cast, bureau):
    scenario = a_scenario(cast)
    page = visit(client, bureau, f"{page_of(scenario)}?find=A1")
    assert [option["value"] for option in page.select("#choice-A1 option")][:3] == ["2010", "2011", "2012"]
    page = act(client, bureau, scenario, "choose", {"code": "A1", "choice": "2012"})
    assert rows(page, "choices")[0][1] == "fixed to 2012"
    page = act(client, bureau, scenario, "choose", {"code": "A1", "choice": "as_it_was"})
    assert rows(page, "choices") == []


def test_from_a_building_one_chooses_the_scenario_first(client, cast, bureau):
    scenario = a_scenario(cast)
    page = visit(client, bureau, "/buildings/A1/")
    link = page.select_one("a[href*='what-if/?building']")["href"]
    page = visit(client, bureau, link)
    assert page.select_one("#scenarios th a")["href"] == f"{page_of(scenario)}?find=A1#choices"
    page = send(client, bureau, f"{LIST}create/", {"name": "新", "building": "A1"})
    assert page.select_one("#choice-A1") is not None


def test_worked_out_it_answers_first_and_shows_plan_and_ranking_beside_it(client, cast, bureau):
    scenario = worked(a_scenario(cast))
    page = visit(client, bureau, page_of(scenario))
    answer = words(page.select_one(".answer"))
    assert answer.startswith("150 flats in 3 buildings would be converted")
    assert "+50 flats" in answer
    assert "ranking under the same changes: ±0 flats" in answer
    table = {row[0]: row[1:6] for row in rows(page, "years")}
    assert table["the plan in force"][:5] == ["0", "100", "0", "100", "2"]
    assert table["“多三十万”"][:5] == ["150", "0", "0", "150", "3"]
    assert [row[-1] for row in rows(page, "moved")] == ["2011 → 2010", "2011 → 2010", "no year → 2010"]


def test_a_shortfall_is_a_sentence(client, cast):
    a_planned_city(targets=(3, 500))
    scenario = worked(a_scenario(cast))
    page = visit(client, cast[Role.CITY_BUREAU], page_of(scenario))
    assert "350" in words(page.select_one("#shortfalls li"))


def test_another_offices_scenario_is_shown_to_the_bureau_without_a_desk(client, cast, bureau):
    theirs = a_scenario(cast, Role.HEAT_SUPPLIER)
    page = visit(client, bureau, page_of(theirs))
    assert page.select("#desk, #choices") == []
    assert page.select("form[action$='copy/']") != []


def test_another_supplier_cannot_open_it(client, cast, bureau):
    theirs = a_scenario(cast, Role.HEAT_SUPPLIER)
    visit(client, cast.other_supplier, page_of(theirs), status=404)


def test_a_supplier_sees_no_other_suppliers_money(client, cast, bureau):
    mine = a_scenario(cast, Role.HEAT_SUPPLIER)
    page = visit(client, cast[Role.HEAT_SUPPLIER], page_of(mine), language="zh-hans")
    assert "宏远热力" in words(page.select_one("#desk"))
    assert "光明供热" not in words(page.select_one("main"))


def test_it_is_copied_renamed_and_deleted(client, cast, bureau):
    scenario = a_scenario(cast)
    page = act(client, bureau, scenario, "copy", {"name": "副本"})
    assert "副本" in words(page.select_one("h1"))
    page = act(client, bureau, scenario, "rename", {"name": "新名", "note": "为什么"})
    assert "新名" in words(page.select_one("h1"))
    assert "为什么" in words(page.select_one("#about"))
    page = act(client, bureau, scenario, "delete")
    assert [row[0] for row in rows(page, "scenarios")] == ["副本"]


def test_made_the_plan_every_building_has_its_year(client, cast, bureau):
    scenario = worked(a_scenario(cast))
    act(client, bureau, scenario, "adopt")
    assert set(BuildingOutcome.objects.values_list("planned_year", flat=True)) == {2010}


def test_the_list_says_what_each_gains(client, cast, bureau):
    worked(a_scenario(cast, changes=Changes(years=2)))
    (row,) = rows(visit(client, bureau, LIST), "scenarios")
    assert row[1:6] == ["worked out", "1", "150", "+50", "±0"]


def test_an_unknown_verb_is_refused(client, cast, bureau):
    act(client, bureau, a_scenario(cast), "dream", status=404)
