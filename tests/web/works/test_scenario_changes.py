"""Scenarios are made, copied, changed and deleted by their own office; each step is in the journal."""

import pytest
from django.http import Http404
from tests.web.scenario_steps import a_planned_city, a_scenario

from fenhu.errors import InputFault, NotAllowed, UnknownItem, WrongState
from fenhu.planning import Changes, PurseChange
from fenhu.programme import Role
from fenhu.web.journal.models import Entry
from fenhu.web.works import queries, services
from fenhu.web.works.models import BuildingOutcome, Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
MORE = Changes(purses=(PurseChange(source="CITY", scope=0, year=1, add=300_000_00),))


@pytest.fixture(autouse=True)
def _city(cast):
    a_planned_city()


def kinds():
    entries = Entry.objects.filter(kind__startswith="scenario.").order_by("pk")
    return list(entries.values_list("kind", flat=True))


def stored(scenario):
    return Scenario.objects.get(pk=scenario.pk).changes


def test_a_new_scenario_has_everything_as_in_the_plan_in_force(cast):
    made = services.create_scenario(cast[Role.CITY_BUREAU], name=" 多三十万 ")
    assert (made.name, made.changes, made.supplier_id, made.district) == ("多三十万", {}, None, "")
    assert kinds() == ["scenario.created"]


@pytest.mark.parametrize(("role", "supplier", "district"), [
    (Role.HEAT_SUPPLIER, "宏远热力", ""), (Role.DISTRICT_GOV, None, "海州"),
])  # fmt: skip
def test_it_belongs_to_the_office_that_made_it(cast, role, supplier, district):
    made = services.create_scenario(cast[role], name="x")
    assert (made.supplier and made.supplier.name, made.district) == (supplier, district)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.OWNER_UNIT, Role.HOUSEHOLD])
def test_who_plans_nothing_makes_none(cast, role):
    with pytest.raises(NotAllowed):
        services.create_scenario(cast[role], name="x")


def test_without_a_name_it_is_refused(cast):
    with pytest.raises(InputFault):
        services.create_scenario(cast[Role.CITY_BUREAU], name="  ")


def test_before_any_plan_there_is_nothing_to_start_from(cast):
    BuildingOutcome.objects.first().study.plans.all().delete()
    with pytest.raises(WrongState):
        services.create_scenario(cast[Role.CITY_BUREAU], name="x")


def test_changes_are_kept_by_name(cast):
    changed = a_scenario(cast, changes=MORE)
    assert stored(changed) == {
        "purses": [{"source": "CITY", "scope": "", "year": 2011, "add_fen": 300_000_00}]
    }
    assert kinds() == ["scenario.created", "scenario.changed"]


def test_the_same_changes_again_change_nothing(cast):
    scenario = a_scenario(cast, changes=MORE)
    services.change_scenario(cast[Role.CITY_BUREAU], scenario, MORE)
    assert kinds().count("scenario.changed") == 1


def test_the_plan_in_force_is_never_touched(cast):
    before = list(BuildingOutcome.objects.order_by("pk").values())
    a_scenario(cast, changes=MORE)
    assert list(BuildingOutcome.objects.order_by("pk").values()) == before


def test_settings_of_knobs_leave_single_buildings_as_chosen(cast):
    scenario = a_scenario(cast, changes=Changes(pinned={0: 2}))
    services.set_scenario(cast[Role.CITY_BUREAU], scenario, {"years": 5.0, "rule.equity_ratio": 40.0})
    assert stored(scenario) == {"pinned": {"A1": 2012}, "years": 5, "rules": {"equity_ratio": 0.4}}


@pytest.mark.parametrize(("choice", "kept"), [
    ("2012", {"pinned": {"A1": 2012}}),
    (services.LEFT_OUT, {"forbidden": ["A1"]}),
    (services.FREED, {"freed": ["A1"]}),
    (services.AS_IT_WAS, {}),
])  # fmt: skip
def test_a_choice_for_a_building_takes_the_place_of_the_one_before(cast, choice, kept):
    scenario = a_scenario(cast, changes=Changes(pinned={0: 0}))
    services.choose_building(cast[Role.CITY_BUREAU], scenario, "A1", choice=choice)
    assert stored(scenario) == kept


@pytest.mark.parametrize(("code", "choice", "fault"), [
    ("C9", "2012", UnknownItem), ("A1", "2031", InputFault), ("A1", "soon", InputFault),
])  # fmt: skip
def test_a_choice_that_cannot_be_is_refused(cast, code, choice, fault):
    scenario = a_scenario(cast)
    with pytest.raises(fault):
        services.choose_building(cast[Role.CITY_BUREAU], scenario, code, choice=choice)
    assert stored(scenario) == {}


def test_a_supplier_chooses_for_its_own_buildings_alone(cast):
    scenario = a_scenario(cast, Role.HEAT_SUPPLIER)
    services.choose_building(cast[Role.HEAT_SUPPLIER], scenario, "A2", choice="2010")
    with pytest.raises(NotAllowed):
        services.choose_building(cast[Role.HEAT_SUPPLIER], scenario, "B1", choice="2010")
    assert stored(scenario) == {"pinned": {"A2": 2010}}


def test_a_district_chooses_for_what_it_answers_for_alone(cast):
    scenario = a_scenario(cast, Role.DISTRICT_GOV)
    services.choose_building(cast[Role.DISTRICT_GOV], scenario, "A2", choice="2010")
    with pytest.raises(NotAllowed):
        services.choose_building(cast[Role.DISTRICT_GOV], scenario, "A1", choice="2010")


def test_a_copy_goes_on_alone(cast):
    scenario = a_scenario(cast, changes=MORE)
    copy = services.copy_scenario(cast[Role.CITY_BUREAU], scenario, name="再多")
    services.change_scenario(cast[Role.CITY_BUREAU], copy, Changes(years=5))
    assert (stored(copy), "purses" in stored(scenario)) == ({"years": 5}, True)


def test_the_bureau_copies_a_suppliers_scenario_into_one_of_its_own(cast):
    theirs = a_scenario(cast, Role.HEAT_SUPPLIER, changes=Changes(pinned={0: 0}))
    copy = services.copy_scenario(cast[Role.CITY_BUREAU], theirs, name="全市看看")
    assert (copy.supplier_id, stored(copy)) == (None, {"pinned": {"A1": 2010}})


@pytest.mark.parametrize("act", [
    lambda who, one: services.change_scenario(who, one, MORE),
    lambda who, one: services.set_scenario(who, one, {"years": 4.0}),
    lambda who, one: services.choose_building(who, one, "A1", choice="2010"),
    lambda who, one: services.rename_scenario(who, one, name="mine", note=""),
    lambda who, one: services.run_scenario(who, one),
    lambda who, one: services.delete_scenario(who, one),
], ids=["change", "set", "choose", "rename", "run", "delete"])  # fmt: skip
@pytest.mark.parametrize("who", ["bureau", "other_supplier", "district"])
def test_another_office_changes_nothing(cast, act, who):
    theirs = a_scenario(cast, Role.HEAT_SUPPLIER)
    others = {"bureau": cast[Role.CITY_BUREAU], "other_supplier": cast.other_supplier,
              "district": cast[Role.DISTRICT_GOV]}  # fmt: skip
    with pytest.raises(NotAllowed):
        act(others[who], theirs)
    assert Scenario.objects.get(pk=theirs.pk).changes == {}


def test_another_supplier_cannot_open_it(cast):
    theirs = a_scenario(cast, Role.HEAT_SUPPLIER)
    with pytest.raises(Http404):
        queries.scenario_view(cast.other_supplier, theirs.pk)
    assert queries.scenario_view(cast[Role.CITY_BUREAU], theirs.pk).may_change is False


def test_a_deleted_scenario_leaves_its_trace(cast):
    scenario = a_scenario(cast)
    services.delete_scenario(cast[Role.CITY_BUREAU], scenario)
    assert not Scenario.objects.exists()
    assert kinds()[-1] == "scenario.deleted"


def test_what_a_colleague_has_deleted_meanwhile_is_said_to_be_gone(cast):
    scenario = a_scenario(cast)
    stale = Scenario.objects.get(pk=scenario.pk)
    services.delete_scenario(cast[Role.CITY_BUREAU], scenario)
    with pytest.raises(UnknownItem):
        services.delete_scenario(cast[Role.CITY_BUREAU], stale)
    assert kinds().count("scenario.deleted") == 1


def test_what_the_plan_no_longer_knows_is_said_and_the_page_still_opens(cast):
    scenario = a_scenario(cast)
    Scenario.objects.update(changes={"pinned": {"OLD": 2011, "A1": 2012}})
    view = queries.scenario_view(cast[Role.CITY_BUREAU], scenario.pk)
    assert [one.building.code for one in view.chosen] == ["A1"]
    assert "OLD" in str(view.gone[0])


def test_changes_that_fit_no_more_are_said_on_the_page(cast):
    scenario = a_scenario(cast)
    Scenario.objects.update(changes={"target_flats": {"2099": 5}})
    view = queries.scenario_view(cast[Role.CITY_BUREAU], scenario.pk)
    assert "2099" in str(view.fault)
