"""What is answered where a request cannot be read, or what the product stands on is away."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import bad_request, server_error

from fenhu.web.storing import is_out_of_room

TOO_LARGE = (RequestDataTooBig, TooManyFilesSent)
TRY_AGAIN_S = 10


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that something is too large where it is; anything else is no request of ours."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "413.html", status=413)
    return bad_request(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the disk is full or the database away where it is, by pages that ask neither."""
    fault = sys.exc_info()[1]
    if is_out_of_room(fault):
        return HttpResponse(render_to_string("507.html"), status=507)
    if isinstance(fault, OperationalError | InterfaceError):
        return HttpResponse(
            render_to_string("503.html"), status=503, headers={"Retry-After": str(TRY_AGAIN_S)}
        )
    return server_error(request)
