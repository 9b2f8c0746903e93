"""Works on site: reported by who builds, checked by who may, stopped until who ordered it lifts the order."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.web.bombs import a_huge_picture
from tests.web.cast import a_user
from tests.web.works.steps import BOTH, a_file, a_project, begun, fired

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import PressureTest, Role
from fenhu.web import clock
from fenhu.web.access.models import User
from fenhu.web.journal.models import Entry
from fenhu.web.journal.queries import entries_of
from fenhu.web.works import queries, services
from fenhu.web.works.models import FlatWork, Material, Project, SiteCheck, WeekReport

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]

MONDAY = clock.date(2011, 5, 2)
HELD = PressureTest(
    working_mpa=Decimal("0.4"), test_mpa=Decimal("0.6"), minutes=60, drop_mpa=Decimal("0.05"),
    then_minutes=120, then_drop_mpa=Decimal("0.03"),
)  # fmt: skip


@pytest.fixture
def project(cast, settings):
    settings.TODAY = MONDAY
    return begun(cast, a_project(cast))


@pytest.fixture
def contractor(cast):
    return cast[Role.CONTRACTOR]


def stages(project):
    return list(FlatWork.objects.filter(project=project).order_by("pk").values_list("stage", flat=True))


def told(fault):
    return fault.value.message.in_language("en")


def test_c3_2_the_contractor_reports_the_week_with_the_share_done_then(contractor, project):
    services.set_stages(contractor, project, {BOTH[0]: "done"})
    report = services.report_week(contractor, project, week=MONDAY + timedelta(days=2), crew=6, note="拆管")
    assert (report.week, report.crew, report.share) == (MONDAY, 6, 0.5)
    [entry] = [one for one in entries_of(project) if one.kind == "project.week"]
    assert dict(entry.data) == {"week": "2011-05-02", "crew": 6, "share": 0.5}


def test_a_week_reported_again_is_replaced(contractor, project):
    services.report_week(contractor, project, week=MONDAY, crew=6)
    services.report_week(contractor, project, week=MONDAY, crew=8)
    assert WeekReport.objects.get().crew == 8


@pytest.mark.parametrize(("days", "crew"), [(7, 6), (-14, 6), (-7, 6), (0, -1), (0, 501)])
def test_a_week_ahead_long_past_or_before_the_start_and_an_impossible_crew_are_refused(
    contractor, project, days, crew
):
    with pytest.raises(InputFault):
        services.report_week(contractor, project, week=MONDAY + timedelta(days=days), crew=crew)
    assert not WeekReport.objects.exists()


def test_last_week_can_still_be_reported(contractor, project, settings):
    settings.TODAY = MONDAY + timedelta(days=9)
    assert services.report_week(contractor, project, week=MONDAY, crew=6).week == MONDAY


@pytest.mark.parametrize("role", [Role.CITY_BUREAU, Role.COMMUNITY, Role.OWNER_UNIT, Role.HOUSEHOLD])
def test_c3_2_only_who_builds_reports_and_moves_flats(cast, project, role):
    with pytest.raises(NotAllowed):
        services.report_week(cast[role], project, week=MONDAY, crew=6)
    with pytest.raises(NotAllowed):
        services.set_stages(cast[role], project, {BOTH[0]: "piped"})


def test_another_contractor_reports_nothing(cast, project):
    Project.objects.filter(pk=project.pk).update(contractor=None)
    with pytest.raises(NotAllowed):
        services.report_week(cast[Role.CONTRACTOR], project, week=MONDAY, crew=6)


def test_c3_3_an_owner_unit_that_converts_itself_reports_and_the_supplier_does_not(cast, project):
    Project.objects.filter(pk=project.pk).update(owner_converts=True)
    project.refresh_from_db()
    services.report_week(cast[Role.OWNER_UNIT], project, week=MONDAY, crew=6)
    with pytest.raises(NotAllowed):
        services.report_week(cast[Role.HEAT_SUPPLIER], project, week=MONDAY, crew=6)


def test_c3_2_flats_go_forward_and_only_with_a_note_back(contractor, project):
    assert services.set_stages(contractor, project, {BOTH[0]: "piped", BOTH[1]: "removed"}) == 2
    with pytest.raises(InputFault) as fault:
        services.set_stages(contractor, project, {BOTH[0]: "removed"})
    assert told(fault) == "Flat 1-1-101 is “Loop laid” already; write why it goes back"
    services.set_stages(contractor, project, {BOTH[0]: "removed"}, note="张三家返工")
    assert stages(project) == ["removed", "removed"]
    assert not Entry.objects.filter(data_json__contains="张三").exists()


def test_c3_4_while_it_is_rectified_flats_go_back_without_a_note(contractor, project):
    services.set_stages(contractor, project, {BOTH[0]: "done"})
    Project.objects.filter(pk=project.pk).update(state="rectifying")
    assert services.set_stages(contractor, project, {BOTH[0]: "connected"}) == 1


def test_setting_the_same_stage_changes_and_writes_nothing(contractor, project):
    services.set_stages(contractor, project, {BOTH[0]: "piped"})
    before = Entry.objects.count()
    assert services.set_stages(contractor, project, {BOTH[0]: "piped"}) == 0
    assert Entry.objects.count() == before


def test_c3_3_without_a_contract_nothing_is_built(contractor, project):
    FlatWork.objects.filter(project=project, flat__storey=1).update(contract_on=None)
    with pytest.raises(InputFault) as fault:
        services.set_stages(contractor, project, {BOTH[1]: "piped", BOTH[0]: "piped"})
    assert "has no contract" in told(fault)
    assert stages(project) == ["none", "none"]


@pytest.mark.parametrize("wanted", [{"9-9-901": "piped"}, {BOTH[0]: "painted"}])
def test_unknown_flats_and_stages_are_refused(contractor, project, wanted):
    with pytest.raises(InputFault):
        services.set_stages(contractor, project, wanted)


def test_one_click_takes_a_flat_one_stage_further_until_it_is_done(contractor, project):
    assert services.advance(contractor, project, BOTH[0]) == "removed"
    FlatWork.objects.filter(project=project).update(stage="done")
    with pytest.raises(WrongState):
        services.advance(contractor, project, BOTH[0])


@pytest.mark.parametrize("state", ["drawings_approved", "finished", "in_use", "suspended"])
def test_nothing_is_recorded_on_works_that_do_not_run(contractor, project, state):
    Project.objects.filter(pk=project.pk).update(state=state)
    with pytest.raises(WrongState):
        services.set_stages(contractor, project, {BOTH[0]: "piped"})
    with pytest.raises(WrongState):
        services.report_week(contractor, project, week=MONDAY, crew=6)


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.CITY_BUREAU, Role.DISTRICT_GOV])
def test_c4_3_three_offices_inspect(cast, project, role):
    check = services.inspect(cast[role], project, kind="safety", passed=True)
    assert (check.kind, check.passed, check.made_by) == ("safety", True, cast[role])


@pytest.mark.parametrize("role", [Role.CONTRACTOR, Role.COMMUNITY, Role.OWNER_UNIT])
def test_c4_3_nobody_else_inspects(cast, project, role):
    with pytest.raises(NotAllowed):
        services.inspect(cast[role], project, kind="safety", passed=True)


@pytest.mark.parametrize("wanted", [
    {"kind": "beauty", "passed": True}, {"kind": "safety", "passed": False},
    {"kind": "safety", "passed": True, "stops": True},
])  # fmt: skip
def test_an_inspection_says_what_it_found(cast, project, wanted):
    with pytest.raises(InputFault):
        services.inspect(cast[Role.CITY_BUREAU], project, **wanted)
    assert not SiteCheck.objects.exists()


def stopped(actor, project):
    return services.inspect(actor, project, kind="safety", passed=False, finding="动火无证", stops=True)


def test_c4_3_stopped_works_are_not_finished_until_the_order_is_lifted(cast, contractor, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    services.set_stages(contractor, project, dict.fromkeys(BOTH, "done"))
    services.record_pressure_test(contractor, project, pipe="plastic", measured=HELD)
    check = stopped(cast[Role.CITY_BUREAU], project)
    with pytest.raises(WrongState) as fault:
        fired(supplier, project, "finish")
    assert "stop-work" in told(fault)
    services.clear_stop(cast[Role.CITY_BUREAU], check)
    assert fired(supplier, project, "finish").state == "finished"


@pytest.mark.parametrize("role", [Role.CONTRACTOR, Role.HEAT_SUPPLIER, Role.DISTRICT_GOV])
def test_c4_3_an_order_is_lifted_by_the_kind_of_office_that_gave_it(cast, project, role):
    check = stopped(cast[Role.CITY_BUREAU], project)
    with pytest.raises(NotAllowed):
        services.clear_stop(cast[role], check)
    other_officer = a_user("bureau_2", Role.CITY_BUREAU)
    assert services.clear_stop(other_officer, check).cleared_on == MONDAY


def test_c4_3_the_bureau_lifts_the_order_of_somebody_who_left_his_office(cast, project):
    check = stopped(cast[Role.HEAT_SUPPLIER], project)
    cast[Role.HEAT_SUPPLIER].grants.all().delete()
    check.made_by = User.objects.get(pk=check.made_by_id)
    assert services.clear_stop(cast[Role.CITY_BUREAU], check).cleared_on == MONDAY


def test_an_order_is_lifted_once_and_only_where_there_is_one(cast, project):
    bureau = cast[Role.CITY_BUREAU]
    check = stopped(bureau, project)
    services.clear_stop(bureau, check)
    passed = services.inspect(bureau, project, kind="quality", passed=True)
    for one in (check, passed):
        with pytest.raises(WrongState):
            services.clear_stop(bureau, one)


def test_c4_3_a_pressure_test_is_judged_by_the_code_and_not_by_who_made_it(contractor, project):
    assert services.record_pressure_test(contractor, project, pipe="plastic", measured=HELD).passed
    short = PressureTest(**{name: getattr(HELD, name) for name in HELD.__slots__} | {"minutes": 59})
    check = services.record_pressure_test(contractor, project, pipe="plastic", measured=short)
    assert not check.passed
    [row] = [one for one in queries.site_view(contractor, "A2").checks if not one.passed]
    assert [one.in_language("en") for one in row.missed] == ["Held for 59 minutes; at least 60"]


def test_a_pressure_test_of_unknown_pipe_or_below_zero_is_refused(contractor, project):
    below = PressureTest(
        working_mpa=Decimal("-0.4"), test_mpa=Decimal("0.6"), minutes=60, drop_mpa=Decimal(0)
    )
    for pipe, measured in (("clay", HELD), ("steel", below)):
        with pytest.raises(InputFault):
            services.record_pressure_test(contractor, project, pipe=pipe, measured=measured)


def test_c4_3_the_bureau_makes_no_pressure_test(cast, project):
    with pytest.raises(NotAllowed):
        services.record_pressure_test(cast[Role.CITY_BUREAU], project, pipe="plastic", measured=HELD)


def delivered(actor, project, **more):
    wanted = {"name": "PE-RT", "quantity": Decimal(120), "unit": "m", "certificate_number": "HG-1"} | more
    return services.deliver_material(actor, project, **wanted)


def test_c4_3_material_comes_with_its_certificate(contractor, project):
    paper = services.file_paper(contractor, project, kind="certificate", title="合格证", file=a_file())
    assert delivered(contractor, project, certificate_paper=paper).certificate == paper
    assert [entry.kind for entry in entries_of(project)][-1] == "project.material"


@pytest.mark.parametrize("wanted", [
    {"certificate_number": " "}, {"name": ""}, {"quantity": Decimal(0)}, {"quantity": Decimal("NaN")},
    {"quantity": Decimal("Infinity")},
])  # fmt: skip
def test_c4_3_material_without_certificate_or_quantity_is_refused(contractor, project, wanted):
    with pytest.raises(InputFault):
        delivered(contractor, project, **wanted)
    assert not Material.objects.exists()


def test_a_photograph_is_no_certificate(contractor, project):
    photo = services.file_paper(
        contractor, project, kind="photo", title="立管", file=a_file("a.png", a_huge_picture(9, 9))
    )
    with pytest.raises(InputFault):
        delivered(contractor, project, certificate_paper=photo)


def test_c3_2_the_site_says_when_the_works_will_be_done(contractor, project, settings):
    settings.TODAY = MONDAY + timedelta(days=14)
    services.set_stages(contractor, project, {BOTH[0]: "done"})
    view = queries.site_view(contractor, "A2")
    assert view.forecast is not None
    assert view.forecast.finished_on == MONDAY + timedelta(days=28)
    assert (view.share, view.done, view.signed, view.builds, view.inspects) == (0.5, 1, 2, True, False)


def test_c4_3_the_contractor_reads_what_is_next(cast, contractor, project):
    def todo():
        [duty] = [one for one in queries.projects(contractor) if one.code == "A2"]
        return duty.todo.in_language("en") if duty.todo else None

    assert todo() == "Report this week"
    services.report_week(contractor, project, week=MONDAY, crew=6)
    assert todo() == "Go on: 2 flats are not done"
    services.set_stages(contractor, project, dict.fromkeys(BOTH, "done"))
    assert todo() == "Test the pressure"
    services.record_pressure_test(contractor, project, pipe="plastic", measured=HELD)
    assert todo() is None
    stopped(cast[Role.CITY_BUREAU], project)
    assert todo() == "Mend what stopped the works"
