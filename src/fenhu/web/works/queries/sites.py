"""A building under construction: its flats by stage, weeks, forecast, checks, materials, photographs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fenhu.programme import PIPES, PROJECT, Forecast, Role, forecast, next_stage, share_done
from fenhu.web import clock
from fenhu.web.access.scope import get_visible
from fenhu.web.works.acting import AT_WORK, acts_on
from fenhu.web.works.building_site import INSPECTORS, builders, ordered_by
from fenhu.web.works.facts.project import deadline_of
from fenhu.web.works.flats import works_of
from fenhu.web.works.models import FlatWork, Material, Paper, Project, SiteCheck, WeekReport
from fenhu.web.works.queries.conversions import project_for
from fenhu.web.works.queries.heads import ProjectHead, head_of
from fenhu.web.works.queries.steps import OpenStep, open_steps
from fenhu.wording import Text

_FINISHING = ("finish", "finish_own", "resume")
_FILERS = (Role.HEAT_SUPPLIER, Role.OWNER_UNIT, Role.CONTRACTOR, Role.CITY_BUREAU)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFlat:
    """One flat and how far its works are; ``following`` is the stage one click leads to."""

    flat_id: str
    unit: int
    storey: int
    position: int
    signed: bool
    stage: str
    stage_on: date | None
    following: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """One reported week; ``needed`` is the share that would have kept a steady way to the deadline."""

    week: date
    crew: int
    note: str
    share: float
    needed: float | None
    reported_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """A check of the works; ``missed`` says why a pressure test did not pass."""

    id: int
    kind: str
    on_date: date
    passed: bool
    finding: str
    pipe: Text | None
    test_mpa: str
    minutes: int | None
    drop_mpa: str
    missed: tuple[Text, ...]
    stops: bool
    cleared_on: date | None
    made_by: str
    may_clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRow:
    """A delivery with its certificate; ``paper`` is the id of the certificate's file."""

    name: str
    specification: str
    quantity: Decimal
    unit: str
    certificate_number: str
    paper: int | None
    on_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A photograph or a certificate on file."""

    id: int
    title: str
    flat_id: str
    on_date: date
    is_image: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """A building under construction as its page shows it; the flags say what the reader may record."""

    row: ProjectHead
    version: int
    started_on: date | None
    finished_on: date | None
    deadline: date
    flats: tuple[SiteFlat, ...]
    share: float
    forecast: Forecast | None
    weeks: tuple[WeekRow, ...]
    weeks_open: tuple[date, ...]
    checks: tuple[CheckRow, ...]
    materials: tuple[MaterialRow, ...]
    certificates: tuple[FileRow, ...]
    photographs: tuple[FileRow, ...]
    steps: tuple[OpenStep, ...]
    builds: bool
    inspects: bool
    tests: bool
    delivers: bool
    files: bool

    @property
    def signed(self) -> int:
        """Return how many flats have a contract."""
        return sum(flat.signed for flat in self.flats)

    @property
    def done(self) -> int:
        """Return in how many flats the works are done."""
        return sum(flat.signed and flat.following is None for flat in self.flats)

    @property
    def stops(self) -> tuple[CheckRow, ...]:
        """Return the stop-work orders in force."""
        return tuple(check for check in self.checks if check.stops and check.cleared_on is None)


def site_view(user: Any, code: str) -> SiteView:
    """Return the construction site of a building's living project.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    project = project_for(user, code)
    flats = _flats(user, project)
    share = share_done([flat.stage for flat in flats if flat.signed])
    weeks = tuple(WeekReport.objects.visible_to(user).filter(project=project).select_related("reported_by")
                  .order_by("week"))  # fmt: skip
    at_work = project.state in AT_WORK
    papers = Paper.objects.visible_to(user).filter(project=project, withdrawn_on__isnull=True)
    return SiteView(
        row=head_of(project), version=project.version, started_on=project.started_on,
        finished_on=project.finished_on, deadline=deadline_of(project), flats=flats, share=share,
        forecast=_forecast(project, weeks, share), weeks=tuple(_week(project, one) for one in weeks),
        weeks_open=_weeks_open(project), checks=_checks(user, project), materials=_materials(user, project),
        certificates=_files(papers.filter(kind="certificate")),
        photographs=_files(papers.filter(kind="photo")),
        steps=tuple(step for step in open_steps(user, project) if step.name in _FINISHING),
        builds=at_work and acts_on(user, project, *builders(project)),
        tests=at_work and acts_on(user, project, *builders(project), Role.HEAT_SUPPLIER),
        inspects=at_work and acts_on(user, project, *INSPECTORS),
        delivers=(at_work or project.state == "drawings_approved")
        and acts_on(user, project, *builders(project)),
        files=project.state not in PROJECT.final and acts_on(user, project, *_FILERS),
    )  # fmt: skip


def check_for(user: Any, code: str, check_id: int) -> SiteCheck:
    """Return a check of a building's living project.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    checks = SiteCheck.objects.select_related("project", "made_by")
    return get_visible(checks, user, project=project_for(user, code), pk=check_id)


def _flats(user: Any, project: Project) -> tuple[SiteFlat, ...]:
    seen = FlatWork.objects.visible_to(user).filter(project=project).select_related("flat")
    places: dict[tuple[int, int], int] = {}
    found = []
    for work in seen.order_by("flat__unit", "flat__storey", "flat__room"):
        flat = work.flat
        place = places[flat.unit, flat.storey] = places.get((flat.unit, flat.storey), 0) + 1
        found.append(SiteFlat(
            flat_id=flat.flat_id, unit=flat.unit, storey=flat.storey, position=place,
            signed=work.contract_on is not None, stage=work.stage, stage_on=work.stage_on,
            following=next_stage(work.stage),
        ))  # fmt: skip
    return tuple(found)


def _forecast(project: Project, weeks: Iterable[WeekReport], share: float) -> Forecast | None:
    """Return when the works are done; None before they began or once they are."""
    if project.started_on is None or project.state not in AT_WORK:
        return None
    today = clock.today()
    reported = [(min(one.week + timedelta(days=6), today), one.share) for one in weeks]
    return forecast(
        [*reported, (today, share)], today=today, deadline=deadline_of(project), started=project.started_on
    )


def _week(project: Project, report: WeekReport) -> WeekRow:
    return WeekRow(
        week=report.week, crew=report.crew, note=report.note, share=report.share,
        needed=_needed(project, report.week + timedelta(days=6)), reported_by=str(report.reported_by),
    )  # fmt: skip


def _needed(project: Project, day: date) -> float | None:
    if project.started_on is None or deadline_of(project) <= project.started_on:
        return None
    return min(1.0, (day - project.started_on) / (deadline_of(project) - project.started_on))


def _weeks_open(project: Project) -> tuple[date, ...]:
    """Return the Mondays of the weeks that can be reported today, this one first."""
    monday = clock.today() - timedelta(days=clock.today().weekday())
    begun = project.started_on or clock.today()
    return tuple(one for one in (monday, monday - timedelta(days=7)) if one + timedelta(days=6) >= begun)


def _checks(user: Any, project: Project) -> tuple[CheckRow, ...]:
    seen = SiteCheck.objects.visible_to(user).filter(project=project).select_related("made_by", "project")
    return tuple(_check(user, one) for one in seen.order_by("-on_date", "-pk"))


def _check(user: Any, check: SiteCheck) -> CheckRow:
    values = check.values
    stopping = check.stops and check.cleared_on is None
    return CheckRow(
        id=check.pk, kind=check.kind, on_date=check.on_date, passed=check.passed, finding=check.finding,
        pipe=PIPES.get(values.get("pipe", "")), test_mpa=values.get("test_mpa", ""),
        minutes=values.get("minutes"), drop_mpa=values.get("drop_mpa", ""),
        missed=tuple(Text.from_json(one) for one in values.get("missed", ())), stops=check.stops,
        cleared_on=check.cleared_on, made_by=str(check.made_by),
        may_clear=stopping and acts_on(user, check.project, *ordered_by(check)),
    )  # fmt: skip


def _materials(user: Any, project: Project) -> tuple[MaterialRow, ...]:
    seen = Material.objects.visible_to(user).filter(project=project)
    return tuple(
        MaterialRow(
            name=one.name, specification=one.specification, quantity=one.quantity, unit=one.unit,
            certificate_number=one.certificate_number, paper=one.certificate_id, on_date=one.on_date,
        )
        for one in seen.order_by("-on_date", "-pk")
    )  # fmt: skip


def _files(papers: Any) -> tuple[FileRow, ...]:
    return tuple(
        FileRow(
            id=one.pk, title=one.title, flat_id=one.flat.flat_id if one.flat else "", on_date=one.on_date,
            is_image=one.media_type.startswith("image/"),
        )
        for one in papers.select_related("flat").order_by("-on_date", "-pk")
    )  # fmt: skip


def flat_for(project: Project, flat_id: str) -> Any:
    """Return a flat of a project's building by its name, None where no name is given.

    Raises
    ------
    InputFault
        If the building has no such flat.
    """
    return works_of(project, [flat_id]).get().flat if flat_id else None
