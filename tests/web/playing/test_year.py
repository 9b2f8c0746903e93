"""A whole year of a small synthetic city through the public verbs, from the empty plan to the reward."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from tests.web.cast import store_register

from fenhu.policy import load
from fenhu.programme import PROJECT
from fenhu.register import synthetic_city
from fenhu.study import Settings, run_study
from fenhu.web import clock
from fenhu.web.documents.models import Document
from fenhu.web.household.models import Declaration
from fenhu.web.journal.models import Entry
from fenhu.web.journal.services import verify
from fenhu.web.playing import People, play_year
from fenhu.web.works import services
from fenhu.web.works.models import (
    AcceptanceRound,
    AnnualPlan,
    Consent,
    DesignVersion,
    FlatWork,
    Project,
    Representative,
    Signature,
)

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
YEAR, FILED, APPROVED, END = 2011, date(2011, 4, 20), date(2011, 5, 4), date(2011, 12, 31)


@pytest.fixture
def played(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    register = synthetic_city(buildings=20, seed=7)
    store_register(register)
    study = services.store_study(run_study(register, load("fuxin-2010"), settings=Settings(effort=1)))
    people = People()
    with clock.on(FILED):
        services.file_contractor(
            people.bureau(), name="示范安装公司", qualification="二级", certificate_number="A1",
            valid_until=date(2013, 1, 1), lead="", phone="",
        )  # fmt: skip
    plans = services.propose_annual_plans(study, YEAR)
    assert plans
    play_year(plans, people, filed=FILED, approved=APPROVED, until=END, report=lambda *told: None)
    return plans


def test_a_year_leads_from_the_empty_plan_to_the_reward(played):
    states = Counter(Project.objects.values_list("state", flat=True))
    assert states["rewarded"] > 0
    # Where too few agree, the building waits: nobody passes by the residents.
    assert set(states) <= {"rewarded", "informed"}
    assert all(plan.state == "approved" for plan in AnnualPlan.objects.all())


def test_c3_2_and_c3_4_every_building_in_use_was_built_in_time_and_accepted_by_all(played):
    for project in Project.objects.filter(state="rewarded"):
        assert project.finished_on <= date(YEAR, 9, 30)
        assert not project.late
        assert [held.state for held in project.rounds.all()] == ["passed"]
        assert Signature.objects.filter(round__project=project, agrees=True).count() == 6
        signed = FlatWork.objects.filter(project=project, contract_on__isnull=False)
        assert not signed.filter(passed_on__isnull=True).exists()
        assert not signed.exclude(stage="done").exists()


def test_the_journal_replays_to_the_state_of_every_project(played):
    for project in Project.objects.all():
        entries = Entry.objects.filter(subject=f"works.project:{project.pk}").order_by("sequence")
        steps = [entry.data for entry in entries if "to" in entry.data]
        assert steps[-1]["to"] == project.state
        assert steps[-1]["version"] == project.version
        walked = [one["to"] for one in steps]
        for before, after in pairwise(walked):
            assert after in {step.target for step in PROJECT.steps_from(before)}
    assert verify().valid


def test_every_answer_of_a_flat_is_on_record_and_no_name_is_in_the_journal(played):
    asked = Project.objects.exclude(state="listed")
    assert Consent.objects.count() == FlatWork.objects.filter(project__in=asked).count()
    assert not Entry.objects.filter(data_json__contains="示范：暂不同意").exists()
    assert AcceptanceRound.objects.count() == Project.objects.filter(state="rewarded").count()


def test_c3_3_the_bureau_approves_the_designs_that_were_submitted(played):
    states = Counter(DesignVersion.objects.values_list("state", flat=True))
    # Where a check does not hold, nothing is submitted: its drawings were reviewed on paper.
    assert set(states) == {"approved"}
    for version in DesignVersion.objects.all():
        verdicts = {one["code"]: one["verdict"] for one in version.checks}
        assert "error" not in verdicts.values()
        assert version.reasons.keys() == {code for code, said in verdicts.items() if said == "warning"}


def test_the_official_papers_of_a_building_are_issued_on_its_way(played):
    kinds = Counter(Document.objects.values_list("number__kind", flat=True))
    assert kinds["scheme"] == AnnualPlan.objects.count()
    assert {"building_notice", "flat_notice"} <= set(kinds)
    shown = Project.objects.filter(documents__number__kind="building_notice").distinct()
    for project in shown.filter(state="rewarded"):
        own = set(project.documents.values_list("number__kind", flat=True))
        assert {"contract", "publication", "briefing", "acceptance"} <= own
        assert {"replaced", "withdrawn"} <= set(project.documents.values_list("ending__state", flat=True))
    assert shown.filter(state="rewarded").exists()


def test_c3_3_households_of_the_buildings_shown_answer_and_sign_on_their_pages(played):
    shown = Project.objects.filter(documents__number__kind="building_notice").distinct()
    for project in shown.filter(state="rewarded"):
        declared = Declaration.objects.filter(flat__building=project.building, by_link=True)
        answered = declared.filter(kind__in=("agree", "refuse"))
        assert (
            answered.count()
            == Consent.objects.filter(flat__building=project.building, how="page").count()
            == 3
        )
        signed = declared.filter(kind="contract").values("flat")
        assert signed.count() == answered.filter(kind="agree").count()
        assert not FlatWork.objects.filter(flat__in=signed, contract_on__isnull=True).exists()
        if project.building.community is not None:
            elected = Representative.objects.filter(building=project.building)
            assert elected.count() == project.building.units
