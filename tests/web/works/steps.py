"""A project taken along its way by the public verbs, for tests that begin somewhere on it."""

from datetime import timedelta
from io import BytesIO

from django.core.files import File
from tests.web.cast import a_plan

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.registry.models import Building, Organisation
from fenhu.web.works import services
from fenhu.web.works.models import (
    AcceptanceRound,
    ContractorFile,
    FlatWork,
    MeasuredValue,
    Project,
    Signature,
    SiteCheck,
)

REVIEWED = ("drawings", "technical_requirements", "pipe_sizes", "technical_briefing")
BOTH = ("1-1-101", "1-2-201")
# What passes of all that is measured for the whole system.
SYSTEM_VALUES = {
    "radiator_pressure_mpa": "0.8", "system_pressure_drop_mpa": "0.02", "flushings": "1", "trial_run_h": "24",
    "flow_ratio": "0.95", "makeup_percent": "0.2",
}  # fmt: skip


def a_file(name="图纸.pdf", begins=b"%PDF-1.4 "):
    return File(BytesIO(begins + b"x" * 100), name=name)


def fired(actor, project, step, note=""):
    project.refresh_from_db()
    return services.fire(actor, project, step, version=project.version, note=note)


def a_project(cast, code="A2", year=2011):
    """Return the project of a building whose plan was approved."""
    Building.objects.filter(code=code).update(main_ready=None)
    plan = a_plan(codes=(code,), year=year)
    fired(cast[Role.HEAT_SUPPLIER], plan, "file")
    fired(cast[Role.CITY_BUREAU], plan, "approve")
    return Project.objects.get(building__code=code)


def informed(cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    services.deliver_notices(supplier, project, None, how="hand")
    return fired(supplier, project, "inform")


def consented(cast, project):
    informed(cast, project)
    answers = [services.Answer(flat=flat, agrees=True) for flat in BOTH]
    services.record_answers(cast[Role.COMMUNITY], project, answers, how="door")
    return fired(cast[Role.COMMUNITY], project, "agree")


def contracted(cast, project):
    consented(cast, project)
    services.sign_contracts(cast[Role.HEAT_SUPPLIER], project, {flat: f"HT-{flat}" for flat in BOTH})
    return fired(cast[Role.HEAT_SUPPLIER], project, "contract")


def designed(cast, project):
    contracted(cast, project)
    for kind in REVIEWED:
        services.file_paper(cast[Role.HEAT_SUPPLIER], project, kind=kind, title="", file=a_file())
    return fired(cast[Role.HEAT_SUPPLIER], project, "design")


def drawn(cast, project):
    designed(cast, project)
    return fired(cast[Role.CITY_BUREAU], project, "approve_drawings")


def prepared(cast, project):
    """Open every gate that is not opened by a step."""
    supplier, today = cast[Role.HEAT_SUPPLIER], clock.today()
    contractor = Organisation.objects.get(kind=Role.CONTRACTOR)
    ContractorFile.objects.update_or_create(
        organisation=contractor,
        defaults={"qualification": "二级", "certificate_number": "A1",
                  "valid_until": today + timedelta(days=365)},
    )  # fmt: skip
    services.choose_contractor(supplier, project, contractor.name)
    services.publish_leads(
        supplier, project, supplier=("王工", "0418-1234567"), contractor=("李工", "0418-7654321")
    )
    services.name_technician(supplier, project, name="赵工", phone="13800000000")
    services.lay_mains(supplier, project, on=today)
    services.brief(supplier, project, on=today)
    project.refresh_from_db()
    return project


def begun(cast, project):
    drawn(cast, project)
    prepared(cast, project)
    return fired(cast[Role.HEAT_SUPPLIER], project, "start")


def finished(cast, project):
    begun(cast, project)
    FlatWork.objects.filter(project=project).update(stage="done")
    SiteCheck.objects.create(
        project=project, kind="pressure_test", on_date=clock.today(), passed=True,
        made_by=cast[Role.HEAT_SUPPLIER],
    )  # fmt: skip
    return fired(cast[Role.HEAT_SUPPLIER], project, "finish")


def a_round(cast, project, *, kept=True):
    """Return a round in which everything was measured and everybody signed."""
    held = AcceptanceRound.objects.create(
        project=project, number=project.rounds.count() + 1, opened_on=clock.today()
    )
    for test in (*SYSTEM_VALUES, "room_temperature_c"):
        MeasuredValue.objects.create(round=held, test=test, value=1, kept=kept, measured_on=clock.today())
    for party in ("city_bureau", "district_gov", "heat_supplier", "contractor", "community",
                  "resident_representatives"):  # fmt: skip
        Signature.objects.create(
            round=held, party=party, agrees=True, signed_on=clock.today(), signed_by=cast[Role.CITY_BUREAU]
        )
    return held
