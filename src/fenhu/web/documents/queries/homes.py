"""The papers of one flat as its household reads them on its page; who asks is the caller's to know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q

from fenhu.papers import issued
from fenhu.web.documents.gathering.works import acceptance_records
from fenhu.web.documents.issuing import verify_address
from fenhu.web.documents.kinds import KINDS
from fenhu.web.documents.models import Document
from fenhu.web.documents.subjects import rows_of
from fenhu.wording import CHINESE, Text, speaking

_ACCEPTED = "acceptance"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePaper:
    """A valid paper a household may have: its own, or an ``extract`` of its building's acceptance record."""

    id: int
    kind: str
    name: Text
    number: str
    issued_on: date
    extract: bool


def papers_of_flat(flat: Any) -> tuple[HomePaper, ...]:
    """Return the valid papers of a flat, and the newest acceptance record of its building, newest first."""
    record = _record_of(flat)
    found = [*_own(flat), *([record] if record is not None else [])]
    return tuple(
        HomePaper(
            id=one.pk, kind=one.number.kind, name=KINDS[one.number.kind].name, number=one.number.words,
            issued_on=one.issued_on, extract=one.flat_id is None,
        )
        for one in sorted(found, key=lambda one: (one.issued_on, one.pk), reverse=True)
    )  # fmt: skip


def paper_of_flat(flat: Any, document_id: int) -> Document | None:
    """Return a valid paper of a flat itself, None where it has none of that id."""
    return _own(flat).filter(pk=document_id).first()


def acceptance_extract(flat: Any, document_id: int) -> bytes | None:
    """Return what concerns a flat of its building's acceptance record, as a PDF; None where there is none.

    Rooms of other flats and who signed for the parties are left out; the code leads to the record itself.
    """
    record = _record_of(flat)
    if record is None or record.pk != document_id:
        return None
    held = rows_of("works.acceptanceround").get(pk=int(record.number.subject.partition(":")[2]))
    with speaking(CHINESE):
        [whole] = acceptance_records(record.issued_by, [held])
    return issued.make(_ACCEPTED, _cut(whole, flat, record.number.words), heading=issued.Heading(
        office=record.number.office.name, number=record.number.words, date=record.issued_on,
        verify_url=verify_address(record.number.code), demo=settings.DEMO,
    ))  # fmt: skip


def _cut(whole: issued.AcceptanceRecord, flat: Any, number: str) -> issued.AcceptanceRecord:
    return replace(
        whole, extract_of=number, rooms=tuple(one for one in whole.rooms if one.flat == flat.flat_id),
        parties=tuple(replace(one, person="", note="") for one in whole.parties),
    )  # fmt: skip


def _own(flat: Any) -> Any:
    return _valid().filter(flat=flat)


def _record_of(flat: Any) -> Document | None:
    """Return the newest acceptance record of the flat's building that let it into use."""
    rows = _valid().filter(Q(building=flat.building_id) & Q(number__kind=_ACCEPTED))
    newest: Document | None = rows.order_by("-pk").first()
    return newest


def _valid() -> Any:
    return Document.objects.filter(ending__isnull=True).select_related("number__office", "issued_by")
