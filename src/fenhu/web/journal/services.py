"""Writing the journal, closing its days, erasing persons from it, and checking that nobody changed it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from fenhu.web import clock
from fenhu.web.journal.chain import canonical, entry_digest, head_digest, sha256
from fenhu.web.journal.following import follow, tell
from fenhu.web.journal.models import DayHead, Entry, PersonalValue
from fenhu.web.journal.verifying import VerifyReport, verify

__all__ = ["VerifyReport", "close_days", "erase", "follow", "personal", "record", "subject_name", "verify"]

# Writers share this lock, closing a day takes it alone: no entry can slip under a head already written.
_JOURNAL_LOCK = 0x66656E6875


@transaction.atomic
def record(*, actor: Any, subject: models.Model | str, kind: str, data: Mapping[str, Any]) -> Entry:
    """Return the entry that says what ``actor`` (None: the product itself) did to ``subject``.

    ``data`` holds plain values and no personal data; those go through ``personal``. Whoever follows entries
    of this kind is called before it returns.
    """
    name = subject_name(subject)
    _take_turn(name)
    last = Entry.objects.filter(subject=name).order_by("-sequence").first()
    entry = Entry(
        subject=name,
        sequence=last.sequence + 1 if last else 1,
        kind=kind,
        recorded_at=timezone.now(),
        on_date=clock.today(),
        actor_id=actor.pk if actor is not None else None,
        data_json=canonical(data),
        previous=last.digest if last else "",
    )
    entry.digest = entry_digest(entry)
    entry.save(force_insert=True)
    tell(kind, actor, subject, data)
    return entry


def personal(person: str, value: str) -> dict[str, str]:
    """Return what an entry may say of a personal value: a salted digest; the value is kept apart."""
    salt = secrets.token_hex(16)
    kept = PersonalValue.objects.create(digest=sha256(salt + value), person=person, salt=salt, value=value)
    return {"personal": kept.digest}


@transaction.atomic
def erase(*, actor: Any, person: str) -> int:
    """Return how many values of ``person`` were erased; the entries stay valid and say nothing any more."""
    erased = PersonalValue.objects.filter(person=person, erased=False).update(value="", salt="", erased=True)
    if erased:
        first = PersonalValue.objects.filter(person=person).earliest("pk")
        record(actor=actor, subject=first, kind="person.erased", data={"values": erased})
    return erased


@transaction.atomic
def close_days() -> DayHead | None:
    """Return the head over all entries of past days that no head covers yet, None where there are none."""
    if connection.vendor == "postgresql":
        _lock("pg_advisory_xact_lock(%s)", _JOURNAL_LOCK)
    before = DayHead.objects.order_by("-pk").first()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    covered = before.last_entry if before else 0
    last = Entry.objects.filter(pk__gt=covered, recorded_at__lt=midnight).order_by("-pk").first()
    if last is None:
        return None
    digests = list(
        Entry.objects.filter(pk__gt=covered, pk__lte=last.pk).order_by("pk").values_list("digest", flat=True)
    )
    previous = before.digest if before else ""
    return DayHead.objects.create(
        day=timezone.localtime(last.recorded_at).date(),
        last_entry=last.pk,
        entries=len(digests),
        previous=previous,
        digest=head_digest(previous, digests),
    )


def subject_name(subject: models.Model | str) -> str:
    """Return the name under which the journal keeps ``subject``, a row or the name of something larger."""
    if isinstance(subject, str):
        return subject
    return f"{subject._meta.label_lower}:{subject.pk}"


def _take_turn(subject: str) -> None:
    """Let one writer at a time continue a subject's chain; SQLite has only one writer anyway."""
    if connection.vendor == "postgresql":
        _lock("pg_advisory_xact_lock_shared(%s)", _JOURNAL_LOCK)
        _lock("pg_advisory_xact_lock(hashtextextended(%s, 0))", subject)


def _lock(call: str, key: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", [key])
