"""Sums over a whole register, worked out at most once in a while for everybody who sees the same.

Whoever has just recorded something is told anew: his own doing is in what he reads next, that of others at
the latest when the while is over. Only pages ask here; papers, exports and the API always count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from time import perf_counter
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import get_language

from fenhu.web import clock
from fenhu.web.access.scope import reach_of
from fenhu.web.journal.queries import has_recorded, newest_entry

Found = TypeVar("Found")
# What is kept so many times as long as it took leaves the machine to other work.
_TIMES_AS_LONG = 1000
# A transaction's entries bear the time they were written, and are seen when it ends.
_LONGEST_TRANSACTION = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class _Kept:
    since: datetime
    entry: int
    found: Any

    def is_old_to(self, user: Any) -> bool:
        """Return whether ``user`` has recorded something since, or may just have been recording it."""
        return has_recorded(user, entry=self.entry, since=self.since - _LONGEST_TRANSACTION)


def recent(find: Callable[..., Found], user: Any, *asked: Any) -> Found:
    """Return ``find(user, …)`` as it was a short while ago, or anew.

    The while is a thousand times what it took, and at most ``FENHU_RECENT_S`` seconds: a city's sums are
    seconds old, a province's minutes.
    """
    if not settings.RECENT_S:
        return find(user, *asked)
    cache, key = caches["recent"], _key(find, user, asked)
    kept: _Kept | None = cache.get(key)
    if kept is None or kept.is_old_to(user):
        begun = perf_counter()
        kept = _Kept(timezone.now(), newest_entry(), find(user, *asked))
        cache.set(key, kept, min(settings.RECENT_S, _TIMES_AS_LONG * (perf_counter() - begun)))
    found: Found = kept.found
    return found


def _key(find: Callable[..., Any], user: Any, asked: tuple[Any, ...]) -> str:
    name = f"{find.__module__}.{find.__qualname__}"
    said = repr((name, reach_of(user), clock.today(), get_language(), asked))
    return sha256(said.encode()).hexdigest()
