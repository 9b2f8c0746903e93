"""All operations as one interface, and its description (OpenAPI 3.1)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from fenhu.errors import FenhuError
from fenhu.web.api import failing, problems
from fenhu.web.api.reading import Bodies
from fenhu.web.api.routes import changes, documents, fees, measured, plan, register, state

VERSION = "1.0.0"
PREFIX = "/api/v1/"
HEADERS = {
    "RateLimit-Policy": "how many calls (q) a token may make in how many seconds (w)",
    "RateLimit": "how many calls are left (r), and in how many seconds they are all there again (t)",
}
RETRY = {"Retry-After": "in how many seconds to try again"}

api = NinjaAPI(
    title="fenhu", version=VERSION, urls_namespace="api", openapi_url=None, docs_url=None, parser=Bodies(),
    description="The register, temperatures, fees, the plan, its state and issued papers of a city's"
    " conversion to per-household heating. Every call acts as the token's owner and sees what he sees.",
)  # fmt: skip
api.add_exception_handler(FenhuError, problems.on_fault)
api.add_exception_handler(Exception, failing.on_broken)
api.add_exception_handler(Http404, problems.on_not_found)
api.add_exception_handler(HttpError, problems.on_unreadable)
api.add_exception_handler(RequestDataTooBig, problems.on_too_large)
api.add_exception_handler(SuspiciousOperation, failing.on_suspicious)
api.add_exception_handler(ValidationError, problems.on_invalid)
for one in (register, changes, measured, fees, plan, state, documents):
    api.add_router("", one.router)


@cache
def description() -> dict[str, Any]:
    """Return the interface as an OpenAPI 3.1 document."""
    told: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    told["servers"] = [{"url": settings.ADDRESS}]
    for operations in told["paths"].values():
        for operation in operations.values():
            for status, answer in operation["responses"].items():
                _complete(int(status), answer)
    return told


def _complete(status: int, answer: dict[str, Any]) -> None:
    """Name an answer's headers, and the media type of a fault."""
    headers = (HEADERS if status != 401 else {}) | (RETRY if status == 429 else {})
    answer["headers"] = {
        name: {"description": said, "schema": {"type": "string"}} for name, said in headers.items()
    }
    if status >= 400:
        answer["content"] = {problems.MEDIA_TYPE: answer["content"].pop("application/json")}
