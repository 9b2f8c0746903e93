"""Works on site: weeks, stages of flats, checks, stop-work orders, materials (三（二）, 四（三）)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, WrongState
from fenhu.programme import (
    PIPES,
    STAGES,
    PressureTest,
    Role,
    goes_back,
    next_stage,
    pressure_faults,
    share_done,
)
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.works.acting import AT_WORK, acts_on, require_acting, taken_up, written
from fenhu.web.works.flats import works_of
from fenhu.web.works.models import FlatWork, Material, Paper, Project, SiteCheck, WeekReport
from fenhu.wording import text

INSPECTIONS = ("safety", "quality")
INSPECTORS = (Role.HEAT_SUPPLIER, Role.CITY_BUREAU, Role.DISTRICT_GOV)
MATERIAL_UNITS = ("m", "套", "个", "t")
_MOST_CREW = 500
_MOST_QUANTITY = Decimal(10) ** 10


def builders(project: Project) -> tuple[Role, ...]:
    """Return who builds: the contractor and who converts, the supplier or the owner unit itself."""
    leading = Role.OWNER_UNIT if project.owner_converts else Role.HEAT_SUPPLIER
    return (Role.CONTRACTOR, leading)


def ordered_by(check: SiteCheck) -> tuple[Role, ...]:
    """Return the kinds of office that may clear a stop-work order: those of who ordered it.

    Where he left his office, the bureau clears it.
    """
    held = tuple(role for role in INSPECTORS if acts_on(check.made_by, check.project, role))
    return held or (Role.CITY_BUREAU,)


@transaction.atomic
def report_week(actor: Any, project: Project, *, week: date, crew: int, note: str = "") -> WeekReport:
    """Return the report of a week with the share done today; written again, it is replaced.

    Parameters
    ----------
    week : any day of this week or of the last one.

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If the week is another one, lies before the works began, or the crew is no number of people.
    """
    case = taken_up(actor, project, *builders(project), states=AT_WORK)
    monday = _reportable(case, week)
    if not 0 <= crew <= _MOST_CREW:
        raise InputFault(text("{crew} people cannot be; give 0 to {most}", crew=crew, most=_MOST_CREW))
    report, _ = WeekReport.objects.update_or_create(
        project=case, week=monday,
        defaults={"crew": crew, "note": note.strip(), "share": _share(case), "reported_by": actor},
    )  # fmt: skip
    kept = {"week": monday.isoformat(), "crew": crew, "share": round(report.share, 4)}
    written(actor, case, "project.week", kept)
    return report


def _reportable(case: Project, week: date) -> date:
    this = _monday(clock.today())
    asked = _monday(week)
    if asked not in (this, this - timedelta(days=7)):
        raise InputFault(text(
            "The share done is read off today: report this week or the last one, not that of {week}",
            week=asked.isoformat(),
        ))  # fmt: skip
    if case.started_on is not None and asked < _monday(case.started_on):
        raise InputFault(text("The works began on {day} only", day=case.started_on.isoformat()))
    return asked


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _share(case: Project) -> float:
    signed = FlatWork.objects.filter(project=case, contract_on__isnull=False)
    return share_done(list(signed.values_list("stage", flat=True)))


@transaction.atomic
def set_stages(actor: Any, project: Project, stages: Mapping[str, str], *, note: str = "") -> int:
    """Return how many flats changed their stage; ``stages`` maps flats with a contract to stages.

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If a flat is not of the building or has no contract, a stage is unknown, or a flat would go back
        without a note while nothing is rectified.
    """
    case = taken_up(actor, project, *builders(project), states=AT_WORK)
    moved = [work for work in works_of(case, stages) if _takes(case, work, stages[work.flat.flat_id], note)]
    FlatWork.objects.bulk_update(moved, ["stage", "stage_on"])
    if moved:
        kept: dict[str, object] = {"stages": {work.flat.flat_id: work.stage for work in moved}}
        if note.strip():
            kept["note"] = journal.personal(journal.subject_name(case), note.strip())
        written(actor, case, "project.stages", kept)
    return len(moved)


@transaction.atomic
def advance(actor: Any, project: Project, flat_id: str) -> str:
    """Return the stage a flat has now, one further than before.

    Raises
    ------
    NotAllowed, WrongState, InputFault
        As ``set_stages``; also where the flat is done.
    """
    case = taken_up(actor, project, *builders(project), states=AT_WORK)
    [work] = works_of(case, [flat_id])
    following = next_stage(work.stage)
    if following is None:
        raise WrongState(text("Flat {flat} is done", flat=flat_id))
    set_stages(actor, project, {flat_id: following})
    return following


def _takes(case: Project, work: FlatWork, stage: str, note: str) -> bool:
    """Give the flat its stage, to be stored with the others; false where it has it already."""
    flat_id = work.flat.flat_id
    if stage not in STAGES:
        raise InputFault(text("There is no stage {stage}", stage=stage))
    if work.contract_on is None:
        raise InputFault(text("Flat {flat} has no contract; nothing is built in it", flat=flat_id))
    if work.stage == stage:
        return False
    if goes_back(work.stage, stage) and case.state != "rectifying" and not note.strip():
        raise InputFault(text(
            "Flat {flat} is “{now}” already; write why it goes back", flat=flat_id, now=STAGES[work.stage]
        ))  # fmt: skip
    work.stage, work.stage_on = stage, clock.today()
    return True


@transaction.atomic
def inspect(
    actor: Any, project: Project, *, kind: str, passed: bool, finding: str = "", stops: bool = False
) -> SiteCheck:
    """Return a safety or quality inspection; one that did not pass may order the works to stop.

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If the kind is unknown, nothing is said of what did not pass, or a passed one orders a stop.
    """
    case = taken_up(actor, project, *INSPECTORS, states=AT_WORK)
    if kind not in INSPECTIONS:
        raise InputFault(text("There is no inspection of kind {kind}", kind=kind))
    if passed and stops:
        raise InputFault(text("What passed cannot stop the works; choose one of the two"))
    if not passed and not finding.strip():
        raise InputFault(text("Write what was found: the contractor has to mend it"))
    return _checked(actor, case, kind=kind, passed=passed, finding=finding.strip(), stops=stops)


@transaction.atomic
def record_pressure_test(
    actor: Any, project: Project, *, pipe: str, measured: PressureTest, finding: str = ""
) -> SiteCheck:
    """Return a hydraulic test, judged by the code's limits for its kind of pipe.

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If the kind of pipe is unknown or a value is below zero.
    """
    case = taken_up(actor, project, *builders(project), Role.HEAT_SUPPLIER, states=AT_WORK)
    if pipe not in PIPES:
        raise InputFault(text("There is no pipe of kind {pipe}", pipe=pipe))
    values = _values(measured)
    if not all(Decimal(str(value)).is_finite() and Decimal(str(value)) >= 0 for value in values.values()):
        raise InputFault(text("A pressure, a drop or a time below zero cannot be; correct it"))
    faults = pressure_faults(pipe, measured)
    return _checked(
        actor, case, kind="pressure_test", passed=not faults, finding=finding.strip(),
        values={"pipe": pipe, **values, "leaks": measured.leaks, "missed": [one.to_json() for one in faults]},
    )  # fmt: skip


def _values(measured: PressureTest) -> dict[str, object]:
    found: dict[str, object] = {
        "working_mpa": str(measured.working_mpa), "test_mpa": str(measured.test_mpa),
        "minutes": measured.minutes, "drop_mpa": str(measured.drop_mpa),
    }  # fmt: skip
    if measured.then_minutes is not None:
        found["then_minutes"] = measured.then_minutes
    if measured.then_drop_mpa is not None:
        found["then_drop_mpa"] = str(measured.then_drop_mpa)
    return found


def _checked(actor: Any, case: Project, **fields: Any) -> SiteCheck:
    check = SiteCheck.objects.create(project=case, on_date=clock.today(), made_by=actor, **fields)
    kept = {"check": check.pk, "kind": check.kind, "passed": check.passed, "stops": check.stops}
    written(actor, case, "project.check", kept)
    return check


@transaction.atomic
def clear_stop(actor: Any, check: SiteCheck) -> SiteCheck:
    """Return the check whose stop-work order is lifted, by the kind of office that ordered it.

    Raises
    ------
    NotAllowed
        If another kind of office ordered it.
    WrongState
        If it orders no stop, or the stop is lifted already.
    """
    require_acting(actor, check.project, *ordered_by(check))
    case = SiteCheck.objects.select_for_update().get(pk=check.pk)
    if not case.stops or case.cleared_on is not None:
        raise WrongState(text("This check stops no works"))
    case.cleared_on = clock.today()
    case.save(update_fields=["cleared_on"])
    written(actor, check.project, "project.stop_cleared", {"check": case.pk})
    return case


@transaction.atomic
def deliver_material(
    actor: Any,
    project: Project,
    *,
    name: str,
    quantity: Decimal,
    unit: str,
    certificate_number: str,
    specification: str = "",
    certificate_paper: Paper | None = None,
) -> Material:
    """Return a delivery of material with its certificate (clause 四（三）).

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If its name, its unit or its certificate's number is missing, the quantity is not above zero, or the
        certificate is a paper of another kind or project.
    """
    case = taken_up(actor, project, *builders(project), states=(*AT_WORK, "drawings_approved"))
    if not (name.strip() and unit.strip() and certificate_number.strip()):
        raise InputFault(text("Give name, unit and the certificate's number; without it nothing is built in"))
    if not (quantity.is_finite() and 0 < quantity < _MOST_QUANTITY):
        raise InputFault(text("{quantity} {unit} cannot be delivered", quantity=str(quantity), unit=unit))
    paper = certificate_paper
    if paper is not None and (paper.project_id, paper.kind) != (case.pk, "certificate"):
        raise InputFault(text("“{title}” is no certificate of this project", title=paper.title))
    material = Material.objects.create(
        project=case, name=name.strip(), specification=specification.strip(), quantity=quantity,
        unit=unit.strip(), certificate_number=certificate_number.strip(), certificate=paper,
        on_date=clock.today(),
    )  # fmt: skip
    kept = {"material": material.name, "quantity": str(quantity), "unit": material.unit,
            "certificate": material.certificate_number}  # fmt: skip
    written(actor, case, "project.material", kept)
    return material
