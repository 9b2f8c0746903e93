"""What follows by itself when the journal says that something happened, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Follower = Callable[[Any, Any, Mapping[str, Any]], None]
_FOLLOWERS: dict[str, list[Follower]] = {}


def follow(kind: str, follower: Follower) -> None:
    """Let ``follower(actor, subject, data)`` be called after every entry of a kind.

    A fault it raises undoes what happened, for both stand in one transaction.
    """
    _FOLLOWERS.setdefault(kind, []).append(follower)


def tell(kind: str, actor: Any, subject: Any, data: Mapping[str, Any]) -> None:
    """Call everybody who follows entries of a kind."""
    for follower in _FOLLOWERS.get(kind, ()):
        follower(actor, subject, data)
