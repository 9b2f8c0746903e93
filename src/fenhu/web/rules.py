"""The policy in force."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from fenhu import policy
from fenhu.policy import Policy


def current_policy() -> Policy:
    """Return the policy the operator chose; read once per process."""
    return _loaded(settings.POLICY)


@cache
def _loaded(name: str) -> Policy:
    return policy.load(name)
