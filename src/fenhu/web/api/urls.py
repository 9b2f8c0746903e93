"""The interface's addresses: its description, its operations, and an answer to every other one below it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from fenhu.web.api.faults import NoSuchMethod
from fenhu.web.api.operations import api, description
from fenhu.web.api.problems import NOT_FOUND, problem, told
from fenhu.wording import text


def _answered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let an operation need no session, tell its limits, and refuse in the interface's own way."""

    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = view(request, **kwargs)
        if response.status_code == 405:
            allowed = response.headers["Allow"]
            response = told(NoSuchMethod(text("Here one can only: {methods}", methods=allowed)))
            response["Allow"] = allowed
        allowance = getattr(request, "allowance", None)
        for name, value in (allowance.headers if allowance else {}).items():
            response[name] = value
        if getattr(request, "repeated", False):
            response["Idempotency-Replayed"] = "true"
        response["Cache-Control"] = "no-store"
        return response

    return csrf_exempt(login_not_required(answered))


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Send the description."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt
@login_not_required
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """Say that there is nothing at this address."""
    return problem(404, "not-found", NOT_FOUND)


def _operations() -> list[URLPattern]:
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in found:
        one.callback = _answered(one.callback)
    return found


OPERATIONS = _operations()
urlpatterns = [
    path("openapi.json", openapi, name="api-description"),
    *OPERATIONS,
    path("<path:rest>", unknown, name="api-unknown"),
]
