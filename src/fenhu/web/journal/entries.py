"""Entries as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model

from fenhu.web.journal.models import Entry

_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry as it is shown; ``kind`` is the key of its display text."""

    number: int
    subject: str
    sequence: int
    kind: str
    on_date: date
    recorded_at: datetime
    actor: str
    data: Mapping[str, Any]
    digest: str


def shown(entries: Iterable[Entry]) -> tuple[EntryView, ...]:
    """Return entries as they are shown, with the names of those who acted."""
    found = list(entries)
    actors = get_user_model().objects.in_bulk({entry.actor_id for entry in found if entry.actor_id})
    return tuple(
        EntryView(
            number=entry.pk,
            subject=entry.subject,
            sequence=entry.sequence,
            kind=entry.kind,
            on_date=entry.on_date,
            recorded_at=entry.recorded_at,
            actor=str(actors.get(entry.actor_id, "")),
            data=entry.data,
            digest=entry.digest,
        )
        for entry in found
    )


def personal_digests(entries: Iterable[EntryView]) -> list[str]:
    """Return the digests of the personal values that entries refer to."""
    kept = (personal_digest(value) for entry in entries for value in entry.data.values())
    return [digest for digest in kept if digest]


def personal_digest(value: Any) -> str:
    """Return by which digest a kept value refers to a personal one, nothing where it is plain."""
    digest = value.get("personal") if isinstance(value, Mapping) else None
    return digest if isinstance(digest, str) and _DIGEST.fullmatch(digest) else ""
