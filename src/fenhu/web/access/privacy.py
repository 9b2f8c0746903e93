"""Names and phones as a person may see them: whole for those who need them, masked for everybody else."""

from __future__ import annotations

from typing import Any

from fenhu.programme import Role
from fenhu.web.access.scope import ScopedQuerySet, grants_of

SEES_PERSONS = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.HOUSEHOLD)


def with_clear_persons(flats: ScopedQuerySet, user: Any) -> ScopedQuerySet:
    """Return those of ``flats`` whose owner's name and phone ``user`` may read."""
    return flats.covered_by(grant for grant in grants_of(user) if grant.role in SEES_PERSONS)


def masked_name(name: str) -> str:
    """Return a name with only its first character.

    Examples
    --------
    >>> masked_name("张三丰")
    '张**'
    """
    return f"{name[0]}**" if name else ""


def masked_phone(phone: str) -> str:
    """Return a phone number without its middle.

    Examples
    --------
    >>> masked_phone("00012340001")
    '000****0001'
    """
    if len(phone) < 8:
        return "****" if phone else ""
    return f"{phone[:3]}****{phone[-4:]}"
