"""The plan made again within the year: works stand where they are, drop-outs leave, money is today's."""

from datetime import date

import pytest
from tests.web.scenario_steps import Listener, a_planned_city

from fenhu.errors import InputFault, NotAllowed, UnknownItem, WrongState
from fenhu.programme import Role
from fenhu.web.jobs.models import Job
from fenhu.web.registry.models import Budget, Building, Crew
from fenhu.web.works import queries, services
from fenhu.web.works.models import BuildingOutcome, PlanRisk, Project, StudyPlan
from fenhu.web.works.replanning import work_out_replan, work_out_risk

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture(autouse=True)
def _city(cast, settings):
    settings.TODAY = date(2011, 4, 11)
    for model in (Project, Budget, Crew):
        model.objects.all().delete()  # nothing is built yet, and the register limits neither money nor crews
    a_planned_city()


def asked(cast, *codes, price=2.0):
    return services.ask_replan(cast[Role.CITY_BUREAU], dropped=codes, price=price)


def worked(cast, *codes, price=2.0):
    return work_out_replan(asked(cast, *codes, price=price), Listener())


def changes(case):
    return {one["code"]: (one["change"], one["from_year"], one["to_year"]) for one in case.answer["rows"]}


def in_state(code, state, year=2011):
    building = Building.objects.get(code=code)
    Project.objects.create(building=building, state=state, year=year)


def planned():
    return dict(BuildingOutcome.objects.values_list("building__code", "planned_year"))


def test_who_drops_out_leaves_and_who_had_no_year_comes_in(cast):
    case = worked(cast, "A1")
    assert changes(case) == {"A1": ("dropped", "2011", ""), "B1": ("added", "", "2011")}


def test_nothing_approved_moves_at_a_high_price(cast):
    # without a price both would go to no other year either: 2010 is over on the day of the test
    assert set(changes(worked(cast, price=50.0))) == {"B1"}


def test_a_year_that_is_over_takes_nobody(cast):
    case = worked(cast, price=0.0)
    assert all(one["to_year"] != "2010" for one in case.answer["rows"])


def test_works_stay_in_their_year_even_where_the_plan_has_another(cast):
    in_state("A1", "under_construction", year=2012)
    counts = queries.replan_desk(cast[Role.CITY_BUREAU]).counts
    assert (counts.signed, counts.built, counts.approved) == (1, 0, 1)
    view = queries.replan_view(cast[Role.CITY_BUREAU], worked(cast).pk)
    assert "A1" not in {one.row.code for one in view.changes}


def test_a_withdrawn_conversion_is_proposed_as_a_drop_out(cast):
    in_state("A2", "withdrawn")
    assert queries.replan_desk(cast[Role.CITY_BUREAU]).counts.withdrawn == ("A2",)


def test_what_is_built_stays_though_the_city_has_no_money_any_more(cast):
    in_state("A1", "in_use")
    Budget.objects.create(source="city", scope="", year=2012, amount_fen=0)
    case = worked(cast)
    assert changes(case) == {"A2": ("removed", "2011", ""), "B1": ("added", "", "2011")}
    said = [one.in_language("en") for one in queries.replan_view(cast[Role.CITY_BUREAU], case.pk).said]
    # the city pays 400 yuan of A1 and has nothing in 2011
    assert any("400 yuan missing in 2011" in one for one in said)


def test_an_adopted_plan_made_again_is_in_force_and_the_old_one_kept(cast):
    case = worked(cast, "A1")
    services.adopt_replan(cast[Role.CITY_BUREAU], case)
    assert planned() == {"A1": None, "A2": 2011, "B1": 2011}
    view = queries.planning_of()
    assert (view.origin, view.number) == (StudyPlan.FROM_REPLAN, 2)
    assert StudyPlan.objects.count() == 2


def test_it_is_adopted_once_and_not_after_another_came_into_force(cast):
    first, second = worked(cast, "A1"), worked(cast, "A2")
    services.adopt_replan(cast[Role.CITY_BUREAU], first)
    for case in (first, second):
        with pytest.raises(WrongState):
            services.adopt_replan(cast[Role.CITY_BUREAU], case)
    assert planned()["A2"] == 2011


def test_what_was_not_worked_out_is_not_adopted(cast):
    with pytest.raises(WrongState):
        services.adopt_replan(cast[Role.CITY_BUREAU], asked(cast, "A1"))


def test_it_can_be_made_again_from_a_plan_made_again(cast):
    services.adopt_replan(cast[Role.CITY_BUREAU], worked(cast, "A1"))
    assert changes(worked(cast, "B1"))["B1"] == ("dropped", "2011", "")


def test_only_the_bureau_asks_and_adopts(cast):
    with pytest.raises(NotAllowed):
        services.ask_replan(cast[Role.HEAT_SUPPLIER], dropped=(), price=1.0)
    with pytest.raises(NotAllowed):
        services.adopt_replan(cast[Role.HEAT_SUPPLIER], worked(cast))


def test_an_unknown_code_and_a_senseless_price_are_refused(cast):
    with pytest.raises(UnknownItem, match="X9"):
        asked(cast, "X9")
    with pytest.raises(InputFault):
        asked(cast, price=-1.0)
    assert not Job.objects.exists()


def test_stopped_it_keeps_what_is_sound(cast):
    case = work_out_replan(asked(cast, "A1"), Listener(cancelled=True))
    assert changes(case)["A1"][0] == "dropped"


def test_the_plan_is_tried_once_and_its_reserves_are_said(cast):
    trial = services.try_risk(cast[Role.CITY_BUREAU])
    work_out_risk(trial, Listener())
    view = queries.risk_view(cast[Role.CITY_BUREAU])
    assert view.said
    assert view.pace.planned_flats == {2010: 0, 2011: 100, 2012: 0}
    services.try_risk(cast[Role.CITY_BUREAU])
    assert (PlanRisk.objects.count(), Job.objects.count()) == (1, 1)
