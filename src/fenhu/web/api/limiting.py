"""How many calls a token may make in a minute, counted in the database for all server processes together."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, F, Value, When
from django.utils import timezone

from fenhu.web.api.faults import TooManyCalls
from fenhu.web.api.models import Token, Usage
from fenhu.wording import text

WINDOW_S = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a token's calls, and in how many seconds they are all there again."""

    limit: int
    left: int
    reset_s: int

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that say so (IETF RateLimit header fields)."""
        return {
            "RateLimit-Policy": f'"token";q={self.limit};w={WINDOW_S}',
            "RateLimit": f'"token";r={self.left};t={self.reset_s}',
        }


def count_call(token: Token) -> Allowance:
    """Return what is left after one more call; a call beyond the limit is told by ``left`` below 0."""
    now = int(timezone.now().timestamp())
    minute, spent_s = divmod(now, WINDOW_S)
    usage = Usage.objects.filter(pk=token.pk)
    usage.update(calls=Case(When(minute=minute, then=F("calls") + 1), default=Value(1)), minute=minute)
    calls = usage.values_list("calls", flat=True).get()
    limit: int = settings.API_PER_MINUTE
    return Allowance(limit=limit, left=limit - calls, reset_s=WINDOW_S - spent_s)


def too_many(allowance: Allowance) -> TooManyCalls:
    """Return the fault of a call beyond the limit."""
    message = text(
        "This token may make {limit} calls a minute; go on in {seconds} seconds, or send more rows a call",
        limit=allowance.limit, seconds=allowance.reset_s,
    )  # fmt: skip
    return TooManyCalls(message, retry_after_s=allowance.reset_s)
