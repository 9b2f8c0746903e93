"""What can be issued where people work, and how far the papers of all flats of a year are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from fenhu.programme import Role
from fenhu.web.access.scope import grants_of
from fenhu.web.documents.batching import BATCHED, JOB, batch_params, grant_for, projects_of
from fenhu.web.documents.drafting import drafts_of
from fenhu.web.documents.issuing import covers, kind_of, standing_of
from fenhu.web.documents.kinds import KINDS
from fenhu.web.documents.models import Document
from fenhu.web.documents.offices import key_of
from fenhu.web.documents.printing import one_file
from fenhu.web.documents.queries.rows import VALID, DocumentRow, in_state, row_of
from fenhu.web.documents.subjects import Praises, named, note_of, subject_for
from fenhu.web.jobs import queries as jobs
from fenhu.web.registry.queries import full_name
from fenhu.web.works import queries as works
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """How many of a building's flats have a valid paper of a kind."""

    kind: str
    name: Text
    code: str
    building: str
    year: int
    flats: int
    made: int
    may_make: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """One kind of paper where people work: issued already, open to the reader, or held back by a reason.

    Who ``may_edit`` it has it as a Word file, too.
    """

    kind: str
    name: Text
    note: Text | None
    subject: str
    issued: DocumentRow | None
    may_issue: bool
    may_edit: bool
    held_back: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What can be issued about one thing, and of each flat of a project how many papers there are."""

    rows: tuple[DeskRow, ...]
    flats: tuple[BatchRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """The papers of a kind of all flats of a year, building by building, and the work that makes them."""

    kind: str
    name: Text
    kinds: tuple[tuple[str, Text], ...]
    year: int
    code: str
    rows: tuple[BatchRow, ...]
    job: jobs.JobView | None
    held_back: int
    reasons: tuple[tuple[str, str, Text], ...]

    @property
    def flats(self) -> int:
        """Return how many flats there are."""
        return sum(row.flats for row in self.rows)

    @property
    def made(self) -> int:
        """Return how many of them have their paper."""
        return sum(row.made for row in self.rows)

    @property
    def missing(self) -> int:
        """Return how many have none."""
        return self.flats - self.made


def desk(user: Any, *names: str) -> Desk:
    """Return what can be issued about the subjects of these names, as ``user`` may see it.

    Raises
    ------
    django.http.Http404
        If one of them is not the user's to see.
    """
    subjects = [(name.partition(":")[0], subject_for(user, name)) for name in names]
    rows = tuple(
        _desk_row(user, kind, subject)
        for label, subject in subjects for kind, row in KINDS.items() if row.about == label
    )  # fmt: skip
    flats = [row for label, one in subjects if label == "works.project" for row in _flat_rows(user, one)]
    return Desk(rows=rows, flats=tuple(flats))


def praises_of(user: Any, year: int) -> str:
    """Return the name of a year's commendations that ``user`` issues lists of; empty where he issues none."""
    own = [key_of(grant) for grant in grants_of(user) if Role(grant.role) in KINDS["commendations"].issuers]
    return named(Praises(office=own[0], year=year)) if own else ""


def batch_view(user: Any, kind: str, year: int, code: str = "") -> BatchView:
    """Return how far the papers of a kind of all flats of a year (or of one building) are.

    Raises
    ------
    NotAllowed
        If the user issues no papers of this kind.
    """
    row = kind_of(kind)
    projects = list(projects_of(grant_for(user, row), year, code))
    job = jobs.newest_of(JOB, batch_params(kind, year, code), user=user)
    result: dict[str, Any] = (job.result if job is not None else None) or {"held_back": 0, "reasons": []}
    return BatchView(
        kind=kind, name=row.name, kinds=tuple((one, KINDS[one].name) for one in BATCHED), year=year,
        code=code,
        rows=tuple(_batch_rows(kind, projects)), job=job, held_back=result["held_back"],
        reasons=tuple((code, flat, Text.from_json(said)) for code, flat, said in result["reasons"]),
    )  # fmt: skip


def print_file(user: Any, kind: str, project: Any) -> bytes:
    """Return the valid papers of a kind of a project's flats as one PDF to be printed on both sides."""
    own = in_state(Document.objects.visible_to(user), VALID).filter(project=project, number__kind=kind)
    ordered = own.order_by("flat__unit", "flat__storey", "flat__room")
    return one_file(document.file for document in ordered)


def _desk_row(user: Any, kind: str, subject: Any) -> DeskRow:
    row = KINDS[kind]
    standing = standing_of(row, [subject]).get(named(subject))
    seen = standing is not None and Document.objects.visible_to(user).filter(pk=standing.pk).exists()
    fitting = [grant for grant in grants_of(user) if grant.role in row.issuers]
    return DeskRow(
        kind=kind, name=row.name, note=note_of(subject), subject=named(subject),
        issued=row_of(standing) if standing is not None and seen else None,
        may_issue=standing is None and any(covers(grant, subject) for grant in fitting),
        may_edit=drafts_of(row, list(grants_of(user)), subject), held_back=row.held_back(subject),
    )  # fmt: skip


def _flat_rows(user: Any, project: Any) -> tuple[BatchRow, ...]:
    rows = []
    for kind in BATCHED:
        fitting = [grant for grant in grants_of(user) if grant.role in KINDS[kind].issuers]
        if any(covers(grant, project) for grant in fitting):
            rows += _batch_rows(kind, [project])
    return tuple(rows)


def _batch_rows(kind: str, projects: Sequence[Any]) -> list[BatchRow]:
    flats = works.flat_counts(projects)
    valid = Document.objects.filter(number__kind=kind, project__in=projects, ending__isnull=True)
    made = dict(valid.order_by().values_list("project").annotate(count=Count("pk")))
    return [
        BatchRow(
            kind=kind, name=KINDS[kind].name, code=project.building.code, year=project.year,
            building=full_name(project.building.estate, project.building.name),
            flats=flats.get(project.pk, 0), made=made.get(project.pk, 0), may_make=True,
        )
        for project in projects
    ]  # fmt: skip
