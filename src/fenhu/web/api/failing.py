"""Faults of the program, and of what it stands on, as problems: without their details, which the log has."""

from __future__ import annotations

from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response

from fenhu.web.api.faults import Unreadable
from fenhu.web.api.problems import problem, told
from fenhu.web.storing import is_out_of_room
from fenhu.wording import text

TRY_AGAIN_S = 10


def on_broken(request: HttpRequest, fault: Exception | type[Exception]) -> HttpResponse:
    """Tell that a call failed by no fault of the caller's, and log why as for a page."""
    assert isinstance(fault, Exception)
    response = _told(fault)
    got_request_exception.send(sender=None, request=request)
    log_response(
        "%s: %s", response.reason_phrase, request.path, response=response, request=request, exception=fault
    )
    return response


def on_suspicious(
    request: HttpRequest, fault: SuspiciousOperation | type[SuspiciousOperation]
) -> HttpResponse:
    """Tell that a call is none of ours: too many parameters, or made to do harm."""
    return told(Unreadable(text("The call cannot be read; see the description of what can be asked")))


def _told(fault: Exception) -> HttpResponse:
    if is_out_of_room(fault):
        detail = text("The disk of the server is full; nothing of this call was stored")
        return problem(507, "no-room", detail)
    if isinstance(fault, OperationalError | InterfaceError):
        response = problem(503, "unavailable", text("The database is away; send the call again in a moment"))
        response["Retry-After"] = str(TRY_AGAIN_S)
        return response
    detail = text(
        "The program failed; nothing of this call was stored. Tell the operator the X-Request-ID of this"
        " answer"
    )
    return problem(500, "broken", detail)
