"""The policy in force."""

from __future__ import annotations

from datetime import date
from functools import cache

from django.conf import settings

from fenhu import policy
from fenhu.policy import Policy


def current_policy() -> Policy:
    """Return the policy the operator chose; read once per process."""
    return _loaded(settings.POLICY)


def policy_named(name: str) -> Policy:
    """Return the policy a case was opened under; the one in force where the case names none."""
    if not name or name == current_policy().id:
        return current_policy()
    return _loaded(name)


def programme_year(day: date) -> int:
    """Return the year of ``day``, or the programme's year nearest to it."""
    years = current_policy().programme.years
    return min(max(day.year, years[0]), years[-1])


@cache
def _loaded(name: str) -> Policy:
    return policy.load(name)
