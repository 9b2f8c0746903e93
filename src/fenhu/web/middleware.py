"""What happens around every request: its language, its security headers, and faults turned into pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation

from fenhu.errors import Conflict, FenhuError, InputFault, NotAllowed, UnknownItem, WorkflowFault
from fenhu.web.watching.faults import tell_operator
from fenhu.wording import speaking

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join((
    "default-src 'self'", "img-src 'self' data:{tiles}", "object-src 'none'", "base-uri 'none'",
    "form-action 'self'", "frame-ancestors 'none'",
))  # fmt: skip

# A browser needs none of its devices here, and no foreign page may show or read what is the product's.
HEADERS: Mapping[str, str] = {
    "Permissions-Policy": ", ".join(f"{device}=()" for device in (
        "camera", "display-capture", "geolocation", "microphone", "payment", "serial", "usb",
    )),
    "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip

STATUS: Mapping[type[FenhuError], int] = {
    NotAllowed: 403, UnknownItem: 404, Conflict: 409, WorkflowFault: 409, InputFault: 422, FenhuError: 500,
}  # fmt: skip


COMPRESSED = ("text/", "application/json", "application/geo+json", "image/svg+xml")


class CompressedText(GZipMiddleware):
    """Sends pages and data compressed; workbooks and papers are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is text."""
        if not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)


class SafetyHeaders:
    """Lets a page load only what the product serves and the map's tiles; no cache keeps a person's pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers that guard a page in the browser."""
        response = self.get_response(request)
        headers = {**HEADERS, "Content-Security-Policy": POLICY.format(tiles=_tile_host())}
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            headers["Cache-Control"] = "private, no-store"
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response


def _tile_host() -> str:
    """Return the origin the map's tiles come from, nothing where the operator set none."""
    address = urlsplit(settings.TILES_URL)
    return f" {address.scheme}://{address.netloc}" if address.netloc else ""


class SpokenLanguage:
    """Makes texts of the engineering rooms speak the page's language; a person's own choice comes first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language the person chose, else the one he set for himself, else the browser's."""
        own: str = getattr(request.user, "language", "")
        if own and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(own)
            request.LANGUAGE_CODE = own
        with speaking(translation.get_language() or settings.LANGUAGE_CODE):
            return self.get_response(request)


class FaultPages:
    """Turns a fault into a page that says what, where and what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the view does."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of a fault of the product; any other exception goes on."""
        if not isinstance(exception, FenhuError):
            return None
        status = next(code for kind, code in STATUS.items() if isinstance(exception, kind))
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            tell_operator(exception)
        return render(request, "fault.html", {"fault": exception, "status": status}, status=status)
