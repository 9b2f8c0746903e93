"""Between signing in and the pages: what somebody must do first, and that he was seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from fenhu.web.door.entering import BY_PROVIDER, PROVED
from fenhu.web.door.factor import REQUIRED
from fenhu.web.door.queries import is_of_an_office
from fenhu.web.door.sessions import note_seen

GetResponse = Callable[[HttpRequest], HttpResponse]
# What stays open to somebody who must do something first; a flat's page opens to whoever has its link.
OPEN = frozenset({
    "logout", "set-language", "health", "flat-page", "flat-screen", "flat-photo", "flat-file",
})  # fmt: skip


class FirstThingsFirst:
    """Leads who must choose a password, or set up a second factor, to that page, whatever he asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note that the browser is in use."""
        if request.user.is_authenticated:
            note_seen(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return the way to what must be done first, None where nothing must."""
        found = request.resolver_match
        first = _first_of(request)
        if first is None or (found is not None and found.url_name in OPEN | {first}):
            return None
        return _leading(request, reverse(first))


def _first_of(request: HttpRequest) -> str | None:
    if getattr(request.user, "must_change_password", False) and not request.session.get(BY_PROVIDER):
        return "password"
    if settings.SECOND_FACTOR != REQUIRED or request.session.get(PROVED) or not is_of_an_office(request.user):
        return None
    return "second-factor"


def _leading(request: HttpRequest, address: str) -> HttpResponse:
    """Return a redirect, or what a program understands of it."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "not-allowed", "message": f"First: {address}"}, status=403)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
