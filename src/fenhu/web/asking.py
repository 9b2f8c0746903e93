"""How a page may be asked for: read or sent a form, at an address of a length that people and pages write."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

OF_PAGES = ("GET", "HEAD", "OPTIONS", "POST")
LONGEST_ADDRESS = 4_000
NUL = "%00"  # nothing people write holds it, and PostgreSQL takes no text that does
API = "/api/v1/"


class OnlyWhatPagesKnow:
    """Answers 405 to a method no page knows, 414 or 400 to an endless or broken address, before any view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the view does, or say which methods there are; the API judges what it is asked itself."""
        if request.path_info.startswith(API):
            return self.get_response(request)
        if request.method not in OF_PAGES:
            return HttpResponseNotAllowed(OF_PAGES)
        address = request.get_full_path()
        if len(address) > LONGEST_ADDRESS:
            return HttpResponse(status=414)
        if NUL in address:
            return HttpResponse(status=400)
        return self.get_response(request)
