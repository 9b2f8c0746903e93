"""What waits for whom, by its day: terms in working days, deadlines of the policy, extensions."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.cast import a_plan
from tests.web.works.steps import a_project, fired, informed

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.registry.models import Building
from fenhu.web.works import queries
from fenhu.web.works.models import Case, Project

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture(autouse=True)
def in_spring(settings):
    settings.TODAY = date(2011, 4, 20)


@pytest.fixture
def project(cast):
    Case.objects.all().delete()
    Project.objects.all().delete()
    return a_project(cast)


def items(user):
    return {(item.kind, item.key): item for item in queries.worklist(user).items}


def test_c3_2_a_draft_waits_for_its_supplier_until_30_april(cast):
    plan = a_plan()
    item = items(cast[Role.HEAT_SUPPLIER])["annual-plan", str(plan.pk)]
    assert (item.due, item.overdue) == (date(2011, 4, 30), False)
    assert item.todo.in_language("en") == "File the plan"
    assert ("annual-plan", str(plan.pk)) not in items(cast.other_supplier)


def test_a_filed_plan_waits_for_the_bureau_fifteen_working_days(cast):
    plan = fired(cast[Role.HEAT_SUPPLIER], a_plan(), "file")
    item = items(cast[Role.CITY_BUREAU])["annual-plan", str(plan.pk)]
    # From 20 April 2011, a Wednesday: 1 to 2 May are holidays; the fifteenth working day is 12 May.
    assert item.due == date(2011, 5, 12)
    assert ("annual-plan", str(plan.pk)) not in items(cast[Role.HEAT_SUPPLIER])


def test_a_project_says_what_holds_it_back_and_whose_turn_it_is(cast, project):
    item = items(cast[Role.HEAT_SUPPLIER])["project", "A2"]
    assert item.blocked.in_language("en") == "2 of 2 flats have not received the notice yet"
    informed(cast, project)
    assert items(cast[Role.COMMUNITY])["project", "A2"].todo.in_language("en") == "Consent is reached"


def test_works_are_due_by_the_completion_deadline_or_the_approved_extension(cast, project):
    Project.objects.filter(pk=project.pk).update(state="under_construction", since=clock.today())
    assert items(cast[Role.HEAT_SUPPLIER])["project", "A2"].due == date(2011, 9, 30)
    Project.objects.filter(pk=project.pk).update(extended_to=date(2011, 10, 25))
    assert items(cast[Role.HEAT_SUPPLIER])["project", "A2"].due == date(2011, 10, 25)


def test_overdue_things_come_first_and_others_see_whom_they_wait_for(cast, project, settings):
    settings.TODAY = date(2011, 7, 1)
    found = queries.worklist(cast[Role.HEAT_SUPPLIER])
    assert (found.overdue, found.items[0].key) == (1, "A2")
    [turn] = queries.others_turn(cast[Role.CITY_BUREAU])
    assert turn.office.in_language("en") == "Heat supplier"
    assert (turn.total, turn.overdue, turn.longest[0].key) == (1, 1, "A2")


def test_of_a_suppliers_and_an_owners_step_only_the_builders_waits(cast, project):
    Project.objects.filter(pk=project.pk).update(state="contracted")
    assert ("project", "A2") in items(cast[Role.HEAT_SUPPLIER])
    assert ("project", "A2") not in items(cast[Role.OWNER_UNIT])
    Project.objects.filter(pk=project.pk).update(owner_converts=True)
    assert ("project", "A2") not in items(cast[Role.HEAT_SUPPLIER])
    assert ("project", "A2") in items(cast[Role.OWNER_UNIT])


def test_suspended_and_finished_things_have_no_deadline_of_the_works(cast, project):
    Project.objects.filter(pk=project.pk).update(state="suspended", came_from="listed")
    assert items(cast[Role.HEAT_SUPPLIER])["project", "A2"].due is None


@pytest.mark.parametrize("role", [Role.PUBLIC_SECURITY, Role.CONTRACTOR, Role.HOUSEHOLD])
def test_nothing_waits_for_those_who_have_no_step(cast, project, role):
    assert queries.worklist(cast[role]).total == 0


def test_a_longer_worklist_asks_the_database_no_more_often(cast, project, django_assert_num_queries):
    bureau = cast[Role.CITY_BUREAU]
    Project.objects.filter(pk=project.pk).update(state="designed")
    queries.worklist(bureau)
    with CaptureQueriesContext(connection) as one:
        queries.worklist(bureau)
    for building in Building.objects.exclude(code="A2"):
        Project.objects.create(building=building, year=2011, state="designed", since=clock.today())
    with django_assert_num_queries(len(one)):
        assert queries.worklist(bureau).total == 3
