"""After the acceptance: defects reported, mended by who built, counted within the warranty; meters."""

import pytest
from tests.web.cast import a_user
from tests.web.works.steps import BOTH, a_project, a_round, finished, fired

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.journal.models import Entry
from fenhu.web.journal.queries import entries_of
from fenhu.web.registry.models import Building, Flat
from fenhu.web.works import queries, services
from fenhu.web.works.models import Defect, FlatWork, Project

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def project(cast, settings):
    """Return a project put into use on 20 May 2011: its warranty ends with the season of 2012."""
    settings.TODAY = clock.date(2011, 5, 20)
    Building.objects.filter(code="A2").update(community=Building.objects.get(code="A1").community)
    project = finished(cast, a_project(cast))
    held = a_round(cast, project)
    services.fire(cast[Role.CITY_BUREAU], held, "pass", version=held.version)
    fired(cast[Role.CITY_BUREAU], project, "accept")
    return fired(cast[Role.HEAT_SUPPLIER], project, "use")


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def household(project):
    return a_user("at_home", Role.HOUSEHOLD, flat=Flat.objects.get(building__code="A2", storey=1))


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.OWNER_UNIT])
def test_c4_3_supplier_community_and_owner_report_defects(cast, project, role):
    defect = services.report_defect(cast[role], project, what="阀门渗水", flat_id=BOTH[0])
    assert (defect.within_warranty, defect.flat.storey, defect.mended_on) == (True, 1, None)
    assert [entry.kind for entry in entries_of(project)][-1] == "project.defect"
    assert not Entry.objects.filter(data_json__contains="渗水").exists()


@pytest.mark.parametrize("role", [Role.CITY_BUREAU, Role.CONTRACTOR, Role.FINANCE])
def test_others_report_none(cast, project, role):
    with pytest.raises(NotAllowed):
        services.report_defect(cast[role], project, what="渗水")


def test_a_household_reports_for_its_own_flat_only(household, project):
    assert services.report_defect(household, project, what="不热", flat_id=BOTH[0]).flat.storey == 1
    for flat in ("", BOTH[1]):
        with pytest.raises(NotAllowed):
            services.report_defect(household, project, what="不热", flat_id=flat)


def test_a_household_sees_its_own_defects_only(household, supplier, project):
    services.report_defect(supplier, project, what="自家渗水", flat_id=BOTH[0])
    services.report_defect(supplier, project, what="邻居家渗水", flat_id=BOTH[1])
    services.report_defect(supplier, project, what="管井门")
    assert [one.what for one in queries.warranty_view(household, "A2").open] == ["自家渗水"]


@pytest.mark.parametrize("wanted", [{"what": " "}, {"what": "渗水", "flat_id": "9-9-901"}])
def test_a_defect_says_what_and_where(supplier, project, wanted):
    with pytest.raises(InputFault):
        services.report_defect(supplier, project, **wanted)
    assert not Defect.objects.exists()


def test_before_the_acceptance_there_are_no_defects(supplier, project):
    Project.objects.filter(pk=project.pk).update(state="finished")
    with pytest.raises(WrongState):
        services.report_defect(supplier, project, what="渗水")


@pytest.mark.parametrize(("day", "within"), [("2013-03-31", True), ("2013-06-01", False)])
def test_c4_3_a_defect_after_the_last_season_is_not_the_contractors(supplier, project, settings, day, within):
    settings.TODAY = clock.date.fromisoformat(day)
    assert services.report_defect(supplier, project, what="渗水").within_warranty is within


def test_c4_3_an_open_defect_keeps_the_warranty_open_until_it_is_mended(cast, supplier, project, settings):
    first = services.report_defect(supplier, project, what="渗水")
    settings.TODAY = clock.date(2013, 6, 1)
    assert not queries.warranty_view(supplier, "A2").over
    assert services.report_defect(supplier, project, what="又渗水").within_warranty
    for defect in Defect.objects.all():
        services.mend_defect(cast[Role.CONTRACTOR], defect, how="换垫")
    assert queries.warranty_view(supplier, "A2").over
    assert first.within_warranty


def test_a_defect_after_the_warranty_does_not_reopen_it(supplier, project, settings):
    settings.TODAY = clock.date(2013, 6, 1)
    services.report_defect(supplier, project, what="渗水")
    assert not services.report_defect(supplier, project, what="又渗水").within_warranty


@pytest.mark.parametrize("role", [Role.CONTRACTOR, Role.HEAT_SUPPLIER])
def test_c4_3_contractor_or_supplier_mend_it_once_and_say_how(cast, supplier, project, role):
    defect = services.report_defect(supplier, project, what="渗水")
    with pytest.raises(InputFault):
        services.mend_defect(cast[role], defect, how=" ")
    assert services.mend_defect(cast[role], defect, how="换密封垫").mended_on == clock.today()
    with pytest.raises(WrongState):
        services.mend_defect(cast[role], defect, how="再换")
    assert not Entry.objects.filter(data_json__contains="密封垫").exists()


@pytest.mark.parametrize("role", [Role.COMMUNITY, Role.OWNER_UNIT, Role.CITY_BUREAU])
def test_c4_3_nobody_else_says_it_is_mended(cast, supplier, project, role):
    defect = services.report_defect(supplier, project, what="渗水")
    with pytest.raises(NotAllowed):
        services.mend_defect(cast[role], defect, how="换垫")


def test_c1_the_supplier_keeps_a_register_of_flats_ready_for_a_meter(supplier, project):
    assert services.check_meter_ready(supplier, project, {BOTH[0]: True, BOTH[1]: False}) == 2
    view = queries.warranty_view(supplier, "A2")
    assert (view.ready, view.looked_at) == (1, 2)
    [entry] = [one for one in entries_of(project) if one.kind == "project.meter_ready"]
    assert dict(entry.data["ready"]) == {BOTH[0]: True, BOTH[1]: False}


@pytest.mark.parametrize("role", [Role.CONTRACTOR, Role.COMMUNITY, Role.CITY_BUREAU])
def test_c1_nobody_else_keeps_that_register(cast, project, role):
    with pytest.raises(NotAllowed):
        services.check_meter_ready(cast[role], project, {BOTH[0]: True})


def test_c1_no_meter_fits_where_no_loop_is_done(supplier, project):
    FlatWork.objects.filter(project=project, flat__storey=2).update(stage="piped")
    with pytest.raises(InputFault):
        services.check_meter_ready(supplier, project, {BOTH[0]: True, BOTH[1]: True})
    assert not FlatWork.objects.filter(meter_ready__isnull=False).exists()


def test_c4_1_no_reward_while_a_defect_is_open(cast, supplier, project):
    services.report_defect(supplier, project, what="渗水")
    payer = a_user("haizhou_finance", Role.FINANCE, level="district", district="海州")
    with pytest.raises(WrongState) as fault:
        fired(payer, project, "reward", note="已付")
    assert "1 defects are open" in fault.value.message.in_language("en")
