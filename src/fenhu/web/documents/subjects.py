"""What a paper is about: how it is found, whose it is, and where the paper then belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import Http404

from fenhu.web.access.scope import get_visible
from fenhu.web.journal.services import subject_name
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a paper belongs: the rows it hangs on; who may read it follows from them."""

    building: Any = None
    project: Any = None
    flat: Any = None
    plan: Any = None
    reward: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Praises:
    """The commendations of one government in one year, as one thing a list can be issued of."""

    office: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind:
    """One kind of subject: what is read with it, and where its papers belong."""

    read_with: tuple[str, ...]
    place: Callable[[Any], Place]


def _of_round(held: Any) -> Place:
    return Place(building=held.project.building, project=held.project)


SUBJECTS: Mapping[str, SubjectKind] = {
    "works.project": SubjectKind(
        read_with=("building__supplier", "building__community", "building__owner", "contractor"),
        place=lambda project: Place(building=project.building, project=project),
    ),
    "works.flatwork": SubjectKind(
        read_with=("project__building__supplier", "project__building__community", "project__building__owner",
                   "project__contractor", "flat"),
        place=lambda work: Place(building=work.project.building, project=work.project, flat=work.flat),
    ),
    "works.annualplan": SubjectKind(read_with=("supplier",), place=lambda plan: Place(plan=plan)),
    "works.acceptanceround": SubjectKind(
        read_with=("project__building__supplier", "project__building__community", "project__contractor"),
        place=_of_round,
    ),
    "ledger.rewardproposal": SubjectKind(read_with=(), place=lambda reward: Place(reward=reward)),
}  # fmt: skip
PRAISES = "documents.praises"


def rows_of(label: str) -> Any:
    """Return the rows of a kind of subject, with all that a paper about one of them reads."""
    read_with = SUBJECTS[label].read_with
    rows: Any = apps.get_model(label)._default_manager.all()
    return rows.select_related(*read_with) if read_with else rows


def subject_for(user: Any, name: str) -> Any:
    """Return what a paper is to be about, by its name: ``works.project:12``.

    Raises
    ------
    django.http.Http404
        If there is no such thing, or it is not the user's to see.
    """
    label, _, key = name.partition(":")
    if label == PRAISES:
        return _praises(key)
    if label not in SUBJECTS or not key.isdecimal():
        raise Http404
    return get_visible(rows_of(label), user, pk=int(key))


def named(subject: Any) -> str:
    """Return the name a subject has in the journal and in numbers."""
    if isinstance(subject, Praises):
        return f"{PRAISES}:{subject.office}:{subject.year}"
    return subject_name(subject)


def place_of(subject: Any) -> Place:
    """Return where a paper about ``subject`` belongs."""
    if isinstance(subject, Praises):
        return Place()
    return SUBJECTS[subject._meta.label_lower].place(subject)


def note_of(subject: Any) -> Text | None:
    """Return what tells a subject from others of its kind on the same page, None where there is one alone."""
    if isinstance(subject, Praises):
        return text("{year}", year=str(subject.year))
    if subject._meta.label_lower == "works.acceptanceround":
        return text("Round {number}", number=subject.number)
    return None


def _praises(key: str) -> Praises:
    office, _, year = key.rpartition(":")
    if not office or not (year.isdecimal() and len(year) == 4):
        raise Http404
    return Praises(office=office, year=int(year))
