"""The gate in front of a view: who may come in at all; which rows he then sees is ``scope``'s."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce, wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from fenhu.errors import NotAllowed
from fenhu.programme import ROLE_NAMES, Role
from fenhu.web.access.scope import grants_of
from fenhu.wording import Text, text

View = Callable[..., HttpResponseBase]
OFFICES = tuple(role for role in Role if role is not Role.HOUSEHOLD)


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Let only people with one of ``roles`` into the view; ``view.roles`` tells which."""

    def gate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            require_role(request.user, *roles)
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded

    return gate


def has_role(user: Any, *roles: Role) -> bool:
    """Return whether one of the user's grants is for one of ``roles``."""
    return any(grant.role in roles for grant in grants_of(user))


def require_role(user: Any, *roles: Role) -> None:
    """Go on only for people with one of ``roles``.

    Raises
    ------
    NotAllowed
        If none of the user's grants is for one of them.
    """
    if not has_role(user, *roles):
        office = reduce(_or, (ROLE_NAMES[role] for role in roles))
        raise NotAllowed(
            text("This page is for: {office}. Ask there, or sign in as one of them", office=office)
        )


def _or(these: Text, this: Text) -> Text:
    return text("{these} or {this}", these=these, this=this)
