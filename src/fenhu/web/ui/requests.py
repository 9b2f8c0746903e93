"""A request as the pages see it: with what htmx says of itself."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """A request behind ``HtmxMiddleware``."""

    htmx: HtmxDetails
