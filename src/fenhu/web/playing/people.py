"""Somebody in every office, by what he is answerable for; made when he is first needed."""

from __future__ import annotations

from typing import Any

from fenhu.programme import ROLE_NAMES, Role
from fenhu.web.access import services as access
from fenhu.web.access.models import User
from fenhu.web.registry.models import Organisation


class People:
    """The people of the synthetic city; those who are known already act, nobody new can sign in."""

    def __init__(self) -> None:
        self._known: dict[tuple[Role, str], User] = {}

    def bureau(self) -> User:
        """Return the officer of the city construction bureau."""
        return self._find(Role.CITY_BUREAU, "")

    def district(self, name: str) -> User:
        """Return the officer of a district."""
        return self._find(Role.DISTRICT_GOV, name, district=name)

    def finance(self, authority: str, district: str) -> User:
        """Return the officer of the finance bureau that pays a building's reward."""
        if authority == "city":
            return self._find(Role.FINANCE, "city", level="city")
        return self._find(Role.FINANCE, district, level="district", district=district)

    def of(self, role: Role, organisation: Organisation) -> User:
        """Return the person who acts for an organisation."""
        return self._find(role, organisation.code, organisation=organisation)

    def _find(self, role: Role, key: str, **scope: Any) -> User:
        if (role, key) not in self._known:
            granted = {f"grants__{name}": value for name, value in scope.items()}
            known = User.objects.filter(grants__role=role, **granted)
            self._known[role, key] = known.order_by("pk").first() or self._made(role, key, scope)
        return self._known[role, key]

    def _made(self, role: Role, key: str, scope: dict[str, Any]) -> User:
        office = ROLE_NAMES[role].in_language("zh-hans")
        name = f"示范 {office} {key}".strip()
        user = access.enrol(username=f"{role}_{key}".lower(), display_name=name, password=None)
        access.grant(user=user, role=role, **scope)
        return User.objects.get(pk=user.pk)
