"""One issued paper as lists and pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.web.documents.kinds import KINDS
from fenhu.web.documents.models import Document
from fenhu.web.registry.queries import full_name
from fenhu.wording import Text

VALID = "valid"
STATES = (VALID, "replaced", "withdrawn")


WITH = (
    "number__office", "building", "flat", "issued_by", "template", "ending__replaced_by__number__office",
    "ending__replaced_by__building", "ending__replaced_by__issued_by", "project", "plan", "reward",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One issued paper in a list."""

    id: int
    number: str
    kind: str
    kind_name: Text
    title: str
    office: str
    building: str
    code: str
    issued_on: date
    issued_by: str
    state: str


def row_of(document: Document) -> DocumentRow:
    """Return a paper that was read with ``WITH`` as a row."""
    ending, building = getattr(document, "ending", None), document.building
    return DocumentRow(
        id=document.pk, number=document.number.words, kind=document.number.kind,
        kind_name=KINDS[document.number.kind].name, title=document.title, office=document.number.office.name,
        building=full_name(building.estate, building.name) if building else "",
        code=building.code if building else "", issued_on=document.issued_on,
        issued_by=str(document.issued_by), state=ending.state if ending else VALID,
    )  # fmt: skip


def in_state(seen: Any, state: str) -> Any:
    """Return the papers in a state, all of them where none is named."""
    if state == VALID:
        return seen.filter(ending__isnull=True)
    return seen.filter(ending__state=state) if state else seen
