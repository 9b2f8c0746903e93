"""Taking a step: the right person, the right state, no reason against it, and nobody faster."""

import pytest
from tests.web.cast import HONGYUAN, a_plan

from fenhu.errors import Conflict, InputFault, NotAllowed, UnknownItem, WrongState
from fenhu.programme import ANNUAL_PLAN, Role
from fenhu.web import clock
from fenhu.web.access import services as access
from fenhu.web.access.models import User
from fenhu.web.journal.models import Entry
from fenhu.web.journal.queries import entries_of
from fenhu.web.works import queries
from fenhu.web.works.services import fire
from fenhu.web.works.subjects import SUBJECTS

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def plan(cast):
    return a_plan()


@pytest.fixture
def filed(cast, plan):
    return fire(cast[Role.HEAT_SUPPLIER], plan, "file", version=1)


def test_c3_2_a_supplier_files_its_plan(cast, filed):
    assert (filed.state, filed.version, filed.filed_by) == ("filed", 2, cast[Role.HEAT_SUPPLIER])


@pytest.mark.parametrize(("day", "late"), [("2011-04-30", False), ("2011-05-01", True)])
def test_c3_2_plan_filed_after_30_april_is_flagged_late(cast, plan, settings, day, late):
    settings.TODAY = clock.date.fromisoformat(day)
    filed = fire(cast[Role.HEAT_SUPPLIER], plan, "file", version=1)
    assert (filed.state, filed.late, str(filed.filed_at)) == ("filed", late, day)


def test_c3_2_filing_again_after_a_return_keeps_the_day_of_the_first_filing(cast, plan, settings):
    supplier, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.CITY_BUREAU]
    settings.TODAY = clock.date(2011, 4, 20)
    fire(supplier, plan, "file", version=1)
    settings.TODAY = clock.date(2011, 5, 20)
    fire(bureau, plan, "return", version=2, note="A2缺少图纸")
    again = fire(supplier, plan, "refile", version=3)
    assert (again.late, str(again.filed_at)) == (False, "2011-04-20")


def test_an_empty_plan_cannot_be_filed(cast):
    with pytest.raises(WrongState) as fault:
        fire(cast[Role.HEAT_SUPPLIER], a_plan(codes=()), "file", version=1)
    assert "lists no building" in fault.value.message.in_language("en")


def test_a_plan_with_another_suppliers_building_cannot_be_filed(cast):
    with pytest.raises(WrongState) as fault:
        fire(cast[Role.HEAT_SUPPLIER], a_plan(codes=("A1", "B1")), "file", version=1)
    assert "B1" in fault.value.message.in_language("en")


def test_a_supplier_cannot_file_anothers_plan(cast, plan):
    with pytest.raises(NotAllowed):
        fire(cast.other_supplier, plan, "file", version=1)
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_a_bureau_grant_does_not_make_a_supplier_of_all_plans(cast, plan):
    user = cast.other_supplier
    access.grant(user=user, role=Role.CITY_BUREAU)
    both = User.objects.get(pk=user.pk)
    with pytest.raises(NotAllowed):
        fire(both, plan, "file", version=1)
    assert queries.annual_plan(both, plan.pk).steps == ()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CITY_BUREAU])
def test_only_the_bureau_approves(cast, filed, role):
    with pytest.raises(NotAllowed):
        fire(cast[role], filed, "approve", version=2)


def test_who_files_cannot_approve_even_with_both_roles(cast, plan):
    user = cast[Role.HEAT_SUPPLIER]
    access.grant(user=user, role=Role.CITY_BUREAU)
    both = User.objects.get(pk=user.pk)
    fire(both, plan, "file", version=1)
    with pytest.raises(NotAllowed) as fault:
        fire(both, plan, "approve", version=2)
    assert "somebody else" in fault.value.message.in_language("en")
    steps = {step.name: step.blocked for step in queries.annual_plan(both, plan.pk).steps}
    assert steps["approve"] is not None


def test_the_second_of_two_officers_gets_a_conflict_that_says_what_happened(cast, filed):
    first = cast[Role.CITY_BUREAU]
    second = User.objects.get(
        pk=access.enrol(username="officer_2", display_name="二号", password="x" * 12).pk
    )
    access.grant(user=second, role=Role.CITY_BUREAU)
    fire(first, filed, "approve", version=2)
    with pytest.raises(Conflict) as fault:
        fire(second, filed, "return", version=2, note="理由")
    assert "city_bureau was faster" in fault.value.message.in_language("en")
    assert fault.value.trying_again_can_help


def test_a_step_from_another_state_is_refused(cast, plan):
    with pytest.raises(WrongState):
        fire(cast[Role.CITY_BUREAU], plan, "close", version=1)


def test_an_unknown_step_is_refused(cast, plan):
    with pytest.raises(UnknownItem):
        fire(cast[Role.CITY_BUREAU], plan, "fly", version=1)


@pytest.mark.parametrize("note", ["", "   "])
def test_returning_needs_a_reason(cast, filed, note):
    with pytest.raises(InputFault):
        fire(cast[Role.CITY_BUREAU], filed, "return", version=2, note=note)


def test_a_refused_step_leaves_no_trace(cast, filed):
    before = Entry.objects.count()
    with pytest.raises(InputFault):
        fire(cast[Role.CITY_BUREAU], filed, "return", version=2)
    filed.refresh_from_db()
    assert (filed.state, filed.version, Entry.objects.count()) == ("filed", 2, before)


def test_a_step_is_one_entry_and_its_reason_is_not_in_it(cast, filed):
    fire(cast[Role.CITY_BUREAU], filed, "return", version=2, note="户主张三丰没有同意")
    entry = entries_of(filed)[-1]
    assert (entry.kind, entry.data["from"], entry.data["to"]) == ("annual_plan.return", "filed", "returned")
    assert not Entry.objects.filter(data_json__contains="张三丰").exists()


def test_the_whole_way_of_a_plan(cast, plan):
    supplier, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.CITY_BUREAU]
    way = [
        (supplier, "file", ""), (bureau, "return", "理由"), (supplier, "refile", ""), (bureau, "approve", ""),
        (supplier, "reopen", "A2退出"), (supplier, "amend", "A2退出"), (bureau, "approve", ""),
        (bureau, "close", ""),
    ]  # fmt: skip
    for version, (actor, step, note) in enumerate(way, start=1):
        fire(actor, plan, step, version=version, note=note)
    plan.refresh_from_db()
    assert (plan.state, plan.version) == ("closed", 9)
    assert [entry.data["to"] for entry in entries_of(plan)] == [
        "filed", "returned", "filed", "approved", "amending", "amended", "approved", "closed",
    ]  # fmt: skip


def test_the_steps_offered_are_those_that_can_be_taken(cast, plan):
    assert [step.name for step in queries.annual_plan(cast[Role.HEAT_SUPPLIER], plan.pk).steps] == ["file"]
    assert queries.annual_plan(cast[Role.CITY_BUREAU], plan.pk).steps == ()


def test_every_step_of_the_table_can_be_fired():
    for subject in SUBJECTS.values():
        assert {step.name for step in subject.workflow.steps} == set(subject.stamps)


def test_a_district_sees_only_its_own_buildings_on_a_plan(cast, filed):
    view = queries.annual_plan(cast[Role.DISTRICT_GOV], filed.pk)
    assert [item.building.code for item in view.items] == ["A2"]
    assert view.row.buildings == 1


def test_plans_are_listed_with_their_figures(cast, filed):
    (row,) = queries.annual_plans(cast[Role.CITY_BUREAU], year=2011)
    assert (row.supplier, row.buildings, row.flats, row.heated_area_m2) == (HONGYUAN, 2, 4, 360.0)
    assert row.state_label is ANNUAL_PLAN.states["filed"]
