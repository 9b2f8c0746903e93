"""What is answered to a request that cannot be read at all."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import bad_request

TOO_LARGE = (RequestDataTooBig, TooManyFilesSent)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that something is too large where it is; anything else is no request of ours."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "413.html", status=413)
    return bad_request(request, exception)
