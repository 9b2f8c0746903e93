"""Whose flats somebody looks after."""

from __future__ import annotations

from typing import Any

from fenhu.errors import NotAllowed
from fenhu.programme import ROLE_NAMES, Role
from fenhu.web.access.scope import grants_of
from fenhu.web.registry.queries import visible_flats
from fenhu.wording import text

INFORMERS = (Role.HEAT_SUPPLIER, Role.COMMUNITY)


def cared_for(user: Any) -> Any:
    """Return the flats whose notices are ``user``'s to bring."""
    return visible_flats(user).covered_by(grant for grant in grants_of(user) if grant.role in INFORMERS)


def require_informer(user: Any, flat: Any) -> None:
    """Go on only for the heat supplier or the community of the flat's building.

    Raises
    ------
    NotAllowed
        If the flat is in nobody of the user's offices' care.
    """
    if not cared_for(user).filter(pk=flat.pk).exists():
        raise NotAllowed(text(
            "This is for {supplier} and {community} of the building",
            supplier=ROLE_NAMES[Role.HEAT_SUPPLIER], community=ROLE_NAMES[Role.COMMUNITY],
        ))  # fmt: skip
