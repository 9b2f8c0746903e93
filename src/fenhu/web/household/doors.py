"""The two doors of a flat's page: the link on its notice, and the household's own login."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from fenhu.programme import Role
from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.access.services import household_of
from fenhu.web.household import entering, linking
from fenhu.web.household.models import FlatLink
from fenhu.web.household.tokens import digest_of
from fenhu.web.registry.queries import full_name, visible_flats

COOKIE = "fenhu-flat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How somebody came to a flat's page; ``proved`` lets him act, ``link`` is None at login."""

    flat: Any
    proved: bool
    token: str = ""
    link: FlatLink | None = None
    user: Any = None

    def at(self, screen: str = "") -> str:
        """Return the address of one of the page's screens, or of its first."""
        name, key = ("flat", self.token) if self.link else ("my-flat", self.flat.pk)
        return (
            reverse(f"{name}-screen", args=[key, screen]) if screen else reverse(f"{name}-page", args=[key])
        )

    def actor(self) -> Any:
        """Return who the journal says has acted."""
        if self.link is None:
            return self.user
        building = self.flat.building
        name = f"{full_name(building.estate, building.name)} {self.flat.flat_id}"
        return household_of(self.flat, name=name)

    def let_in(self, response: HttpResponse) -> None:
        """Let the browser act for a while: a signed cookie for this page alone."""
        assert self.link is not None
        response.set_signed_cookie(
            COOKIE, entering.pass_of(self.link), salt=COOKIE, max_age=entering.LASTS, path=self.at(),
            httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip

    def let_out(self, response: HttpResponse) -> None:
        """Let the browser forget that it proved itself."""
        response.delete_cookie(COOKIE, path=self.at(), samesite="Lax")


def by_link(request: HttpRequest, token: str) -> Door:
    """Return the door a link opens.

    Raises
    ------
    django.http.Http404
        If there is no such link, or it was revoked; which of both, nobody learns.
    """
    link = _opened(token)
    kept = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=entering.LASTS)
    proved = constant_time_compare(str(kept), entering.pass_of(link))
    return Door(flat=link.flat, proved=proved, token=token, link=link)


def enter(token: str, digits: str) -> Door:
    """Return the door a link opens for somebody who gives the last digits of a telephone.

    Raises
    ------
    django.http.Http404
        As ``by_link``.
    """
    link = _opened(token)
    proved = entering.try_digits(link, digits) is entering.Tried.RIGHT
    return Door(flat=link.flat, proved=proved, token=token, link=link)


def _opened(token: str) -> FlatLink:
    living = FlatLink.objects.filter(revoked_on=None)
    related = ("flat__building__supplier", "flat__building__community")
    link = living.select_related(*related).filter(digest=digest_of(token)).first()
    if link is None:
        raise Http404
    linking.note_opened(link)
    return link


def by_login(user: Any, flat_id: int) -> Door:
    """Return the door of a signed-in household's own flat.

    Raises
    ------
    django.http.Http404
        If it is not his.
    """
    own = visible_flats(user).filter(pk__in=[flat.pk for flat in own_flats(user)])
    flat = get_visible(own.select_related("building__supplier", "building__community"), user, pk=flat_id)
    return Door(flat=flat, proved=True, user=user)


def own_flats(user: Any) -> tuple[Any, ...]:
    """Return the flats that are ``user``'s own home."""
    ids = [grant.flat_id for grant in grants_of(user) if grant.role == Role.HOUSEHOLD]
    found = visible_flats(user).filter(pk__in=ids).select_related("building")
    return tuple(found.order_by("building__code", "unit", "storey", "room"))
