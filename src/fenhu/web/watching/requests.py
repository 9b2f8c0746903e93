"""Counting requests: by the page's name, method and status, never by address or person.

Several processes of one server count into files of a folder they share; see ``environment.metrics_folder``.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)

ANSWERED = Counter(
    "fenhu_requests", "Requests answered, by page, method and status.", ("view", "method", "status"),
    registry=REGISTRY,
)  # fmt: skip
DURATION = Histogram(
    "fenhu_request_seconds", "How long an answer took, by page and method.", ("view", "method"),
    buckets=SECONDS, registry=REGISTRY,
)  # fmt: skip


def count(request: HttpRequest, status: int, seconds: float) -> None:
    """Count one answered request."""
    view, method = view_name(request), request.method if request.method in METHODS else "other"
    ANSWERED.labels(view, method, str(status)).inc()
    DURATION.labels(view, method).observe(seconds)


def view_name(request: HttpRequest) -> str:
    """Return the name of the page asked for; ``static`` for files, ``none`` where there is no page."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"
