"""What flats' pages hold of their people: links, declarations with signatures, photographs, temperatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from fenhu.web import clock
from fenhu.web.holding import Holding, Lapse, Row, hold, lapse
from fenhu.web.household.models import CasePhoto, Declaration, FlatLink, RoomReport
from fenhu.web.journal.services import subject_name
from fenhu.wording import text

BOUND = Q(kind="contract", countersigned__isnull=False)


def begin() -> None:
    """Name what the pages hold, and what of it lapses."""
    hold(
        Holding(key="links", name=text("Links of the flat's page"), rows=_links, erase=_revoke),
        Holding(
            key="declarations", name=text("Consents and signatures given on the page"), rows=_declared,
            erase=_erase_declared, kept=_bound, rule="contracts", persons=_persons,
        ),
        Holding(key="photographs", name=text("Photographs of complaints"), rows=_photos, erase=_erase_photos),
        Holding(key="temperatures", name=text("Room temperatures reported"), rows=_rooms, erase=_erase_rooms),
    )  # fmt: skip
    lapse(
        Lapse(
            rule="photographs", name=text("Photographs of complaints"), due=_photos_due, forget=_forget_photos
        ),
        Lapse(rule="links", name=text("Links of flats' pages that were revoked"), due=_links_due,
              forget=lambda rows: rows.delete()[0]),
    )  # fmt: skip


def _links(flat: Any) -> Iterator[Row]:
    for one in FlatLink.objects.filter(flat=flat.pk).order_by("generation"):
        yield {"made_on": one.made_on, "opened_on": one.opened_on, "revoked_on": one.revoked_on}


def _revoke(flat: Any) -> int:
    return FlatLink.objects.filter(flat=flat.pk, revoked_on=None).update(revoked_on=clock.today())


def _given(flat: Any) -> Any:
    return Declaration.objects.filter(flat=flat.pk).order_by("pk")


def _declared(flat: Any) -> Iterator[Row]:
    for one in _given(flat):
        yield {
            "kind": one.kind, "name": one.name, "on_date": one.on_date, "reason": one.reason,
            "signature": one.drawn, "text": one.words, "digest": one.digest,
        }  # fmt: skip


def _erase_declared(flat: Any) -> int:
    """Take name, reason and signature off all but contracts that bind both; what was read stays."""
    return _given(flat).exclude(BOUND).exclude(name="").update(name="", reason="", drawn="")


def _bound(flat: Any) -> int:
    count: int = _given(flat).filter(BOUND).count()
    return count


def _persons(flat: Any) -> Iterable[str]:
    return [subject_name(one) for one in _given(flat).exclude(BOUND)]


def _photos(flat: Any) -> Iterator[Row]:
    for one in CasePhoto.objects.filter(case__flat=flat.pk).order_by("pk"):
        yield {"case": one.case_id, "file": one.file.name, "digest": one.digest}


def _erase_photos(flat: Any) -> int:
    return _forget_photos(CasePhoto.objects.filter(case__flat=flat.pk))


def _photos_due(day: date) -> Any:
    return CasePhoto.objects.filter(case__settled_on__lt=day)


def _forget_photos(rows: Any) -> int:
    """Delete photographs; their files go once that is certain."""
    found = list(rows)
    for one in found:
        one.delete()
        transaction.on_commit(partial(one.file.storage.delete, one.file.name))
    return len(found)


def _links_due(day: date) -> Any:
    return FlatLink.objects.filter(revoked_on__lt=day)


def _rooms(flat: Any) -> Iterator[Row]:
    for one in RoomReport.objects.filter(flat=flat.pk).order_by("pk"):
        yield {"on_date": one.on_date, "hour": one.hour, "value_c": one.value_c, "answer": one.answer}


def _erase_rooms(flat: Any) -> int:
    count, _ = RoomReport.objects.filter(flat=flat.pk).delete()
    return count
