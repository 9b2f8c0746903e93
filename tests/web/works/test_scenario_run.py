"""A scenario is worked out from the plan in force: choices hold, others stay, a stop keeps the best."""

import pytest
from tests.web.scenario_steps import Listener, a_planned_city, a_scenario, worked

from fenhu import planning
from fenhu.errors import InputFault
from fenhu.planning import CREW, Changes, PurseChange
from fenhu.programme import Role
from fenhu.web.jobs.models import Job
from fenhu.web.works import queries, services
from fenhu.web.works.models import Scenario
from fenhu.web.works.working_out import work_out

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture(autouse=True)
def _city(cast):
    a_planned_city()


def years(scenario):
    """The years of A1, A2 and B1 in a scenario's plan."""
    task = planning.changed(
        queries.planning_of().instance,
        planning.read_changes(queries.planning_of().instance, scenario.worked_changes),
    )
    found = planning.kept_result(task, scenario.result).year_of
    return [None if year is None else 2010 + year for year in found]


def test_money_for_all_in_the_first_year_is_found(cast):
    # Everything can be built in 2010, and a year sooner is a year of benefit more.
    scenario = worked(a_scenario(cast))
    assert years(scenario) == [2010, 2010, 2010]
    assert scenario.figures["scenario"]["flats"] == 150
    assert scenario.figures["plan"]["flats"] == 100


def test_a_pinned_building_stands_in_its_year(cast):
    scenario = worked(a_scenario(cast, changes=Changes(pinned={0: 2})))
    assert years(scenario)[0] == 2012


def test_a_building_left_out_has_no_year(cast):
    scenario = worked(a_scenario(cast, changes=Changes(forbidden=frozenset({1}))))
    assert years(scenario) == [2010, None, 2010]


def test_fewer_crews_do_fewer_buildings(cast):
    # 50 flats take 15 crew days; 20 % of 100 days do one building a year of each supplier.
    fewer = Changes(purses=(PurseChange(source=CREW, scope=0, factor=0.2),))
    found = years(worked(a_scenario(cast, changes=fewer)))
    assert sorted(found[:2]) == [2010, 2011]


def test_a_suppliers_scenario_moves_its_own_buildings_alone(cast):
    scenario = worked(a_scenario(cast, Role.HEAT_SUPPLIER))
    assert years(scenario) == [2010, 2010, None]
    assert scenario.figures["scenario"]["buildings"] == 2


def test_a_districts_scenario_moves_what_it_answers_for_alone(cast):
    assert years(worked(a_scenario(cast, Role.DISTRICT_GOV))) == [2011, 2010, None]


def test_a_supplier_reads_of_its_own_buildings_alone(cast):
    scenario = worked(a_scenario(cast, Role.HEAT_SUPPLIER))
    view = queries.scenario_view(cast[Role.HEAT_SUPPLIER], scenario.pk)
    assert view.figures.year_by_code == {"A1": 2010, "A2": 2010}
    assert [one.building.code for one in view.moved] == ["A1", "A2"]
    assert not any("光明" in str(knob.line) for knob in view.knobs)


def test_the_plan_shows_what_moved_and_the_ranking_beside_it(cast):
    view = queries.scenario_view(cast[Role.CITY_BUREAU], worked(a_scenario(cast)).pk)
    assert [(one.building.code, one.before, one.after) for one in view.moved] == [
        ("A1", 2011, 2010), ("A2", 2011, 2010), ("B1", None, 2010),
    ]  # fmt: skip
    assert (view.plan.flats, view.figures.flats, view.ranking.flats) == (100, 150, 150)
    assert view.row.state == "worked"


def test_progress_tells_the_best_plan_and_its_bound(cast):
    listener = Listener()
    work_out(a_scenario(cast), listener)
    assert any("上限" in said or "at most" in said for said in listener.told)


def test_a_stopped_run_keeps_the_best_so_far(cast):
    scenario = worked(a_scenario(cast), cancelled=True)
    assert scenario.result["stopped_by"] in ("cancelled", "optimal")
    supplier = worked(a_scenario(cast, Role.HEAT_SUPPLIER), cancelled=True)
    assert (supplier.result["stopped_by"], years(supplier)) == ("cancelled", [2011, 2011, None])
    assert queries.scenario_view(cast[Role.HEAT_SUPPLIER], supplier.pk).row.state == "stopped"


def test_second_run_changes_nothing(cast):
    scenario = worked(a_scenario(cast))
    finished = scenario.finished_at
    assert services.run_scenario(cast[Role.CITY_BUREAU], scenario) is None
    assert Scenario.objects.get(pk=scenario.pk).finished_at == finished
    assert not Job.objects.filter(kind="scenario").exists()


def test_the_same_scenario_worked_out_again_is_the_same_plan(cast):
    scenario = a_scenario(cast, changes=Changes(years=2))
    assert worked(scenario).result == worked(Scenario.objects.get(pk=scenario.pk)).result


def test_a_click_while_it_runs_starts_no_second_work(cast):
    scenario = a_scenario(cast)
    first = services.run_scenario(cast[Role.CITY_BUREAU], scenario)
    assert services.run_scenario(cast[Role.CITY_BUREAU], scenario) == first
    assert queries.scenario_view(cast[Role.CITY_BUREAU], scenario.pk).row.state == "running"


def test_changed_again_its_result_is_marked_as_old(cast):
    scenario = worked(a_scenario(cast))
    services.choose_building(cast[Role.CITY_BUREAU], scenario, "A1", choice="2012")
    view = queries.scenario_view(cast[Role.CITY_BUREAU], scenario.pk)
    assert (view.row.state, view.may_adopt, view.figures.flats) == ("outdated", False, 150)


def test_changes_that_fit_no_more_stop_the_work_with_the_reason(cast):
    scenario = a_scenario(cast)
    scenario.changes = {"pinned": {"OLD": 2011}}
    with pytest.raises(InputFault, match="OLD"):
        worked(scenario)


def test_a_longer_horizon_has_more_years(cast):
    scenario = worked(a_scenario(cast, changes=Changes(years=5)))
    view = queries.scenario_view(cast[Role.CITY_BUREAU], scenario.pk)
    assert [year.year for year in view.figures.years] == [2010, 2011, 2012, 2013, 2014]
    assert view.years[-1] == 2014


def test_what_searching_on_alone_would_bring_is_told_apart(cast):
    # Left out, A2 is missing; the plan in force itself had room for all three in 2010.
    scenario = worked(a_scenario(cast, changes=Changes(forbidden=frozenset({1}))))
    view = queries.scenario_view(cast[Role.CITY_BUREAU], scenario.pk)
    assert (view.plan.flats, view.figures.flats, view.unchanged.flats) == (100, 100, 150)


def test_a_second_scenario_does_not_search_the_plan_in_force_again(cast):
    first = worked(a_scenario(cast, changes=Changes(years=2)))
    Scenario.objects.filter(pk=first.pk).update(unchanged=first.unchanged | {"seed": 7})
    assert worked(a_scenario(cast, changes=Changes(years=4))).unchanged["seed"] == 7


def test_a_supplier_is_not_measured_by_the_whole_citys_search(cast):
    worked(a_scenario(cast, changes=Changes(years=2)))
    mine = worked(a_scenario(cast, Role.HEAT_SUPPLIER, changes=Changes(pinned={0: 2})))
    assert mine.unchanged["year_of"] == [0, 0, None]


def test_others_who_lose_their_year_are_counted(cast):
    # Without city money no building of A1 and A2's district is rewarded; both leave the plan in force.
    nothing = Changes(purses=(PurseChange(source="CITY", scope=0, factor=0.0),))
    scenario = worked(a_scenario(cast, Role.DISTRICT_GOV, changes=nothing))
    view = queries.scenario_view(cast[Role.DISTRICT_GOV], scenario.pk)
    assert (years(scenario), view.others_moved) == ([None, None, None], 1)
