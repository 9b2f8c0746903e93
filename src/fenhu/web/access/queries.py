"""Who somebody is, in words a page can show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet

from fenhu.errors import UnknownItem
from fenhu.programme import ROLE_NAMES, Role
from fenhu.web.access.gates import OFFICES
from fenhu.web.access.models import Grant, User
from fenhu.web.access.scope import grants_of
from fenhu.wording import Text, text

DEMO_PASSWORD = "fenhu-demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One role of a person, and what it is for."""

    role: Role
    name: Text
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person who is signed in."""

    name: str
    offices: tuple[Office, ...]

    @property
    def roles(self) -> tuple[Role, ...]:
        """Return the person's roles."""
        return tuple(office.role for office in self.offices)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLogin:
    """A login of the demo, one per role."""

    username: str
    password: str
    role: Text


def person(user: Any) -> Person:
    """Return who ``user`` is."""
    return Person(name=str(user), offices=tuple(_office(grant) for grant in grants_of(user)))


def organisation_names(user: Any, role: Role) -> tuple[str, ...]:
    """Return the names of the organisations ``user`` acts for in ``role``."""
    return tuple(str(grant.organisation) for grant in grants_of(user) if grant.role == role)


def calendar_owner(key: str) -> User | None:
    """Return the active user a calendar's secret belongs to, None where it is nobody's."""
    return User.objects.filter(calendar_key=key, is_active=True).first() if key else None


def offices_of(user: User) -> tuple[Office, ...]:
    """Return the offices of somebody, also of one who may not sign in any more."""
    return tuple(_office(grant) for grant in user.grants.all())


def of_offices(users: QuerySet[User]) -> QuerySet[User]:
    """Return those of ``users`` who act for an office, not for a household alone."""
    return users.filter(pk__in=Grant.objects.filter(role__in=OFFICES).values("user"))


def user_named(username: str) -> User:
    """Return the user of a name.

    Raises
    ------
    UnknownItem
        If nobody is called so.
    """
    found = User.objects.filter(username=username).first()
    if found is None:
        raise UnknownItem(text("Nobody signs in as {username}; check the spelling", username=username))
    return found


def officers_with_address(address: str) -> tuple[User, ...]:
    """Return who of the offices can sign in and has an e-mail address; two at most are looked for."""
    found = of_offices(User.objects.filter(is_active=True, email__iexact=address))
    return tuple(found[:2]) if address else ()


def active_of(role: Role) -> QuerySet[User]:
    """Return everybody who can sign in and acts in ``role``."""
    return User.objects.filter(is_active=True, pk__in=Grant.objects.filter(role=role).values("user"))


def reminded_users() -> tuple[User, ...]:
    """Return everybody in an office who can be reached by mail, by name."""
    reached = of_offices(User.objects.filter(is_active=True)).exclude(email="")
    return tuple(reached.order_by("username"))


def somebody_of(*, role: str, organisation: int | None, district: str, level: str) -> Grant | None:
    """Return the grant of somebody active in an office, None where nobody is left in it."""
    office = Grant.objects.filter(role=role, organisation=organisation, district=district, level=level)
    return office.filter(user__is_active=True).first()


def is_known(username: str) -> bool:
    """Return whether somebody has the name already."""
    return User.objects.filter(username=username).exists()


def nobody_known() -> bool:
    """Return whether the product has no user yet."""
    return not User.objects.exists()


def organisation(kind: Role, name: str) -> Any:
    """Return the organisation of a kind by its name; None where no name is given.

    Raises
    ------
    UnknownItem
        If no organisation of that kind has the name.
    """
    if not name:
        return None
    found = apps.get_model("registry", "Organisation").objects.filter(kind=kind, name=name).first()
    if found is None:
        raise UnknownItem(text(
            "No {kind} is called {name}; import the register first, or write the name as it stands there",
            kind=ROLE_NAMES[kind], name=name,
        ))  # fmt: skip
    return found


def demo_logins() -> tuple[DemoLogin, ...]:
    """Return the demo's logins; none unless the product runs as a demo."""
    if not settings.DEMO:
        return ()
    known = set(User.objects.filter(username__in=list(Role)).values_list("username", flat=True))
    return tuple(
        DemoLogin(username=role.value, password=DEMO_PASSWORD, role=name)
        for role, name in ROLE_NAMES.items()
        if role.value in known
    )


def _office(grant: Grant) -> Office:
    role = Role(grant.role)
    held = [grant.organisation, grant.district, grant.flat]
    return Office(role=role, name=ROLE_NAMES[role], scope=" ".join(str(part) for part in held if part))


def colleagues(user: Any) -> frozenset[int]:
    """Return the ids of everybody who acts for one of the user's offices, himself among them."""
    condition = Q(pk=user.pk)
    for grant in grants_of(user):
        condition |= Q(
            grants__role=grant.role, grants__organisation=grant.organisation_id, grants__level=grant.level,
            grants__district=grant.district, grants__flat=grant.flat_id,
        )  # fmt: skip
    return frozenset(User.objects.filter(condition).values_list("pk", flat=True))


def people_called(words: str) -> frozenset[int]:
    """Return the ids of those whose username or name is ``words``."""
    found = User.objects.filter(Q(username=words) | Q(display_name=words))
    return frozenset(found.values_list("pk", flat=True))
