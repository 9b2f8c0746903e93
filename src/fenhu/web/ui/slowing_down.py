"""Slowing down whoever tries codes: only misses count, so that nobody with a paper in hand ever waits."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from fenhu.web.proxies import address_of

MOST_MISSES = 20
WITHIN_S = 60


def asked_too_often(request: HttpRequest) -> bool:
    """Return whether too many unknown codes came from this address within a minute.

    Every process counts for itself, so each allows its part.
    """
    return int(cache.get(_key(request), 0)) >= max(MOST_MISSES // settings.SERVERS, 1)


def missed(request: HttpRequest) -> None:
    """Note that a code nobody knows came from this address."""
    cache.add(_key(request), 0, WITHIN_S)
    try:
        cache.incr(_key(request))
    except ValueError:
        # The minute was over between the two calls; the next miss begins a new one.
        return


def _key(request: HttpRequest) -> str:
    return f"verify-misses:{address_of(request)}"
