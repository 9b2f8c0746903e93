"""What a token may be for: one row a right, with the offices whose people can use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fenhu.programme import Role
from fenhu.web.access.gates import has_role
from fenhu.wording import Text, text

_OFFICES = tuple(role for role in Role if role is not Role.HOUSEHOLD)
_MONEY = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.FINANCE, Role.HEAT_SUPPLIER, Role.OWNER_UNIT)
_METERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.HEAT_SUPPLIER)
_PLANS = tuple(role for role in _OFFICES if role not in (Role.CONTRACTOR, Role.PUBLIC_SECURITY))
_BUILDERS = tuple(role for role in _OFFICES if role is not Role.PUBLIC_SECURITY)


@dataclass(frozen=True, slots=True)
class Right:
    """One thing a token may be for; ``roles`` are the offices that do it on the pages, too."""

    name: str
    label: Text
    roles: tuple[Role, ...]


RIGHTS: Mapping[str, Right] = {
    right.name: right
    for right in (
        Right("register:read", text("Read buildings and flats"), _OFFICES),
        Right("register:write", text("Change buildings and flats"), (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)),
        Right("temperatures:read", text("Read measured temperatures"), _METERS),
        Right("temperatures:write", text("Send measured temperatures"), (Role.HEAT_SUPPLIER,)),
        Right("meters:read", text("Read heat meters"), _METERS),
        Right("meters:write", text("Send what heat meters show"), (Role.HEAT_SUPPLIER,)),
        Right("fees:read", text("Read what is owed, paid and billed"), _MONEY),
        Right("fees:write", text("Send payments and the collection of fees"), (Role.HEAT_SUPPLIER,)),
        Right("plan:read", text("Read the plan"), _PLANS),
        Right("state:read", text("Read conversions and cases"), _OFFICES),
        Right("documents:read", text("Read issued papers"), _BUILDERS),
    )
}


def rights_of(user: Any) -> tuple[Right, ...]:
    """Return what a token of ``user`` can be for."""
    return tuple(right for right in RIGHTS.values() if has_role(user, *right.roles))
