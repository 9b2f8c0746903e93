"""The contractors' register: qualification on file, the bar, and the record that follows a contractor."""

from datetime import date

import pytest
from tests.web.works.steps import a_project, a_round, begun, drawn, finished, fired, prepared

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.web.journal.models import Entry
from fenhu.web.registry.models import Organisation
from fenhu.web.works import queries, services
from fenhu.web.works.models import AcceptanceRound, ContractorFile, Defect, SiteCheck

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]

GIVEN = {"name": "二建公司", "qualification": "二级", "certificate_number": "D1",
         "valid_until": date(2099, 1, 1), "lead": "李卫国", "phone": "0418-1234567"}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_the_building_season(settings):
    settings.TODAY = date(2011, 5, 10)


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


def of(name="建安公司"):
    return Organisation.objects.get(kind=Role.CONTRACTOR, name=name)


def on_file(user, **more):
    return services.file_contractor(user, **(GIVEN | more))


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.CITY_BUREAU], ids=str)
def test_c4_3_supplier_and_bureau_file_a_contractor_who_is_then_known(cast, role):
    file = on_file(cast[role])
    assert (file.organisation, file.lead) == (of("二建公司"), "李卫国")


@pytest.mark.parametrize("role", [Role.DISTRICT_GOV, Role.CONTRACTOR, Role.COMMUNITY], ids=str)
def test_c4_3_others_file_nobody(cast, role):
    with pytest.raises(NotAllowed):
        on_file(cast[role])
    assert not ContractorFile.objects.exists()


@pytest.mark.parametrize("wrong", [
    {"name": " "}, {"qualification": ""}, {"certificate_number": ""}, {"phone": "打我电话"},
    {"valid_until": date(2009, 1, 1)},
], ids=str)  # fmt: skip
def test_c4_3_a_file_is_whole_and_in_force(bureau, wrong):
    with pytest.raises(InputFault):
        on_file(bureau, **wrong)


def test_c4_3_a_known_contractor_is_renewed_not_doubled(bureau):
    on_file(bureau)
    on_file(bureau, certificate_number="D2")
    assert [one.certificate_number for one in ContractorFile.objects.all()] == ["D2"]


def test_the_journal_keeps_the_leads_name_apart(bureau):
    file = on_file(bureau)
    entry = Entry.objects.get(subject=f"works.contractorfile:{file.pk}")
    assert entry.kind == "contractor.filed"
    assert "李卫国" not in entry.data_json
    assert "0418" not in entry.data_json


def test_c4_3_the_bureau_bars_with_a_reason_and_a_renewal_does_not_lift_it(cast, bureau):
    file = on_file(bureau)
    with pytest.raises(InputFault):
        services.bar_contractor(bureau, file.organisation, " ")
    services.bar_contractor(bureau, file.organisation, "转包")
    on_file(cast[Role.HEAT_SUPPLIER], certificate_number="D2")
    file.refresh_from_db()
    assert (file.barred_reason, file.certificate_number) == ("转包", "D2")
    with pytest.raises(WrongState):
        services.bar_contractor(bureau, file.organisation, "再次")
    assert services.lift_bar(bureau, file.organisation, "已整改").barred_on is None
    with pytest.raises(WrongState):
        services.lift_bar(bureau, file.organisation, "再次")


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.DISTRICT_GOV, Role.CONTRACTOR], ids=str)
def test_c4_3_nobody_else_bars(cast, bureau, role):
    file = on_file(bureau)
    with pytest.raises(NotAllowed):
        services.bar_contractor(cast[role], file.organisation, "转包")


def test_c4_3_a_contractor_without_a_file_cannot_be_barred(bureau, cast):
    with pytest.raises(InputFault):
        services.bar_contractor(bureau, of(), "转包")


def test_c4_3_defects_stops_rounds_and_late_works_follow_the_contractor(cast, bureau):
    project = finished(cast, a_project(cast))
    type(project).objects.filter(pk=project.pk).update(late=True)
    a_round(cast, project, kept=False)
    AcceptanceRound.objects.filter(project=project).update(state="failed")
    for mended_on in (None, date(2011, 10, 1)):
        Defect.objects.create(
            project=project, what="渗水", reported_on=date(2011, 9, 1), within_warranty=True,
            mended_on=mended_on,
        )  # fmt: skip
    SiteCheck.objects.create(project=project, kind="safety", on_date=date(2011, 6, 1), passed=False,
                             stops=True, made_by=bureau)  # fmt: skip
    record = queries.contractor_view(bureau, of().code).row.record
    assert (record.projects, record.in_use, record.finished, record.late) == (2, 0, 1, 1)
    assert (record.rounds, record.not_passed) == (1, 1)
    assert (record.open_defects, record.mended_defects, record.stops, record.stops_open) == (1, 1, 1, 1)


def test_the_record_is_whole_for_another_supplier_but_its_works_are_not_shown(cast, bureau):
    begun(cast, a_project(cast))
    view = queries.contractor_view(cast.other_supplier, of().code)
    assert (view.row.record.projects, view.works) == (2, ())
    assert [(one.year, [state for state, _, _ in one.states]) for one in view.years] == [
        (2011, ["under_construction"]), (2010, ["in_use"]),
    ]  # fmt: skip


def test_a_contractor_sees_its_own_file_alone(cast, bureau):
    on_file(bureau)
    assert [one.name for one in queries.contractors(cast[Role.CONTRACTOR])] == ["建安公司"]
    assert {one.name for one in queries.contractors(bureau)} == {"建安公司", "二建公司"}


def test_c4_3_a_barred_contractor_starts_no_works(cast, bureau):
    project = a_project(cast)
    drawn(cast, project)
    prepared(cast, project)
    services.bar_contractor(bureau, of(), "转包")
    with pytest.raises(WrongState, match="建安公司"):
        fired(cast[Role.HEAT_SUPPLIER], project, "start")
    services.lift_bar(bureau, of(), "已整改")
    assert fired(cast[Role.HEAT_SUPPLIER], project, "start").state == "under_construction"
