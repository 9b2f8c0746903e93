"""Which rows a person sees: each grant compiles to one condition, each model names its own rules.

``visible_to`` is the only door from an id to an object, for pages, exports, papers and jobs. A role a model
does not name sees nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.shortcuts import get_object_or_404

from fenhu.programme import Role

if TYPE_CHECKING:
    from fenhu.web.access.models import Grant

Rule = Callable[["Grant"], Q]
AnyModel = TypeVar("AnyModel", bound=Model)

# An empty Q() would vanish when joined by OR; these two keep their meaning in any company.
NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


def nothing(grant: Grant) -> Q:
    """Let the role see no row."""
    return NOTHING


def everything(grant: Grant) -> Q:
    """Let the role see every row."""
    return EVERYTHING


@dataclass(frozen=True, slots=True)
class Scope:
    """The rules of one model, by role."""

    rules: Mapping[Role, Rule]

    def condition(self, grants: Iterable[Grant]) -> Q:
        """Return the condition that any of ``grants`` opens."""
        condition = NOTHING
        for grant in grants:
            condition = condition | self.rules.get(Role(grant.role), nothing)(grant)
        return condition


class ScopedQuerySet(QuerySet[AnyModel]):
    """A queryset of a model that has a ``SCOPE``."""

    def visible_to(self, user: Any) -> ScopedQuerySet[AnyModel]:
        """Return the rows ``user`` may see; none for somebody who is not signed in."""
        return self.covered_by(grants_of(user))

    def covered_by(self, grants: Iterable[Grant]) -> ScopedQuerySet[AnyModel]:
        """Return the rows ``grants`` open."""
        scope: Scope = self.model.SCOPE  # type: ignore[attr-defined]
        return self.filter(scope.condition(grants))


def grants_of(user: Any) -> tuple[Grant, ...]:
    """Return the grants of an active, signed-in user; read once per user object."""
    if not user.is_authenticated or not user.is_active:
        return ()
    if not hasattr(user, "_grants"):
        user._grants = tuple(user.grants.all())
    kept: tuple[Grant, ...] = user._grants
    return kept


def reach_of(user: Any) -> tuple[tuple[Any, ...], ...]:
    """Return what ``user`` is granted, the same for everybody who sees the same."""
    grants = grants_of(user)
    return tuple(sorted(
        (grant.role, grant.organisation_id or 0, grant.district, grant.level, grant.flat_id or 0)
        for grant in grants
    ))  # fmt: skip


def visible_to(rows: type[AnyModel] | ScopedQuerySet[AnyModel], user: Any) -> ScopedQuerySet[AnyModel]:
    """Return the rows of a model or a queryset that ``user`` may see."""
    queryset = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    assert isinstance(queryset, ScopedQuerySet)
    return queryset.visible_to(user)


def get_visible(rows: type[AnyModel] | ScopedQuerySet[AnyModel], user: Any, **lookup: object) -> AnyModel:
    """Return the one row ``user`` may see; what he may not see is as if it were not there.

    Raises
    ------
    django.http.Http404
        If there is no such row, or it is not his to see.
    """
    return get_object_or_404(visible_to(rows, user), **lookup)


def through_building(path: str, overrides: Mapping[Role, Rule] | None = None) -> Scope:
    """Return the scope of rows on a building; ``path`` leads to it, empty for the building itself."""

    def where(**conditions: object) -> Q:
        return Q(**{f"{path}{key}": value for key, value in conditions.items()})

    def of_authority(grant: Grant) -> Q:
        return where(authority="district", district=grant.district)

    def of_level(grant: Grant) -> Q:
        return where(authority="city") if grant.level == "city" else of_authority(grant)

    def with_project(grant: Grant) -> Q:
        projects = apps.get_model("works", "Project").objects.filter(contractor=grant.organisation_id)
        return where(pk__in=projects.values("building"))

    def with_incident(grant: Grant) -> Q:
        incidents = apps.get_model("works", "Case").objects.filter(escalated=True)
        return where(pk__in=incidents.values("building"))

    def with_flat(grant: Grant) -> Q:
        flats = apps.get_model("registry", "Flat").objects.filter(pk__in=[grant.flat_id])
        return where(pk__in=flats.values("building"))

    rules: dict[Role, Rule] = {
        Role.CITY_BUREAU: everything,
        Role.DISTRICT_GOV: of_authority,
        Role.FINANCE: of_level,
        Role.HEAT_SUPPLIER: lambda grant: where(supplier=grant.organisation_id),
        Role.OWNER_UNIT: lambda grant: where(owner=grant.organisation_id),
        Role.COMMUNITY: lambda grant: where(community=grant.organisation_id),
        Role.CONTRACTOR: with_project,
        Role.PUBLIC_SECURITY: with_incident,
        Role.HOUSEHOLD: with_flat,
    }
    return Scope(rules | dict(overrides or {}))
