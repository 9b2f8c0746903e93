"""What anybody may verify of an issued paper: nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fenhu.web.documents.codes import grouped, read_code
from fenhu.web.documents.kinds import KINDS
from fenhu.web.documents.models import Document
from fenhu.web.documents.queries.rows import WITH, row_of
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDocument:
    """What anybody may know of a paper by its code: nothing personal.

    Of a flat's paper only its kind and building are named, and no reason. ``successor`` is the number that
    stands in its place, ``successor_code`` its code where it is not personal.
    """

    number: str
    kind_name: Text
    building: str
    building_code: str
    office: str
    issued_on: date
    digest: str
    size_bytes: int
    state: str
    ended_on: date | None
    reason: str
    successor: str
    successor_code: str
    personal: bool
    verify_code: str


def public_document(typed: str) -> PublicDocument | None:
    """Return what anybody may know of the paper with this code, None where there is none."""
    code = read_code(typed)
    found = Document.objects.select_related(*WITH).filter(number__code=code).first() if code else None
    return _public(found) if found is not None else None


def public_document_of(number: str, typed: str) -> PublicDocument | None:
    """Return what anybody may know of the paper with this number and code, None where they do not agree."""
    found = public_document(typed)
    return found if found is not None and _plain(found.number) == _plain(number) else None


def _public(document: Document) -> PublicDocument:
    row, kind = row_of(document), KINDS[document.number.kind]
    ending = getattr(document, "ending", None)
    successor = ending.replaced_by if ending else None
    return PublicDocument(
        number=row.number, kind_name=row.kind_name, building=row.building, building_code=row.code,
        office=row.office, issued_on=row.issued_on, digest=document.digest, size_bytes=document.size_bytes,
        state=row.state, ended_on=ending.on_date if ending else None,
        reason=ending.reason if ending and not kind.personal else "",
        successor=successor.number.words if successor else "",
        successor_code=grouped(successor.number.code) if successor and not kind.personal else "",
        personal=kind.personal, verify_code=grouped(document.number.code),
    )  # fmt: skip


def _plain(number: str) -> str:
    """Return a number without what people write differently: brackets, spaces, 第."""
    return "".join(sign for sign in number if sign.isalnum()).replace("第", "").upper()
