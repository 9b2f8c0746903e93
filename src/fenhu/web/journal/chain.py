"""How entries are hashed: canonical JSON, each entry bound to the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from fenhu.web.journal.models import Entry


def canonical(values: Mapping[str, Any]) -> str:
    """Return ``values`` as JSON that is the same for the same values."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def sha256(words: str) -> str:
    """Return the SHA-256 of ``words`` as hex."""
    return hashlib.sha256(words.encode()).hexdigest()


def entry_digest(entry: Entry) -> str:
    """Return the digest of everything an entry says, bound to its predecessor."""
    return sha256(canonical({
        "subject": entry.subject, "sequence": entry.sequence, "kind": entry.kind,
        "recorded_at": entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "on_date": entry.on_date.isoformat(), "actor": entry.actor_id, "data": entry.data_json,
        "previous": entry.previous,
    }))  # fmt: skip


def head_digest(previous: str, digests: Iterable[str]) -> str:
    """Return one digest over entry digests in order, bound to the head before."""
    total = hashlib.sha256(previous.encode())
    for digest in digests:
        total.update(digest.encode())
    return total.hexdigest()
