"""A study goes by one plan and keeps the task it answers; another may take its place, the old one stays."""

from dataclasses import replace

import pytest
from tests.web.cast import a_study
from tests.web.planned import a_result, a_task, with_a_plan

from fenhu import planning
from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.web.journal.models import Entry
from fenhu.web.works import queries, services
from fenhu.web.works.models import BuildingOutcome, Study, StudyPlan
from fenhu.web.works.stored import texts_from, texts_json
from fenhu.wording import text

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
FOUND = text("{name}: {evidence}", name=text("Corrosion"), evidence=text("grade 3"))


@pytest.fixture
def study(cast):
    kept = with_a_plan(a_study())
    BuildingOutcome.objects.update(reasons=texts_json([text("It belongs to the priority class"), FOUND]))
    return kept


def adopt(cast, study, task, *years, role=Role.CITY_BUREAU, **more):
    return services.adopt_plan(
        cast[role], study, instance=task, result=a_result(task, *years),
        baseline=planning.greedy(task, goal=planning.LEXICOGRAPHIC), origin=StudyPlan.FROM_SCENARIO, **more,
    )  # fmt: skip


def planned():
    return dict(BuildingOutcome.objects.values_list("building__code", "planned_year"))


def test_the_plan_in_force_comes_with_its_task_and_the_clerks_ranking(study):
    view = queries.planning_of()
    assert view.instance.buildings.ids == ("A1", "A2", "B1")
    assert view.year_of.tolist() == [1, 1, planning.NO_YEAR]
    # Money for all is there in the first year, and a clerk spends it.
    assert view.baseline_year_of.tolist() == [0, 0, 0]
    assert view.versions.keys() == {"fenhu", "highspy", "numba"}


def test_it_is_read_from_the_database_once(study, django_assert_num_queries):
    queries.planning_of(study.pk)
    with django_assert_num_queries(1):
        queries.planning_of(study.pk)


def test_a_study_from_before_plans_were_kept_has_none(cast):
    assert queries.planning_of(a_study().pk) is None


def test_an_adopted_plan_gives_every_building_its_year(cast, study):
    adopt(cast, study, a_task(), 2010, 2011, 2012)
    assert planned() == {"A1": 2010, "A2": 2011, "B1": 2012}
    assert queries.planning_of().year_of.tolist() == [0, 1, 2]


def test_the_plan_before_stays_on_record(cast, study):
    adopt(cast, study, a_task(), 2010, 2011, 2012)
    plans = list(study.plans.order_by("number").values_list("number", "in_force", "origin"))
    assert plans == [(1, False, "study"), (2, True, "scenario")]


def test_the_plans_reasons_are_renewed_and_the_diagnosis_reasons_stay(cast, study):
    adopt(cast, study, a_task(), 2010, 2011, None)
    outcome = BuildingOutcome.objects.get(building__code="A2")
    reasons = texts_from(outcome.reasons)
    assert FOUND in reasons
    assert text("Works in cluster {cluster} go on in this year.", cluster="和平") in reasons
    assert text("It belongs to the priority class") not in reasons
    assert BuildingOutcome.objects.get(building__code="B1").cause is not None


def test_the_journal_says_who_put_it_in_force_and_how_many_moved(cast, study):
    adopt(cast, study, a_task(), 2010, 2011, 2012, note="先急后缓")
    entry = Entry.objects.get(kind="study.plan_adopted")
    assert (entry.data["number"], entry.data["moved"], entry.actor_id) == (2, 2, cast[Role.CITY_BUREAU].pk)
    assert "先急后缓" not in entry.data_json


def test_what_it_takes_for_granted_is_kept_with_it(cast, study):
    said = text("There are {yuan} yuan more", yuan="300,000")
    adopt(cast, study, a_task(), 2010, 2011, 2012, conditions=[said])
    assert queries.planning_of().conditions == (said,)


def test_a_task_in_another_order_gives_each_building_its_own_year(cast, study):
    task = a_task()
    turned = replace(task, buildings=replace(task.buildings, ids=("B1", "A2", "A1")))
    adopt(cast, study, turned, 2010, 2011, 2012)
    assert planned() == {"B1": 2010, "A2": 2011, "A1": 2012}


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.DISTRICT_GOV, Role.FINANCE])
def test_only_the_bureau_puts_a_plan_in_force(cast, study, role):
    with pytest.raises(NotAllowed):
        adopt(cast, study, a_task(), 2010, 2011, 2012, role=role)
    assert planned() == {"A1": 2011, "A2": 2011, "B1": None}


def test_a_study_that_was_replaced_takes_no_plan(cast, study):
    Study.objects.update(current=False)
    with pytest.raises(WrongState):
        adopt(cast, study, a_task(), 2010, 2011, 2012)


def test_a_plan_that_overdraws_a_purse_is_refused(cast, study):
    with pytest.raises(InputFault, match="10"):
        adopt(cast, study, a_task(crew_days=20), 2010, 2010, 2012)
    assert study.plans.count() == 1


def test_a_plan_of_other_buildings_is_refused(cast, study):
    task = a_task()
    other = replace(task, buildings=replace(task.buildings, ids=("A1", "A2", "C1")))
    with pytest.raises(InputFault) as refused:
        adopt(cast, study, other, 2010, 2011, 2012)
    assert "other buildings" in refused.value.message.in_language("en")
