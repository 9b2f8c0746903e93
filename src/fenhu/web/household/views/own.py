"""A flat's page for a household that has signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from fenhu.programme import Role
from fenhu.web.access.gates import for_roles
from fenhu.web.household import doors
from fenhu.web.household.views import files, screens


@for_roles(Role.HOUSEHOLD)
def flats(request: HttpRequest) -> HttpResponse:
    """Show the household's flat; let it choose where it has several."""
    own = doors.own_flats(request.user)
    if len(own) == 1:
        return screens.show_home(request, doors.by_login(request.user, own[0].pk))
    return render(request, "household/flats.html", {"flats": own})


@for_roles(Role.HOUSEHOLD)
def home(request: HttpRequest, flat_id: int) -> HttpResponse:
    """Show the first screen of the flat's page."""
    return screens.show_home(request, doors.by_login(request.user, flat_id))


@for_roles(Role.HOUSEHOLD)
def screen(request: HttpRequest, flat_id: int, screen: str) -> HttpResponse:
    """Show one screen of the flat's page, or do what is sent to it."""
    return screens.show(request, doors.by_login(request.user, flat_id), screen)


@for_roles(Role.HOUSEHOLD)
def photo(request: HttpRequest, flat_id: int, photo_id: int) -> HttpResponseBase:
    """Send a photograph of the household's complaint."""
    return screens.photo(doors.by_login(request.user, flat_id), photo_id)


@for_roles(Role.HOUSEHOLD)
def file(request: HttpRequest, flat_id: int, kind: str, key: str) -> HttpResponseBase:
    """Send one of the flat's papers."""
    return files.file_of(doors.by_login(request.user, flat_id), kind, key)
