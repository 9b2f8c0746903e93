"""How a page may be asked for: read or sent a form, at an address of a length that people and pages write."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

OF_PAGES = ("GET", "HEAD", "OPTIONS", "POST")
LONGEST_ADDRESS = 4_000
API = "/api/"


class OnlyWhatPagesKnow:
    """Answers 405 to a method no page knows and 414 to an endless address, before any view sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the view does, or say which methods there are; the API has methods of its own."""
        if request.method not in OF_PAGES and not request.path_info.startswith(API):
            return HttpResponseNotAllowed(OF_PAGES)
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return HttpResponse(status=414)
        return self.get_response(request)
