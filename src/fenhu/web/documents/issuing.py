"""Issuing a paper: for which office, under which number, made of which values, kept for good."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse

from fenhu.errors import Conflict, InputFault, NotAllowed, UnknownItem, WrongState
from fenhu.papers import issued
from fenhu.programme import ROLE_NAMES, Role
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.documents.codes import grouped
from fenhu.web.documents.kinds import KINDS, Kind
from fenhu.web.documents.models import REPLACED, WITHDRAWN, Document, Ending, Number, Office
from fenhu.web.documents.numbering import give_numbers, locked
from fenhu.web.documents.offices import key_of, office_of
from fenhu.web.documents.subjects import Praises, named, place_of, subject_for
from fenhu.web.documents.templating import in_force, template_folder
from fenhu.web.journal import services as journal
from fenhu.wording import CHINESE, speaking, text

_MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MOST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A paper that is made and not kept yet."""

    number: Number
    subject: Any
    content: bytes


@transaction.atomic
def issue(actor: Any, *, kind: str, subject: Any) -> Document:
    """Return the paper of a kind about a subject, numbered, made and kept.

    Raises
    ------
    UnknownItem
        If there is no such kind of paper.
    NotAllowed
        If none of the actor's offices issues it about this subject.
    WrongState
        If it is issued already and valid, or what it says is not settled yet.
    TemplateFault
        If the office's own template cannot be used.
    """
    row = kind_of(kind)
    office = locked(issuing_office(actor, row, subject))
    standing = standing_of(row, [subject]).get(named(subject))
    if standing is not None:
        raise WrongState(text(
            "It is issued already as {number}; replace it where something changed",
            number=standing.number.words,
        ))  # fmt: skip
    return _issued(actor, office, row, subject)


@transaction.atomic
def replace(actor: Any, document: Document, *, reason: str) -> Document:
    """Return the paper that takes the place of one, made of what is known today under a new number.

    Raises
    ------
    NotAllowed
        If it is not of the actor's office.
    InputFault
        If no reason is given.
    WrongState, Conflict
        If it is not valid any more, or cannot be issued again as things stand.
    """
    said = _reason(reason)
    row = kind_of(document.number.kind)
    subject = subject_for(actor, document.number.subject)
    office = issuing_office(actor, row, subject)
    _end_check(document)
    successor = _issued(actor, office, row, subject)
    _end(actor, document, REPLACED, said, successor)
    return successor


@transaction.atomic
def withdraw(actor: Any, document: Document, *, reason: str) -> Document:
    """Return the paper, withdrawn: it stays on record, and its verification page says so.

    Raises
    ------
    NotAllowed
        If it is not of the actor's office.
    InputFault
        If no reason is given.
    Conflict
        If it is not valid any more.
    """
    said = _reason(reason)
    if not may_end(actor, document):
        raise NotAllowed(text("Only {office} withdraws its papers", office=document.number.office.name))
    _end_check(document)
    _end(actor, document, WITHDRAWN, said, None)
    return document


def may_end(actor: Any, document: Document) -> bool:
    """Return whether a paper is of one of the actor's offices."""
    return document.number.office.key in {key_of(grant) for grant in grants_of(actor) if _issues(grant)}


def kind_of(kind: str) -> Kind:
    """Return a kind of paper.

    Raises
    ------
    UnknownItem
        If there is none.
    """
    if kind not in KINDS:
        raise UnknownItem(text("There is no paper of kind {kind}", kind=kind))
    return KINDS[kind]


def issuing_office(actor: Any, kind: Kind, subject: Any) -> Office:
    """Return the actor's office that issues papers of a kind about a subject.

    Raises
    ------
    NotAllowed
        If there is none.
    """
    for grant in grants_of(actor):
        if Role(grant.role) in kind.issuers and covers(grant, subject):
            return office_of(grant)
    raise NotAllowed(text("This paper is issued by: {office}", office=ROLE_NAMES[kind.issuers[0]]))


def covers(grant: Any, subject: Any) -> bool:
    """Return whether a subject is within a grant; a government's own list or reward only its own."""
    if isinstance(subject, Praises):
        return key_of(grant) == subject.office
    if subject._meta.label_lower == "ledger.rewardproposal":
        return subject.district == grant.district
    rows: Any = type(subject)._default_manager.filter(pk=subject.pk)
    return bool(rows.covered_by([grant]).exists())


def standing_of(kind: Kind, subjects: Collection[Any]) -> dict[str, Document]:
    """Return the valid papers of a kind about subjects, by the subject's name."""
    rows = Document.objects.filter(
        number__kind=kind.kind, number__subject__in=[named(one) for one in subjects], ending__isnull=True
    )
    return {one.number.subject: one for one in rows.select_related("number__office")}


def gathered(actor: Any, kind: Kind, subjects: Sequence[Any]) -> list[Any]:
    """Return the values of papers about subjects; official papers speak Chinese, whoever issues them."""
    with speaking(CHINESE):
        return kind.gather(actor, subjects)


def made_of(number: Number, subject: Any, values: Any, folder: Path | None) -> Made:
    """Return the paper of a number, made and not kept yet; the same day it has the same bytes."""
    heading = issued.Heading(
        office=number.office.name, number=number.words, date=clock.today(),
        verify_url=verify_address(number.code), demo=settings.DEMO,
    )  # fmt: skip
    content = issued.make(number.kind, values, heading=heading, folder=folder)
    return Made(number=number, subject=subject, content=content)


def verify_address(code: str) -> str:
    """Return the whole address under which a paper is verified."""
    return f"{settings.ADDRESS}{reverse('verification', kwargs={'code': grouped(code)})}"


@transaction.atomic
def keep(actor: Any, office: Office, made: Sequence[Made]) -> list[Document]:
    """Return the papers kept for good; one that somebody else kept meanwhile is left as it is."""
    locked(office)
    kept = set(
        Document.objects.filter(number__in=[one.number for one in made]).values_list("number", flat=True)
    )
    return [_kept(actor, one) for one in made if one.number.pk not in kept]


def _issued(actor: Any, office: Office, kind: Kind, subject: Any) -> Document:
    reason = kind.held_back(subject)
    if reason is not None:
        raise WrongState(reason)
    [values] = gathered(actor, kind, [subject])
    [number] = give_numbers(actor, office, kind.kind, [named(subject)])
    with template_folder(office) as folder:
        made = made_of(number, subject, values, folder)
    [document] = keep(actor, office, [made])
    return document


def _kept(actor: Any, made: Made) -> Document:
    place, number = place_of(made.subject), made.number
    form = issued.KINDS[number.kind].formats[0]
    digest = hashlib.sha256(made.content).hexdigest()
    name = f"issued/{digest[:2]}/{digest}.{form}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(made.content))
    document = Document.objects.create(
        number=number, title=_title(number, place), building=place.building, project=place.project,
        flat=place.flat, plan=place.plan, reward=place.reward, file=name, media_type=_MEDIA_TYPES[form],
        size_bytes=len(made.content), digest=digest, issued_on=clock.today(), issued_by=actor,
        template=in_force(number.office, number.kind),
    )  # fmt: skip
    journal.record(actor=actor, subject=document, kind="document.issued", data={
        "paper": number.kind, "number": number.words, "about": number.subject, "digest": digest,
    })  # fmt: skip
    return document


def _title(number: Number, place: Any) -> str:
    about = str(place.building.name) if place.building is not None else ""
    flat = place.flat.flat_id if place.flat is not None else ""
    return " ".join(part for part in (KINDS[number.kind].name.in_language(CHINESE), about, flat) if part)


def _issues(grant: Any) -> bool:
    return any(Role(grant.role) in kind.issuers for kind in KINDS.values())


def _reason(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > _MOST_REASON:
        raise InputFault(text("Write the reason, in at most {most} characters", most=_MOST_REASON))
    return said


def _end_check(document: Document) -> None:
    locked(document.number.office)
    if Ending.objects.filter(document=document).exists():
        raise Conflict(text("{number} is not valid any more", number=document.number.words))


def _end(actor: Any, document: Document, state: str, reason: str, successor: Document | None) -> None:
    Ending.objects.create(
        document=document, state=state, reason=reason, on_date=clock.today(), ended_by=actor,
        replaced_by=successor,
    )  # fmt: skip
    data: dict[str, Any] = {
        "number": document.number.words,
        "reason": journal.personal(journal.subject_name(document), reason),
    }
    if successor is not None:
        data["by"] = successor.number.words
    journal.record(actor=actor, subject=document, kind=f"document.{state}", data=data)
