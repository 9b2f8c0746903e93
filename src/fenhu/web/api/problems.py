"""Faults as problem JSON (RFC 9457): what is wrong, where, and what to do, in the caller's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from fenhu.errors import Conflict, FenhuError, InputFault, NotAllowed, UnknownItem, WorkflowFault
from fenhu.misfits import misfit_said
from fenhu.web.api.faults import (
    BadToken,
    FaultyRows,
    NoSuchMethod,
    TooLarge,
    TooManyCalls,
    Unreadable,
)
from fenhu.web.watching.faults import tell_operator
from fenhu.wording import Text, text

MEDIA_TYPE = "application/problem+json"
MOST_LISTED = 200
STATUS: Mapping[type[FenhuError], int] = {
    Unreadable: 400, BadToken: 401, NotAllowed: 403, NoSuchMethod: 405, TooLarge: 413, TooManyCalls: 429,
    UnknownItem: 404, Conflict: 409, WorkflowFault: 409, InputFault: 422, FenhuError: 500,
}  # fmt: skip
TITLES: Mapping[int, Text] = {
    400: text("The call cannot be read"), 401: text("Nobody is known by this token"),
    403: text("Not allowed"), 404: text("Not found"), 405: text("The address cannot be asked this way"),
    409: text("Not possible as things stand"), 413: text("Too large for one call"),
    422: text("Something in the call cannot be used"), 429: text("Too many calls"),
    500: text("A fault of the program"), 503: text("Away for a moment"), 507: text("The disk is full"),
}  # fmt: skip
NOT_FOUND = text("There is nothing here, or it is not yours to see; check the address")


class Fault(Schema):
    """One fault: where it is, its stable code, what is wrong and what to do."""

    where: str = Field(description="a parameter (query.limit) or a place (body.rows[3].meter)")
    code: str
    message: str


class Problem(Schema):
    """What a call that failed is answered."""

    type: str = Field(description="always about:blank; code tells the kind")
    title: str
    status: int
    detail: str = Field(description="what is wrong and what to do, in the language of the call")
    code: str = Field(description="stable: bad-token, missing-right, not-found, key-used, faulty-rows …")
    faults: list[Fault] = Field(description="each fault with its place; at most 200")


def problem(status: int, code: str, detail: Text, faults: Sequence[Fault] = ()) -> HttpResponse:
    """Return the answer that tells a fault."""
    body = Problem(
        type="about:blank", title=str(TITLES[status]), status=status, detail=str(detail), code=code,
        faults=list(faults[:MOST_LISTED]),
    )  # fmt: skip
    return JsonResponse(
        body.model_dump(), status=status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def told(fault: FenhuError) -> HttpResponse:
    """Return the answer that tells a fault of the product."""
    status = next(code for kind, code in STATUS.items() if isinstance(fault, kind))
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        tell_operator(fault)
    rows = fault.rows if isinstance(fault, FaultyRows) else ()
    response = problem(status, fault.code, fault.message, [
        Fault(where=f"body.rows[{one.row}].{one.field}".removesuffix(".") if one.row is not None else "body",
              code=one.code, message=str(one.message))
        for one in rows
    ])  # fmt: skip
    if isinstance(fault, BadToken):
        response["WWW-Authenticate"] = 'Bearer realm="fenhu"'
    if isinstance(fault, TooManyCalls):
        response["Retry-After"] = str(fault.retry_after_s)
    return response


def on_fault(request: HttpRequest, fault: FenhuError | type[FenhuError]) -> HttpResponse:
    """Tell a fault of the product."""
    assert isinstance(fault, FenhuError)
    return told(fault)


def on_not_found(request: HttpRequest, fault: Http404 | type[Http404]) -> HttpResponse:
    """Tell that there is nothing here for this caller."""
    return problem(404, "not-found", NOT_FOUND)


def on_unreadable(request: HttpRequest, fault: HttpError | type[HttpError]) -> HttpResponse:
    """Tell that the body is no JSON."""
    return told(Unreadable(text("The body is no JSON; send one object in UTF-8")))


def on_too_large(request: HttpRequest, fault: RequestDataTooBig | type[RequestDataTooBig]) -> HttpResponse:
    """Tell that the body is larger than one call may be."""
    return told(TooLarge(text("The body is too large; send fewer rows a call")))


def on_invalid(request: HttpRequest, fault: ValidationError | type[ValidationError]) -> HttpResponse:
    """Tell everything that does not have the shape the description asks for."""
    assert isinstance(fault, ValidationError)
    faults = [
        Fault(where=_place(one["loc"]), code=one["type"], message=str(misfit_said(one)))
        for one in fault.errors
    ]
    detail = text("{count} parts of the call do not fit the description; correct them", count=len(faults))
    return problem(422, "shape", detail, faults)


def _place(places: Sequence[Any]) -> str:
    """Return where something is: ``query.limit``, ``body.rows[3].meter``."""
    kind, *rest = places
    if kind == "body" and rest and not isinstance(rest[0], int):
        rest = rest[1:]  # the name of our argument, which the caller never sees
    said = str(kind)
    for place in rest:
        said += f"[{place}]" if isinstance(place, int) else f".{place}"
    return said
