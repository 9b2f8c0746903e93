"""What people may read of how they, and those of their city, sign in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from fenhu.programme import Role
from fenhu.web.access.queries import Office, of_offices, offices_of
from fenhu.web.access.scope import grants_of
from fenhu.web.door import sessions
from fenhu.web.door.devices import in_words
from fenhu.web.door.models import Telephone
from fenhu.web.paging import placed
from fenhu.wording import Text

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInView:
    """One browser somebody is signed in with; ``here`` is the one that reads this."""

    id: int
    device: Text
    address: str
    since: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Somebody of an office, and how he signs in."""

    username: str
    name: str
    email: str
    offices: tuple[Office, ...]
    active: bool
    must_change_password: bool
    second_factor: bool
    last_login: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerPage:
    """One page of the list of officers."""

    officers: tuple[Officer, ...]
    page: int
    pages: int
    total: int


def sign_ins(user: Any, here: str | None) -> tuple[SignInView, ...]:
    """Return the browsers in which ``user`` is signed in, this one first, then the latest seen."""
    found = sorted(sessions.living(user), key=lambda one: one.session_key != here)
    return tuple(
        SignInView(
            id=one.pk, device=in_words(one.browser, one.system), address=one.address or "", since=one.since,
            seen_at=one.seen_at, here=one.session_key == here,
        )
        for one in found
    )  # fmt: skip


def is_of_an_office(user: Any) -> bool:
    """Return whether ``user`` acts for an office, not for a household alone."""
    return any(grant.role != Role.HOUSEHOLD for grant in grants_of(user))


def officers(*, find: str = "", page: int = 1) -> OfficerPage:
    """Return one page of everybody who acts for an office, by user name."""
    found = _of_offices()
    if find:
        found = found.filter(Q(username__icontains=find) | Q(display_name__icontains=find))
    total = found.count()
    page, pages = placed(page, total, PAGE_SIZE)
    shown = found.order_by("username").prefetch_related("grants__organisation")
    start = (page - 1) * PAGE_SIZE
    listed = list(shown[start : start + PAGE_SIZE])
    return OfficerPage(
        officers=tuple(_officers(listed)),
        page=page, pages=pages, total=total,
    )  # fmt: skip


def officer_named(username: str) -> Any:
    """Return the user of an office by his name, None where there is none."""
    return _of_offices().filter(username=username).first()


def officer(user: Any) -> Officer:
    """Return how somebody of an office signs in."""
    return next(_officers([user]))


def _of_offices() -> QuerySet[Any]:
    return of_offices(get_user_model()._default_manager.all())


def _officers(users: list[Any]) -> Iterator[Officer]:
    asked = set(Telephone.objects.filter(user__in=users, confirmed=True).values_list("user", flat=True))
    for user in users:
        yield Officer(
            username=user.get_username(), name=str(user), email=user.email, offices=offices_of(user),
            active=user.is_active, must_change_password=user.must_change_password,
            second_factor=user.pk in asked, last_login=user.last_login,
        )  # fmt: skip
