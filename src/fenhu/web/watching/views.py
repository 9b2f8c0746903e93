"""For whoever watches the product: alive, ready, and its figures for Prometheus."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from fenhu.web.environment import metrics_folder
from fenhu.web.watching.figures import Figures
from fenhu.web.watching.readiness import readiness
from fenhu.web.watching.requests import REGISTRY

FIGURES = Figures()


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer ``ok``: this process takes requests, whatever the database does."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say which checks hold, by their names alone; 503 where one does not."""
    found = readiness()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell the figures to whoever has the token; to everybody else there is no such page."""
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if not token or not secrets.compare_digest(told.encode(), token.encode()):
        raise Http404
    counted = REGISTRY
    if metrics_folder():
        MultiProcessCollector(counted := CollectorRegistry())
    return HttpResponse(
        generate_latest(counted) + generate_latest(_figures()), content_type=CONTENT_TYPE_LATEST
    )


def _figures() -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(FIGURES)
    return registry
