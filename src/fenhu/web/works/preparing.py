"""What makes a project ready to start: contractor, leads, technician, mains, briefing, papers, extension."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import PAPERS, PROJECT, Role
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import organisation_named
from fenhu.web.registry.services import check_phone
from fenhu.web.works.acting import AT_WORK, BEFORE_WORKS, require_acting, taken_up, written
from fenhu.web.works.facts.project import deadline_of
from fenhu.web.works.given import media_type_of, past_day
from fenhu.web.works.models import Paper, Project
from fenhu.wording import text

_SUPPLIER, _OWNER = Role.HEAT_SUPPLIER, Role.OWNER_UNIT
_UNDRAWN = ("listed", "informed", "consented", "contracted")
_LEADS = ("supplier_lead", "supplier_phone", "contractor_lead", "contractor_phone")


@transaction.atomic
def choose_contractor(actor: Any, project: Project, name: str) -> Project:
    """Return the project with its contractor chosen (clause 四（三）).

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If no contractor has that name.
    """
    case = taken_up(actor, project, _SUPPLIER, _OWNER, states=BEFORE_WORKS)
    contractor = organisation_named(Role.CONTRACTOR, name.strip())
    if contractor is None:
        raise InputFault(
            text("No contractor is called {name}; enter it in the register first", name=name.strip())
        )
    before = case.contractor.name if case.contractor else ""
    kept = {"before": before, "contractor": contractor.name}
    return _changed(actor, case, "contractor", kept, contractor=contractor)


@transaction.atomic
def publish_leads(
    actor: Any, project: Project, *, supplier: tuple[str, str], contractor: tuple[str, str]
) -> Project:
    """Return the project with both leads' names and telephone numbers published (clause 三（三）).

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If a name or a number is missing.
    """
    case = taken_up(actor, project, _SUPPLIER, _OWNER, states=BEFORE_WORKS)
    values = [one.strip() for one in (*supplier, *contractor)]
    if not all(values):
        raise InputFault(text("Give name and telephone number of both leads; they are published"))
    for phone in (values[1], values[3]):
        check_phone(phone)
    fields = dict(zip(_LEADS, values, strict=True))
    return _changed(actor, case, "leads", fields, published_on=clock.today(), **fields)


@transaction.atomic
def name_technician(actor: Any, project: Project, *, name: str, phone: str) -> Project:
    """Return the project with the technician of its works named (clause 四（一）)."""
    case = taken_up(actor, project, _SUPPLIER, _OWNER, states=BEFORE_WORKS)
    if not name.strip():
        raise InputFault(text("Give the technician's name"))
    check_phone(phone.strip())
    kept = {"name": journal.personal(journal.subject_name(case), name.strip())}
    return _changed(actor, case, "technician", kept, technician=name.strip(), technician_phone=phone.strip())


@transaction.atomic
def lay_mains(actor: Any, project: Project, *, on: date) -> Project:
    """Return the project with its mains in place since a day (clause 四（一）)."""
    case = taken_up(actor, project, _SUPPLIER, states=BEFORE_WORKS)
    return _changed(actor, case, "mains", {"on": past_day(on).isoformat()}, mains_ready_on=on)


@transaction.atomic
def brief(actor: Any, project: Project, *, on: date) -> Project:
    """Return the project with the technical briefing on record (clause 三（三）)."""
    case = taken_up(actor, project, _SUPPLIER, _OWNER, states=BEFORE_WORKS)
    return _changed(actor, case, "briefed", {"on": past_day(on).isoformat()}, briefed_on=on)


@transaction.atomic
def set_timetable(actor: Any, project: Project, *, ready_by: date) -> Project:
    """Return the project with the day by which households are to be prepared (clause 二（四）)."""
    case = taken_up(actor, project, _SUPPLIER, states=BEFORE_WORKS)
    if ready_by > deadline_of(case):
        raise InputFault(text("{day} is after the works are to be done", day=ready_by.isoformat()))
    return _changed(actor, case, "timetable", {"ready_by": ready_by.isoformat()}, ready_by=ready_by)


@transaction.atomic
def owner_converts(actor: Any, project: Project, *, itself: bool) -> Project:
    """Return the project converted by its owner unit itself, or by the supplier again (clause 三（三）).

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``; drawings that are submitted are withdrawn first.
    """
    case = taken_up(
        actor, project, _SUPPLIER, _OWNER, states=("listed", "informed", "consented", "contracted")
    )
    if case.building.owner_id is None:
        raise WrongState(text("The building has no owner unit"))
    return _changed(actor, case, "owner_converts", {"itself": itself}, owner_converts=itself)


@transaction.atomic
def ask_extension(actor: Any, project: Project, *, until: date, reason: str) -> Project:
    """Return the project with an extension asked for beyond the completion deadline (clause 三（二）)."""
    case = taken_up(actor, project, _SUPPLIER, _OWNER, states=(*BEFORE_WORKS, *AT_WORK))
    if until <= deadline_of(case):
        raise InputFault(text("The works may last until {day} already", day=deadline_of(case).isoformat()))
    if not reason.strip():
        raise InputFault(text("Write why more time is needed"))
    kept = {"until": until.isoformat()}
    return _changed(
        actor, case, "extension_asked", kept, extension_asked_to=until, extension_reason=reason.strip()
    )


@transaction.atomic
def decide_extension(actor: Any, project: Project, *, granted: bool) -> Project:
    """Return the project with its extension granted or refused by the bureau, never by who asked for it."""
    case = taken_up(actor, project, Role.CITY_BUREAU, states=(*BEFORE_WORKS, *AT_WORK))
    if case.extension_asked_to is None:
        raise WrongState(text("Nobody asked for more time"))
    kept = {"granted": granted, "until": case.extension_asked_to.isoformat()}
    until = case.extension_asked_to if granted else case.extended_to
    return _changed(actor, case, "extension_decided", kept, extended_to=until, extension_asked_to=None)


@transaction.atomic
def file_paper(
    actor: Any,
    project: Project,
    *,
    kind: str,
    title: str,
    file: File,
    on: date | None = None,
    flat: Any = None,
) -> Paper:
    """Return a paper filed with a project.

    Raises
    ------
    NotAllowed
        If the project is not the actor's to work on.
    WrongState
        If the project is over.
    InputFault
        If the kind is unknown, or the file is empty, too large, or neither PDF, PNG nor JPEG.
    """
    require_acting(actor, project, _SUPPLIER, _OWNER, Role.CONTRACTOR, Role.CITY_BUREAU)
    if project.state in PROJECT.final:
        raise WrongState(text("The project is “{state}”", state=PROJECT.states[project.state]))
    if kind not in PAPERS:
        raise InputFault(text("There is no paper of kind {kind}", kind=kind))
    media_type = media_type_of(file)
    digest = hashlib.sha256(b"".join(file.chunks())).hexdigest()
    paper = Paper.objects.create(
        project=project, kind=kind, flat=flat, title=title.strip() or str(PAPERS[kind]), file=file,
        media_type=media_type, size_bytes=file.size, digest=digest, on_date=past_day(on),
        filed_by=actor,
    )  # fmt: skip
    written(actor, project, "project.paper", {"kind": kind, "digest": digest})
    return paper


@transaction.atomic
def withdraw_paper(actor: Any, paper: Paper) -> None:
    """Withdraw a paper before the drawings are judged; it stays on record.

    Raises
    ------
    NotAllowed
        If somebody else filed it.
    WrongState
        If the drawings are submitted or approved.
    """
    if paper.filed_by_id != actor.pk:
        raise NotAllowed(text("Only who filed a paper can withdraw it"))
    if paper.project.state not in _UNDRAWN:
        raise WrongState(text("The drawings are submitted; ask for their return first"))
    Paper.objects.filter(pk=paper.pk).update(withdrawn_on=clock.today())
    written(actor, paper.project, "project.paper_withdrawn", {"kind": paper.kind, "digest": paper.digest})


def _changed(actor: Any, case: Project, what: str, data: Mapping[str, object], **fields: object) -> Project:
    Project.objects.filter(pk=case.pk).update(**fields)
    written(actor, case, f"project.{what}", data)
    case.refresh_from_db()
    return case
