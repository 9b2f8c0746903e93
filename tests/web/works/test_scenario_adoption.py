"""The bureau makes a scenario the plan: buildings get its years, what it takes for granted is said."""

import pytest
from tests.web.scenario_steps import a_planned_city, a_scenario, worked

from fenhu.errors import NotAllowed, WrongState
from fenhu.planning import Changes
from fenhu.programme import Role
from fenhu.web.works import queries, services
from fenhu.web.works.models import BuildingOutcome, StudyPlan

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture(autouse=True)
def _city(cast):
    a_planned_city()


def planned():
    return dict(BuildingOutcome.objects.values_list("building__code", "planned_year"))


def test_an_adopted_scenario_is_the_plan_in_force(cast):
    scenario = worked(a_scenario(cast, changes=Changes(pinned={0: 2})))
    services.adopt_scenario(cast[Role.CITY_BUREAU], scenario)
    assert planned() == {"A1": 2012, "A2": 2010, "B1": 2010}
    view = queries.planning_of()
    assert (view.origin, view.number) == (StudyPlan.FROM_SCENARIO, 2)
    assert [one.in_language("en") for one in view.conditions] == ["Building A1 is fixed to 2012"]
    assert view.instance.buildings.pinned_year.tolist() == [2, -1, -1]


def test_a_suppliers_scenario_may_become_the_plan_too(cast):
    scenario = worked(a_scenario(cast, Role.HEAT_SUPPLIER))
    services.adopt_scenario(cast[Role.CITY_BUREAU], scenario)
    assert planned() == {"A1": 2010, "A2": 2010, "B1": None}


def test_the_supplier_itself_may_not_adopt_it(cast):
    scenario = worked(a_scenario(cast, Role.HEAT_SUPPLIER))
    with pytest.raises(NotAllowed):
        services.adopt_scenario(cast[Role.HEAT_SUPPLIER], scenario)


def test_what_was_not_worked_out_cannot_be_adopted(cast):
    with pytest.raises(WrongState):
        services.adopt_scenario(cast[Role.CITY_BUREAU], a_scenario(cast))


def test_what_was_changed_since_cannot_be_adopted(cast):
    scenario = worked(a_scenario(cast))
    services.choose_building(cast[Role.CITY_BUREAU], scenario, "A1", choice="2012")
    with pytest.raises(WrongState):
        services.adopt_scenario(cast[Role.CITY_BUREAU], scenario)


def test_another_scenario_has_to_be_worked_out_anew_after_an_adoption(cast):
    first, second = worked(a_scenario(cast)), worked(a_scenario(cast, name="另一个"))
    services.adopt_scenario(cast[Role.CITY_BUREAU], first)
    assert queries.scenario_view(cast[Role.CITY_BUREAU], second.pk).row.state == "outdated"
    with pytest.raises(WrongState):
        services.adopt_scenario(cast[Role.CITY_BUREAU], second)
