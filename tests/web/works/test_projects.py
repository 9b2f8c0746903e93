"""A conversion from the approved plan to the reward: every gate of the policy holds until it is opened."""

import pytest
from tests.web.cast import a_plan
from tests.web.works.steps import (
    BOTH,
    REVIEWED,
    a_file,
    a_project,
    a_round,
    begun,
    consented,
    contracted,
    designed,
    drawn,
    finished,
    fired,
    informed,
    prepared,
)

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import PROJECT, Role
from fenhu.web import clock
from fenhu.web.access import services as access
from fenhu.web.access.models import User
from fenhu.web.journal.models import Entry
from fenhu.web.journal.queries import entries_of
from fenhu.web.registry.models import Building, Flat
from fenhu.web.works import queries, services
from fenhu.web.works.models import (
    AnnualPlan,
    Consent,
    ContractorFile,
    FlatWork,
    Paper,
    Project,
    Representative,
    SiteCheck,
)

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture(autouse=True)
def in_spring(settings, tmp_path):
    settings.TODAY = clock.date(2011, 4, 20)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def project(cast):
    return a_project(cast)


def refused(actor, project, step):
    """Return in English why a step is held back."""
    with pytest.raises(WrongState) as fault:
        fired(actor, project, step)
    return fault.value.message.in_language("en")


def test_c3_2_an_approved_plan_opens_a_project_for_every_building_and_a_row_for_every_flat(project):
    assert (project.state, project.year, project.policy) == ("listed", 2011, "fuxin-2010")
    assert FlatWork.objects.filter(project=project).count() == 2
    assert [entry.kind for entry in entries_of(project)] == ["project.opened"]


def test_an_amendment_opens_new_projects_and_withdraws_those_taken_off(cast, project):
    supplier, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.CITY_BUREAU]
    Project.objects.filter(building__code="A1").update(state="withdrawn")
    plan = fired(supplier, AnnualPlan.objects.get(), "reopen", note="换楼")
    plan = services.add_building(supplier, plan, "A1", version=plan.version)
    services.remove_building(supplier, plan, "A2", version=plan.version)
    fired(supplier, plan, "amend", note="换楼")
    fired(bureau, plan, "approve")
    project.refresh_from_db()
    assert project.state == "withdrawn"
    assert Project.objects.exclude(state="withdrawn").get().building.code == "A1"


def test_c3_1_nobody_is_informed_before_every_flat_has_its_notice(cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    services.deliver_notices(supplier, project, [BOTH[0]], how="hand")
    assert refused(supplier, project, "inform") == "1 of 2 flats have not received the notice yet"
    assert services.deliver_notices(supplier, project, None, how="post") == 1
    assert fired(supplier, project, "inform").state == "informed"


def test_c2_4_consent_is_reached_by_the_policys_rule_and_not_before(cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    informed(cast, project)
    services.record_answers(supplier, project, [services.Answer(flat=BOTH[0], agrees=True)], how="door")
    assert "not enough" in refused(supplier, project, "agree")
    services.record_answers(supplier, project, [services.Answer(flat=BOTH[1], agrees=True)], how="phone")
    assert fired(supplier, project, "agree").state == "consented"


def test_c2_4_the_newest_answer_counts_and_all_stay_on_record(cast, project):
    refuses = services.Answer(flat=BOTH[0], agrees=False, reason="家中有病人")
    agrees = services.Answer(flat=BOTH[0], agrees=True)
    services.record_answers(cast[Role.COMMUNITY], project, [refuses], how="door")
    assert Flat.objects.get(building__code="A2", storey=1).consent is False
    services.record_answers(cast[Role.COMMUNITY], project, [agrees], how="phone")
    assert Flat.objects.get(building__code="A2", storey=1).consent is True
    assert list(Consent.objects.order_by("pk").values_list("agrees", flat=True)) == [False, True]
    assert not Entry.objects.filter(data_json__contains="病人").exists()


@pytest.mark.parametrize("answers", [
    [services.Answer(flat="1-1-101", agrees=False)],
    [services.Answer(flat="9-9-901", agrees=True)],
    [services.Answer(flat="1-1-101", agrees=True), services.Answer(flat="1-1-101", agrees=True)],
])  # fmt: skip
def test_answers_that_cannot_be_are_refused_whole(cast, project, answers):
    good = services.Answer(flat="1-2-201", agrees=True)
    with pytest.raises(InputFault):
        services.record_answers(cast[Role.COMMUNITY], project, [good, *answers], how="door")
    assert not Consent.objects.exists()
    assert Flat.objects.get(building__code="A2", storey=2).consent is None


def test_c3_3_every_flat_has_a_contract_or_a_recorded_refusal(cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    consented(cast, project)
    services.sign_contracts(supplier, project, {BOTH[0]: "HT-1"})
    assert refused(supplier, project, "contract") == "1 flats have neither a contract nor a recorded refusal"
    refusal = services.Answer(flat=BOTH[1], agrees=False, reason="已搬走")
    services.record_answers(supplier, project, [refusal], how="phone")
    assert fired(supplier, project, "contract").state == "contracted"


def test_c3_3_contract_numbers_are_used_once_and_refusing_flats_sign_none(cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    consented(cast, project)
    with pytest.raises(InputFault):
        services.sign_contracts(supplier, project, {BOTH[0]: "HT-1", BOTH[1]: "HT-1"})
    refusal = services.Answer(flat=BOTH[1], agrees=False, reason="不同意")
    services.record_answers(supplier, project, [refusal], how="phone")
    with pytest.raises(InputFault):
        services.sign_contracts(supplier, project, {BOTH[0]: "HT-1", BOTH[1]: "HT-2"})
    assert not FlatWork.objects.filter(contract_on__isnull=False).exists()


def test_c3_3_drawings_are_submitted_with_every_paper_the_review_asks_for(cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    contracted(cast, project)
    for kind in REVIEWED[:-1]:
        services.file_paper(supplier, project, kind=kind, title="", file=a_file())
    assert refused(supplier, project, "design") == "Technical briefing is missing among the papers"
    services.file_paper(supplier, project, kind=REVIEWED[-1], title="", file=a_file())
    assert fired(supplier, project, "design").state == "designed"


def test_a_withdrawn_paper_no_longer_counts(cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    contracted(cast, project)
    papers = [services.file_paper(supplier, project, kind=kind, title="", file=a_file()) for kind in REVIEWED]
    with pytest.raises(NotAllowed):
        services.withdraw_paper(cast[Role.CITY_BUREAU], papers[0])
    services.withdraw_paper(supplier, papers[0])
    assert "Drawings" in refused(supplier, project, "design")
    assert Paper.objects.count() == 4


@pytest.mark.parametrize("begins", [b"", b"MZ\x90\x00", b"<html><script>", b"PK\x03\x04"])
def test_papers_are_judged_by_what_they_are(cast, project, begins):
    file = a_file("图纸.pdf", begins) if begins else a_file("图纸.pdf", b"")
    if not begins:
        file.file.truncate(0)
        file.size = 0
    with pytest.raises(InputFault):
        services.file_paper(cast[Role.HEAT_SUPPLIER], project, kind="drawings", title="", file=file)


def test_c3_3_only_the_bureau_approves_drawings_and_may_return_them(cast, project):
    designed(cast, project)
    with pytest.raises(NotAllowed):
        fired(cast[Role.HEAT_SUPPLIER], project, "approve_drawings")
    with pytest.raises(InputFault):
        fired(cast[Role.CITY_BUREAU], project, "return_drawings")
    assert fired(cast[Role.CITY_BUREAU], project, "return_drawings", note="缺管径").state == "contracted"


def test_c3_3_who_submits_drawings_cannot_approve_them(cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    access.grant(user=supplier, role=Role.CITY_BUREAU)
    both = User.objects.get(pk=supplier.pk)
    designed(cast, project)
    with pytest.raises(NotAllowed):
        fired(both, project, "approve_drawings")


def test_c3_3_an_owners_own_scheme_is_checked_by_the_supplier_before_the_bureau(cast, project):
    supplier, owner, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.OWNER_UNIT], cast[Role.CITY_BUREAU]
    contracted(cast, project)
    services.owner_converts(owner, project, itself=True)
    for kind in (*REVIEWED, "conversion_scheme"):
        services.file_paper(owner, project, kind=kind, title="", file=a_file())
    assert "owner unit converts" in refused(supplier, project, "design")
    fired(owner, project, "design_own")
    assert "owner unit converts" in refused(bureau, project, "approve_drawings")
    assert fired(supplier, project, "check_scheme").state == "checked"
    assert fired(bureau, project, "approve_scheme").state == "drawings_approved"


GATES = [
    ("contractor", "No contractor is chosen yet"),
    ("supplier_lead", "The lead of the Heat supplier is not published with name and telephone number"),
    ("mains_ready_on", "The mains are not in place"),
    ("technician", "No technician is named for the works"),
    ("briefed_on", "The technical briefing is not on record"),
]


@pytest.mark.parametrize(("field", "reason"), GATES)
def test_c3_3_and_c4_1_each_gate_alone_holds_the_start_back(cast, project, field, reason):
    drawn(cast, project)
    prepared(cast, project)
    empty = "" if field in ("supplier_lead", "technician") else None
    Project.objects.filter(pk=project.pk).update(**{field: empty})
    assert refused(cast[Role.HEAT_SUPPLIER], project, "start") == reason


def test_c4_3_a_contractor_without_valid_qualification_does_not_start(cast, project):
    drawn(cast, project)
    prepared(cast, project)
    ContractorFile.objects.update(valid_until=clock.date(2011, 4, 1))
    assert "ended on 2011-04-01" in refused(cast[Role.HEAT_SUPPLIER], project, "start")
    ContractorFile.objects.all().delete()
    assert "not on file" in refused(cast[Role.HEAT_SUPPLIER], project, "start")


def test_c3_2_after_30_september_nothing_starts_without_an_approved_extension(cast, project, settings):
    drawn(cast, project)
    prepared(cast, project)
    supplier, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.CITY_BUREAU]
    ContractorFile.objects.update(valid_until=clock.date(2012, 4, 1))
    settings.TODAY = clock.date(2011, 10, 8)
    assert "ask the bureau for an extension" in refused(supplier, project, "start")
    services.ask_extension(supplier, project, until=clock.date(2011, 10, 25), reason="管材晚到")
    with pytest.raises(NotAllowed):
        services.decide_extension(supplier, project, granted=True)
    services.decide_extension(bureau, project, granted=True)
    assert fired(supplier, project, "start").state == "under_construction"


def test_c4_3_a_stop_work_order_holds_the_finish_back(cast, project):
    begun(cast, project)
    FlatWork.objects.filter(project=project).update(stage="done")
    values = {"project": project, "on_date": clock.today(), "made_by": cast[Role.CITY_BUREAU]}
    SiteCheck.objects.create(kind="pressure_test", passed=True, **values)
    stop = SiteCheck.objects.create(kind="safety", passed=False, stops=True, **values)
    assert "stop-work" in refused(cast[Role.HEAT_SUPPLIER], project, "finish")
    SiteCheck.objects.filter(pk=stop.pk).update(cleared_on=clock.today())
    assert fired(cast[Role.HEAT_SUPPLIER], project, "finish").state == "finished"


def test_works_with_an_unfinished_flat_or_no_pressure_test_are_not_finished(cast, project):
    begun(cast, project)
    assert "2 flats" in refused(cast[Role.HEAT_SUPPLIER], project, "finish")
    FlatWork.objects.filter(project=project).update(stage="done")
    assert "pressure test" in refused(cast[Role.HEAT_SUPPLIER], project, "finish")


@pytest.mark.parametrize(("day", "late"), [("2011-09-30", False), ("2011-10-01", True)])
def test_c3_2_works_finished_after_30_september_are_flagged_late(cast, project, settings, day, late):
    begun(cast, project)
    FlatWork.objects.filter(project=project).update(stage="done")
    SiteCheck.objects.create(
        project=project, kind="pressure_test", passed=True, on_date=clock.today(),
        made_by=cast[Role.HEAT_SUPPLIER],
    )  # fmt: skip
    settings.TODAY = clock.date.fromisoformat(day)
    assert fired(cast[Role.HEAT_SUPPLIER], project, "finish").late is late


def test_c3_4_only_what_passed_acceptance_goes_into_use(cast, project):
    bureau, supplier = cast[Role.CITY_BUREAU], cast[Role.HEAT_SUPPLIER]
    finished(cast, project)
    assert refused(bureau, project, "accept") == "No acceptance was held yet"
    failed = a_round(cast, project, kept=False)
    assert "Outside its limits" in refused(bureau, failed, "pass")
    fired(bureau, failed, "fail", note="压降超限")
    assert refused(bureau, project, "accept") == "The latest acceptance did not pass"
    fired(bureau, project, "rectify", note="重新试压")
    fired(supplier, project, "finish")
    fired(bureau, a_round(cast, project), "pass")
    fired(bureau, project, "accept")
    assert FlatWork.objects.filter(project=project, passed_on__isnull=False).count() == 2
    assert fired(supplier, project, "use").state == "in_use"
    assert fired(bureau, project, "revoke", note="漏水").state == "rectifying"


def test_c3_4_whoever_builds_cannot_accept(cast, project):
    access.grant(user=cast[Role.HEAT_SUPPLIER], role=Role.CITY_BUREAU)
    finished(cast, project)
    both = User.objects.get(pk=cast[Role.HEAT_SUPPLIER].pk)
    fired(cast[Role.CITY_BUREAU], a_round(cast, project), "pass")
    with pytest.raises(NotAllowed):
        fired(both, project, "accept")


def test_c3_4_the_district_accepts_its_own_buildings_only(cast):
    own = a_project(cast)
    finished(cast, own)
    fired(cast[Role.DISTRICT_GOV], a_round(cast, own), "pass")
    assert fired(cast[Role.DISTRICT_GOV], own, "accept").state == "accepted"
    Project.objects.filter(building__code="A1").update(state="finished")
    citys = Project.objects.get(building__code="A1")
    with pytest.raises(NotAllowed):
        fired(cast[Role.DISTRICT_GOV], citys, "accept")


def test_a_suspended_project_goes_on_where_it_stood(cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    contracted(cast, project)
    with pytest.raises(InputFault):
        fired(supplier, project, "suspend")
    assert fired(supplier, project, "suspend", note="等材料").state == "suspended"
    assert fired(supplier, project, "resume").state == "contracted"
    assert [entry.data.get("to") for entry in entries_of(project)][-2:] == ["suspended", "contracted"]


def test_a_withdrawn_building_can_stand_on_a_later_plan(cast, project):
    fired(cast[Role.CITY_BUREAU], project, "withdraw", note="缓改")
    assert not Project.objects.exclude(state="withdrawn").filter(building__code="A2").exists()
    plan = a_plan(year=2012)
    fired(cast[Role.HEAT_SUPPLIER], plan, "file")
    fired(cast[Role.CITY_BUREAU], plan, "approve")
    assert queries.project_for(cast[Role.CITY_BUREAU], "A2").year == 2012


def test_c4_1_a_stairwell_elects_one_representative_at_a_time(cast, project):
    community = cast[Role.COMMUNITY]
    vote = {"unit": 1, "phone": "13900000000", "votes": 2, "voters": 2}
    services.elect(community, project, name="刘大爷", **vote)
    services.elect(community, project, name="孙大妈", **vote)
    assert Representative.objects.get(ended_on__isnull=True).name == "孙大妈"
    with pytest.raises(NotAllowed):
        services.elect(cast[Role.HEAT_SUPPLIER], project, name="王", **vote)
    with pytest.raises(InputFault):
        services.elect(community, project, name="王", **{**vote, "unit": 7})
    assert not Entry.objects.filter(data_json__contains="孙大妈").exists()


@pytest.mark.parametrize("role", [Role.COMMUNITY, Role.CONTRACTOR, Role.CITY_BUREAU, Role.HOUSEHOLD])
def test_only_the_supplier_signs_contracts(cast, project, role):
    with pytest.raises(NotAllowed):
        services.sign_contracts(cast[role], project, {BOTH[0]: "1"})


def test_another_supplier_cannot_touch_the_project(cast, project):
    with pytest.raises(NotAllowed):
        services.deliver_notices(cast.other_supplier, project, None, how="hand")
    with pytest.raises(NotAllowed):
        fired(cast.other_supplier, project, "inform")


def test_nothing_is_recorded_for_days_ahead(cast, project):
    with pytest.raises(InputFault):
        services.deliver_notices(
            cast[Role.HEAT_SUPPLIER], project, None, how="hand", on=clock.date(2011, 4, 21)
        )


def test_once_works_began_papers_of_the_start_cannot_be_changed(cast, project):
    begun(cast, project)
    with pytest.raises(WrongState):
        services.publish_leads(
            cast[Role.HEAT_SUPPLIER],
            project,
            supplier=("甲", "04181111111"),
            contractor=("乙", "04182222222"),
        )


def test_every_state_of_the_table_is_named_and_walked():
    assert set(PROJECT.states) >= {step.target for step in PROJECT.steps if step.target}


def test_the_project_page_shows_gates_flats_and_steps(cast, project):
    view = queries.project_view(cast[Role.HEAT_SUPPLIER], "A2")
    assert [flat.flat_id for flat in view.flats] == list(BOTH)
    shut = {state.gate.code for state in view.start if state.reason is not None}
    assert shut >= {"notice_delivered", "consent_reached", "contracts_signed", "drawings_approved"}
    assert "plan_approved" not in shut
    assert [step.name for step in view.steps if not step.aside] == ["inform"]
    assert Building.objects.get(code="A2").projects.count() == 1


def test_before_any_consent_rule_is_in_force_nothing_is_reached_and_the_pages_stand(cast, project, settings):
    informed(cast, project)
    settings.TODAY = clock.date(2010, 1, 4)
    assert "no consent rule" in refused(cast[Role.COMMUNITY], project, "agree")
    assert queries.worklist(cast[Role.COMMUNITY]).total > 0
