"""Reading the journal."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import models

from fenhu.web.journal.entries import EntryView as EntryView
from fenhu.web.journal.entries import personal_digest as personal_digest
from fenhu.web.journal.entries import personal_digests, shown
from fenhu.web.journal.models import Entry, PersonalValue
from fenhu.web.journal.services import subject_name
from fenhu.web.journal.trail import Sieve as Sieve
from fenhu.web.journal.trail import TrailPage as TrailPage
from fenhu.web.journal.trail import erased_values as erased_values
from fenhu.web.journal.trail import trail as trail

# Among how many newest entries one may still come in with a lower number than the newest has.
_LATE = 1000


def entries_of(subject: models.Model) -> tuple[EntryView, ...]:
    """Return everything that happened to ``subject``, oldest first."""
    return shown(Entry.objects.filter(subject=subject_name(subject)).order_by("sequence"))


def newest_of(kind: str) -> int:
    """Return the number of the newest entry of a kind, 0 where there is none."""
    newest = Entry.objects.filter(kind=kind).order_by("kind", "-pk").values_list("pk", flat=True).first()
    return newest or 0


def takers(subject: models.Model, kinds: Iterable[str]) -> frozenset[int]:
    """Return the ids of those who took any of the steps ``kinds`` on ``subject``."""
    taken = Entry.objects.filter(subject=subject_name(subject), kind__in=list(kinds), actor_id__isnull=False)
    return frozenset(pk for pk in taken.values_list("actor_id", flat=True) if pk is not None)


def happened_on(subject: models.Model, kind: str, day: date) -> bool:
    """Return whether an entry of a kind was written on ``subject`` on a day."""
    return Entry.objects.filter(subject=subject_name(subject), kind=kind, on_date=day).exists()


def said_of(label: str, key: str) -> Iterator[tuple[int, str]]:
    """Yield, for rows of one table, their ids with what their entries say under ``key``."""
    entries = Entry.objects.filter(subject__startswith=f"{label}:").values_list("subject", "data_json")
    for subject, data in entries.iterator(chunk_size=5000):
        values = json.loads(data)
        if key in values:
            yield int(subject.rpartition(":")[2]), values[key]


def version() -> tuple[str, datetime | None]:
    """Return a mark that changes with every entry, late ones of slow transactions too, and the newest's time.

    Whatever changes writes an entry, so two answers under one mark show the same state of affairs.
    """
    newest = Entry.objects.order_by("-pk").values_list("pk", "recorded_at").first()
    if newest is None:
        return "0", None
    number, recorded_at = newest
    late = Entry.objects.filter(pk__gt=number - _LATE).count()
    return f"{number}-{late}", recorded_at


def latest(subject: models.Model) -> EntryView | None:
    """Return the newest entry of ``subject``."""
    found = shown(Entry.objects.filter(subject=subject_name(subject)).order_by("-sequence")[:1])
    return found[0] if found else None


def personal_values(entries: Iterable[EntryView]) -> dict[str, str]:
    """Return by digest the personal values that entries refer to, for those who may read them.

    What was erased is left out.
    """
    kept = PersonalValue.objects.filter(digest__in=personal_digests(entries), erased=False)
    return dict(kept.values_list("digest", "value"))


def personal_owners(entries: Iterable[EntryView]) -> dict[str, str]:
    """Return by digest the name of the row whose personal values entries refer to."""
    kept = PersonalValue.objects.filter(digest__in=personal_digests(entries))
    return dict(kept.values_list("digest", "person"))


def newest_entry() -> int:
    """Return the id of what was recorded last, 0 where nothing was."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def kinds_by(user: Any, since: int) -> frozenset[str]:
    """Return the kinds of what ``user`` did after the entry ``since``."""
    done = Entry.objects.filter(actor_id=user.pk, pk__gt=since)
    return frozenset(done.values_list("kind", flat=True).distinct())


def has_recorded(user: Any, *, entry: int, since: datetime) -> bool:
    """Return whether ``user`` recorded something after ``since``, when ``entry`` was the newest there was."""
    later = Entry.objects.filter(pk__gt=entry - _LATE, recorded_at__gt=since)
    return later.filter(actor_id=user.pk).exists()


def entries_about(subjects: Collection[str], *, most: int) -> tuple[EntryView, ...]:
    """Return the newest entries on any of ``subjects``, at most so many, the oldest first."""
    found = Entry.objects.filter(subject__in=list(subjects)).order_by("-pk")[:most]
    return tuple(reversed(shown(found)))
