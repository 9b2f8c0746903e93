"""The papers of all flats of a building or of a year, as long work that can be stopped and go on.

What is missing is worked out anew each time, building by building, a handful at a time: numbers are
given first, in one short transaction; then the papers are made, without holding anything; then they are kept.
Killed at any point, the work takes up the numbers whose papers are missing and goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, NotAllowed
from fenhu.programme import Role
from fenhu.web.access.scope import grants_of
from fenhu.web.documents.issuing import gathered, keep, kind_of, made_of, standing_of
from fenhu.web.documents.kinds import KINDS, Kind
from fenhu.web.documents.models import Document, Office
from fenhu.web.documents.numbering import give_numbers, locked
from fenhu.web.documents.offices import office_of
from fenhu.web.documents.subjects import named
from fenhu.web.documents.templating import template_folder
from fenhu.web.jobs import services as jobs
from fenhu.web.works import queries as works
from fenhu.wording import text

Report = Callable[..., None]
JOB = "documents"
AT_ONCE = 20
_SHOWN = 100
# Papers there is one of for every flat, in the order the programme needs them.
BATCHED = tuple(row.kind for row in KINDS.values() if row.about == "works.flatwork")


def start_batch(actor: Any, *, kind: str, year: int, code: str = "") -> Any:
    """Return the job that makes what is missing: of all the actor's buildings of a year, or of one.

    Raises
    ------
    UnknownItem
        If there is no such kind of paper.
    InputFault
        If there is not one of it for every flat.
    NotAllowed
        If the actor issues no papers of this kind.
    """
    row = kind_of(kind)
    if kind not in BATCHED:
        raise InputFault(text("“{paper}” is not made flat by flat", paper=row.name))
    office_for(actor, row)
    return jobs.start(JOB, actor, batch_params(kind, year, code))


def batch_params(kind: str, year: int, code: str = "") -> dict[str, Any]:
    """Return a batch's parameters, by which its job is found again."""
    return {"kind": kind, "year": year, "code": code}


def make_batch(params: Mapping[str, Any], actor: Any, report: Report) -> dict[str, Any]:
    """Make the papers that are missing; the work of the job."""
    kind = kind_of(params["kind"])
    grant = grant_for(actor, kind)
    office = office_of(grant)
    projects = list(projects_of(grant, params["year"], params["code"]))
    total, done, kept = missing_count(kind, projects), 0, 0
    held: list[list[Any]] = []
    phase = text("Making {paper}", paper=kind.name)
    report(phase, 0, total)
    with template_folder(office) as folder:
        for project in projects:
            ready, waiting = sorted_out(kind, missing_of(kind, project))
            held += waiting
            done += len(waiting)
            for some in _handfuls(list(zip(ready, gathered(actor, kind, ready), strict=True))):
                kept += _made_and_kept(actor, office, kind, some, folder)
                done += len(some)
                report(phase, done, max(total, done))
    return {"made": kept, "held_back": len(held), "reasons": held[:_SHOWN]}


def missing_count(kind: Kind, projects: Sequence[Any]) -> int:
    """Return how many flats of projects have no valid paper of a kind."""
    flats = works.flat_counts(projects)
    standing = Document.objects.filter(
        number__kind=kind.kind, project__in=projects, ending__isnull=True
    ).count()  # fmt: skip
    return max(0, sum(flats.values()) - standing)


def grant_for(actor: Any, kind: Kind) -> Any:
    """Return the grant by which somebody issues papers of a kind.

    Raises
    ------
    NotAllowed
        If he issues none.
    """
    for grant in grants_of(actor):
        if Role(grant.role) in kind.issuers:
            return grant
    raise NotAllowed(text("“{paper}” is not issued by your office", paper=kind.name))


def office_for(actor: Any, kind: Kind) -> Office:
    """Return the office for which somebody issues papers of a kind; raises as ``grant_for``."""
    return office_of(grant_for(actor, kind))


def projects_of(grant: Any, year: int, code: str = "") -> Any:
    """Return the living projects of a year within a grant, or that of one building, by building."""
    found = works.living_projects([grant]).filter(year=year)
    return (found.filter(building__code=code) if code else found).order_by("building__code")


def missing_of(kind: Kind, project: Any) -> list[Any]:
    """Return the flats of a project that have no valid paper of a kind."""
    flats = list(works.flat_works(project))
    standing = standing_of(kind, flats)
    return [one for one in flats if named(one) not in standing]


def sorted_out(kind: Kind, flats: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
    """Return the flats whose paper can be made, and the others as ``[building, flat, reason]``."""
    reasons = {one.pk: kind.held_back(one) for one in flats}
    waiting = [
        [one.project.building.code, one.flat.flat_id, reason.to_json()]
        for one in flats if (reason := reasons[one.pk]) is not None
    ]  # fmt: skip
    return [one for one in flats if reasons[one.pk] is None], waiting


def _made_and_kept(
    actor: Any, office: Office, kind: Kind, flats: Sequence[tuple[Any, Any]], folder: Path | None
) -> int:
    with transaction.atomic():
        locked(office)
        standing = standing_of(kind, [flat for flat, _ in flats])
        flats = [one for one in flats if named(one[0]) not in standing]
        numbers = give_numbers(actor, office, kind.kind, [named(flat) for flat, _ in flats])
    made = [
        made_of(number, flat, values, folder)
        for number, (flat, values) in zip(numbers, flats, strict=True)
    ]  # fmt: skip
    return len(keep(actor, office, made))


def _handfuls(flats: Sequence[tuple[Any, Any]]) -> Iterator[list[tuple[Any, Any]]]:
    left = iter(flats)
    while some := list(islice(left, AT_ONCE)):
        yield some
