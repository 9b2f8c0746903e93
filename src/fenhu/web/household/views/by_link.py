"""A flat's page by the link on its notice: nobody signs in, the digits open what is the household's alone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from fenhu.web.household import doors
from fenhu.web.household.views import files, screens


@login_not_required
def home(request: HttpRequest, token: str) -> HttpResponse:
    """Show the first screen of a flat's page or a dead link's; a form sent there ends the proof."""
    try:
        door = doors.by_link(request, token)
    except Http404:
        return _closed(request)
    if request.method == "POST":
        response = redirect(door.at())
        door.let_out(response)
        return response
    return screens.show_home(request, door)


@login_not_required
def screen(request: HttpRequest, token: str, screen: str) -> HttpResponse:
    """Show one screen of a flat's page, or do what is sent to it."""
    try:
        door = doors.by_link(request, token)
    except Http404:
        return _closed(request)
    return screens.show(request, door, screen)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "household/closed.html", status=404)


@login_not_required
def photo(request: HttpRequest, token: str, photo_id: int) -> HttpResponseBase:
    """Send a photograph of the household's complaint, once it has proved itself.

    Raises
    ------
    django.http.Http404
        If it has not, or the photograph is not of this flat's complaint.
    """
    return screens.photo(doors.by_link(request, token), photo_id)


@login_not_required
def file(request: HttpRequest, token: str, kind: str, key: str) -> HttpResponseBase:
    """Send one of the flat's papers, once the household has proved itself.

    Raises
    ------
    django.http.Http404
        If it has not, or there is no such paper of this flat.
    """
    return files.file_of(doors.by_link(request, token), kind, key)
