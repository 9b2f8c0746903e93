"""What binds a transfer: one digest over its amounts by account."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest_of(amounts: Iterable[tuple[str, int]]) -> str:
    """Return the SHA-256 of amounts in fen by account code, the same for every order."""
    lines = sorted(f"{code} {fen}" for code, fen in amounts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
