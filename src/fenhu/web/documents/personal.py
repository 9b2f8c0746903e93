"""What the store of issued papers holds of a flat's people: notices may go, contracts stay their time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction

from fenhu.web import clock
from fenhu.web.documents.models import Document, ErasedFile
from fenhu.web.holding import Holding, Row, hold
from fenhu.web.journal.services import subject_name
from fenhu.wording import text

# A contract binds both parties as long as its term and the law have it.
KEPT = ("contract",)


def begin() -> None:
    """Name the papers of a flat."""
    hold(Holding(
        key="papers", name=text("Issued papers of the flat"), rows=_rows, erase=_erase, kept=_kept,
        rule="contracts", persons=lambda flat: [subject_name(one) for one in _going(flat)],
    ))  # fmt: skip


def _of(flat: Any) -> Any:
    return Document.objects.filter(flat=flat.pk).select_related("number").order_by("pk")


def _going(flat: Any) -> Any:
    return _of(flat).filter(erased__isnull=True).exclude(number__kind__in=KEPT)


def _kept(flat: Any) -> int:
    count: int = _of(flat).filter(number__kind__in=KEPT).count()
    return count


def _rows(flat: Any) -> Iterator[Row]:
    for one in _of(flat).filter(erased__isnull=True):
        yield {
            "number": one.number.words, "title": one.title, "issued_on": one.issued_on, "file": one.file.name,
            "digest": one.digest,
        }  # fmt: skip


def _erase(flat: Any) -> int:
    """Take papers that bind nobody out of the store; number, day and digest stay, so that none is missed."""
    found = list(_going(flat))
    ErasedFile.objects.bulk_create(ErasedFile(document=one, on_date=clock.today()) for one in found)
    for one in found:
        transaction.on_commit(partial(one.file.storage.delete, one.file.name))
    return len(found)
