"""The trail as it is read: narrowed by who, what, kind and day, a page after the other, never counted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.web.journal.chain import entry_digest
from fenhu.web.journal.entries import EntryView, personal_digests, shown
from fenhu.web.journal.models import DayHead, Entry, PersonalValue

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """What of the trail is asked for; ``subjects`` and ``actors`` of None are everything and everybody.

    ``before`` and ``after`` are entries' numbers: the page ends before the one or begins after the other.
    """

    subjects: Collection[str] | None = None
    actors: Collection[int] | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The newest day whose entries are bound by one digest."""

    day: date
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """Some entries, the newest first, and the numbers the pages beside this one begin at.

    ``changed`` are the numbers of entries that do not say any more what they said when they were written.
    """

    entries: tuple[EntryView, ...]
    older: int | None
    newer: int | None
    changed: tuple[int, ...]
    closed: Closed | None


def trail(sieve: Sieve, most: int = PAGE_SIZE) -> TrailPage:
    """Return a page of the trail."""
    rows = _sieved(sieve)
    if sieve.after is not None:
        found = list(reversed(rows.filter(pk__gt=sieve.after).order_by("pk")[: most + 1]))
        more, found = len(found) > most, found[-most:]
        newer = found[0].pk if more and found else None
        older = found[-1].pk if found else None
    else:
        if sieve.before is not None:
            rows = rows.filter(pk__lt=sieve.before)
        found = list(rows.order_by("-pk")[: most + 1])
        more, found = len(found) > most, found[:most]
        older = found[-1].pk if more else None
        newer = found[0].pk if found and sieve.before is not None else None
    return TrailPage(
        entries=shown(found), older=older, newer=newer, closed=_closed(),
        changed=tuple(one.pk for one in found if entry_digest(one) != one.digest),
    )  # fmt: skip


def erased_values(entries: Collection[EntryView]) -> frozenset[str]:
    """Return the digests, among those that entries refer to, whose values were erased."""
    rows = PersonalValue.objects.filter(digest__in=personal_digests(entries), erased=True)
    return frozenset(rows.values_list("digest", flat=True))


def _sieved(sieve: Sieve) -> Any:
    rows = Entry.objects.all()
    if sieve.subjects is not None:
        rows = rows.filter(subject__in=list(sieve.subjects))
    if sieve.actors is not None:
        rows = rows.filter(actor_id__in=list(sieve.actors))
    if sieve.kind:
        rows = rows.filter(kind=sieve.kind)
    if sieve.since is not None:
        rows = rows.filter(on_date__gte=sieve.since)
    if sieve.until is not None:
        rows = rows.filter(on_date__lte=sieve.until)
    return rows


def _closed() -> Closed | None:
    head = DayHead.objects.order_by("-pk").first()
    return Closed(day=head.day, digest=head.digest) if head else None
