"""Around every request: its number, its line in the log, its place in the figures."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from fenhu.web.watching.logs import request_id
from fenhu.web.watching.requests import count, view_name

HEADER = "X-Request-ID"
# What a proxy's $request_id looks like; anything else could carry what does not belong into a log.
_GIVEN = re.compile(r"[0-9a-f]{32}")
_QUIET = frozenset({"static", "health"})
logger = logging.getLogger("fenhu.access")


class Watched:
    """Numbers a request, times its answer, counts it and writes its line: by the page's name, no address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the request's number in a header; it stands in every line written meanwhile."""
        given = request.headers.get(HEADER, "")
        number = given if _GIVEN.fullmatch(given) else uuid4().hex
        mark, started = request_id.set(number), time.perf_counter()
        try:
            response = self.get_response(request)
            self._tell(request, response.status_code, time.perf_counter() - started)
        finally:
            request_id.reset(mark)
        response.headers[HEADER] = number
        return response

    @staticmethod
    def _tell(request: HttpRequest, status: int, seconds: float) -> None:
        count(request, status, seconds)
        view = view_name(request)
        if view in _QUIET and status < 400:
            return
        user = getattr(getattr(request, "_cached_user", None), "pk", None)
        logger.info("answered", extra={
            "view": view, "method": request.method, "status": status,
            "milliseconds": round(seconds * 1000, 1), "user": user,
        })  # fmt: skip
