"""The days of a year: who does what to which building, a fixed number of days after the plan's approval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from fenhu.errors import Infeasible, InputFault, NotConverged, WrongState
from fenhu.programme import STAGES, PressureTest, Role
from fenhu.web import clock
from fenhu.web.access.models import User
from fenhu.web.playing.collecting import households_pay, offices_pay, pay_rewards
from fenhu.web.playing.issuing import issue_after, issue_scheme
from fenhu.web.playing.paper import a_sheet
from fenhu.web.playing.people import People
from fenhu.web.playing.residents import act_on_pages, answer_of, contract_number
from fenhu.web.registry.models import Organisation
from fenhu.web.works import services
from fenhu.web.works.models import AcceptanceRound, AnnualPlan, Consent, FlatWork, Project
from fenhu.wording import Text, text

Report = Callable[[Text, int, int], None]
_REVIEWED = ("drawings", "technical_requirements", "pipe_sizes", "technical_briefing")
_WEEKS = len(STAGES) - 1
# Days after the approval on which each part of the work is done.
INFORMED, ASKED, SIGNED, DRAWN, APPROVED, BEGUN = 7, 14, 21, 28, 36, 40
FINISHED, ACCEPTED, REWARDED = 80, 88, 150
_MEASURED = {
    "radiator_pressure_mpa": "0.8", "system_pressure_drop_mpa": "0.02", "flushings": "2", "trial_run_h": "24",
    "flow_ratio": "1.02", "makeup_percent": "0.3",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of a project's way: from which state, how many days after the approval, and what is done."""

    source: str
    after_days: int
    do: Callable[[People, Project], None]


def play_year(
    plans: Sequence[AnnualPlan], people: People, *, filed: date, approved: date, until: date, report: Report
) -> None:
    """File and approve drafts, then lead every building on them as far as ``until`` lets it.

    Raises
    ------
    FenhuError
        If an office may not do what the calendar asks of it; a synthetic city's never does.
    """
    for plan in plans:
        if plan.state == "draft":
            _plan_step(people.of(Role.HEAT_SUPPLIER, plan.supplier), plan, "file", filed)
            _plan_step(people.bureau(), plan, "approve", approved)
            issue_scheme(people, plan)
    projects = Project.objects.filter(building__plan_items__plan__in=plans).order_by("building__code")
    play_projects(list(projects), people, approved=approved, until=until, report=report)


def play_projects(
    projects: Sequence[Project], people: People, *, approved: date, until: date, report: Report
) -> None:
    """Lead projects along their way as far as ``until`` lets them."""
    shown = {project.pk for project in first_of_each_supplier(projects)}
    for done, project in enumerate(projects, start=1):
        with transaction.atomic():
            _lead(project, people, approved, until, shown=project.pk in shown)
        report(text("Playing the year"), done, len(projects))
    rewarded = approved + timedelta(days=REWARDED)
    if rewarded <= until:
        played = Project.objects.filter(pk__in=[one.pk for one in projects]).select_related("building")
        pay_rewards(people, played, rewarded)


def first_of_each_supplier(projects: Sequence[Project]) -> tuple[Project, ...]:
    """Return the projects with official papers and lived flats' pages: enough to see each, quick to make."""
    first: dict[int, Project] = {}
    for project in projects:
        first.setdefault(project.building.supplier_id, project)
    return tuple(first.values())


def _lead(project: Project, people: People, approved: date, until: date, *, shown: bool) -> None:
    for stage in STAGES_OF_A_YEAR:
        day = approved + timedelta(days=stage.after_days)
        project.refresh_from_db()
        if day > until or project.state != stage.source:
            continue
        with clock.on(day):
            if shown:
                act_on_pages(people, project, stage.source)
                project.refresh_from_db()
            stage.do(people, project)
            if shown:
                project.refresh_from_db()
                issue_after(people, project, stage.source)


def _inform(people: People, project: Project) -> None:
    supplier = _supplier(people, project)
    services.deliver_notices(supplier, project, None, how="hand")
    _fire(supplier, project, "inform")


def _ask(people: People, project: Project) -> None:
    """Ask everybody who did not answer on his flat's page."""
    asker = _community(people, project)
    answered = set(
        Consent.objects.filter(flat__building=project.building, how="page").values_list("flat", flat=True)
    )
    works = enumerate(_works(project))
    answers = [answer_of(place, work) for place, work in works if work.flat_id not in answered]
    services.record_answers(asker, project, answers, how="door")
    try:
        _fire(asker, project, "agree")
    except WrongState:
        # Too few agree: the building waits, as it would.
        return


def _sign(people: People, project: Project) -> None:
    supplier = _supplier(people, project)
    agreed = [work for work in _works(project) if work.flat.consent and work.contract_on is None]
    services.sign_contracts(
        supplier, project, {work.flat.flat_id: contract_number(project, work) for work in agreed}
    )
    _fire(supplier, project, "contract")


def _draw(people: People, project: Project) -> None:
    supplier = _supplier(people, project)
    for kind in _REVIEWED:
        sheet = a_sheet(f"{kind}.pdf", f"Synthetic city - {kind} of {project.building.code}")
        services.file_paper(supplier, project, kind=kind, title="", file=sheet)
    _design(supplier, project)
    _fire(supplier, project, "design")


def _design(supplier: User, project: Project) -> None:
    """Design the building and submit it; where a check does not hold, its drawings stay on paper alone."""
    try:
        with transaction.atomic():
            version = services.make_design(supplier, project.building)
            for code in (one["code"] for one in version.checks if one["verdict"] == "warning"):
                services.give_reason(supplier, version, check=code, reason="示范：已现场核对，按改造条件采用")
            services.submit_design(supplier, version)
    except (InputFault, Infeasible, NotConverged, WrongState):
        return


def _approve(people: People, project: Project) -> None:
    _fire(people.bureau(), project, "approve_drawings")


def _begin(people: People, project: Project) -> None:
    supplier, today = _supplier(people, project), clock.today()
    contractor = _contractor(people, project)
    services.choose_contractor(supplier, project, contractor.name)
    leads = (("示范供热负责人", "0000-1000001"), ("示范施工负责人", "0000-1000002"))
    services.publish_leads(supplier, project, supplier=leads[0], contractor=leads[1])
    services.name_technician(supplier, project, name="示范技术员", phone="0000-1000003")
    services.lay_mains(supplier, project, on=today)
    services.brief(supplier, project, on=today)
    services.set_timetable(supplier, project, ready_by=today + timedelta(days=7))
    _fire(supplier, project, "start")
    households_pay(supplier, project)
    services.deliver_material(
        supplier, project, name="PE-RT", specification="dn20", quantity=Decimal(20 * _works(project).count()),
        unit="m", certificate_number=f"HG-{project.building.code}",
    )  # fmt: skip


def _week(number: int) -> Callable[[People, Project], None]:
    def work(people: People, project: Project) -> None:
        builder = people.of(Role.CONTRACTOR, _chosen(project))
        stage = list(STAGES)[number]
        signed = [work.flat.flat_id for work in _works(project) if work.contract_on]
        if number == 1:
            services.ready(_supplier(people, project), project, signed)
        services.set_stages(builder, project, dict.fromkeys(signed, stage))
        services.report_week(builder, project, week=clock.today(), crew=8, note="")

    return work


def _finish(people: People, project: Project) -> None:
    supplier = _supplier(people, project)
    services.inspect(supplier, project, kind="safety", passed=True, finding="")
    held = PressureTest(
        working_mpa=Decimal("0.4"), test_mpa=Decimal("0.6"), minutes=60, drop_mpa=Decimal("0.02"),
        then_minutes=120, then_drop_mpa=Decimal("0.01"),
    )  # fmt: skip
    services.record_pressure_test(supplier, project, pipe="plastic", measured=held)
    _fire(supplier, project, "finish")


def _accept(people: People, project: Project) -> None:
    building = project.building
    citys = building.authority == "city"
    organiser = people.bureau() if citys else people.district(building.district)
    held = services.open_round(organiser, project)
    for test, value in _MEASURED.items():
        services.measure(organiser, held, test, Decimal(value))
    for work in list(_works(project).filter(contract_on__isnull=False))[::10]:
        services.measure(organiser, held, "room_temperature_c", Decimal("20.5"), flat_id=work.flat.flat_id)
    _sign_round(people, project, held)
    held.refresh_from_db()
    services.fire(organiser, held, "pass", version=held.version)
    _fire(organiser, project, "accept")
    _fire(_supplier(people, project), project, "use")
    offices_pay(_supplier(people, project), project)


def _sign_round(people: People, project: Project, held: AcceptanceRound) -> None:
    building = project.building
    offices = {
        Role.CITY_BUREAU: people.bureau, Role.DISTRICT_GOV: lambda: people.district(building.district),
        Role.HEAT_SUPPLIER: lambda: _supplier(people, project),
        Role.CONTRACTOR: lambda: people.of(Role.CONTRACTOR, _chosen(project)),
        Role.COMMUNITY: lambda: _community(people, project),
    }  # fmt: skip
    for party in services.acceptance_parties(project):
        role, on_paper = services.signs_for(project, party)
        services.sign(offices[role](), held, party, agrees=True, name="示范代表" if on_paper else "")


STAGES_OF_A_YEAR: tuple[Stage, ...] = (
    Stage("listed", INFORMED, _inform),
    Stage("informed", ASKED, _ask),
    Stage("consented", SIGNED, _sign),
    Stage("contracted", DRAWN, _draw),
    Stage("designed", APPROVED, _approve),
    Stage("drawings_approved", BEGUN, _begin),
    *(Stage("under_construction", BEGUN + 7 * week, _week(week)) for week in range(1, _WEEKS + 1)),
    Stage("under_construction", FINISHED, _finish),
    Stage("finished", ACCEPTED, _accept),
)


def _works(project: Project) -> QuerySet[FlatWork]:
    return FlatWork.objects.filter(project=project).select_related("flat").order_by("pk")


def _supplier(people: People, project: Project) -> User:
    return people.of(Role.HEAT_SUPPLIER, project.building.supplier)


def _community(people: People, project: Project) -> User:
    community = project.building.community
    return _supplier(people, project) if community is None else people.of(Role.COMMUNITY, community)


def _contractor(people: People, project: Project) -> Organisation:
    known = list(Organisation.objects.filter(kind=Role.CONTRACTOR).order_by("code"))
    return known[project.building_id % len(known)]


def _chosen(project: Project) -> Organisation:
    assert project.contractor is not None
    return project.contractor


def _fire(actor: User, project: Project, step: str, note: str = "") -> None:
    project.refresh_from_db()
    services.fire(actor, project, step, version=project.version, note=note)


def _plan_step(actor: User, plan: AnnualPlan, step: str, day: date) -> None:
    with transaction.atomic(), clock.on(day):
        plan.refresh_from_db()
        services.fire(actor, plan, step, version=plan.version)
