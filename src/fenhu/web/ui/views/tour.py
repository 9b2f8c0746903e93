"""The demo's tour: all its tasks, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.web.ui import touring

VERBS: Mapping[str, Callable[[HttpRequest], None]] = {
    "begin": touring.begin, "close": touring.close, "open": touring.reopen,
}  # fmt: skip


def tour(request: HttpRequest) -> HttpResponse:
    """Show the tasks of the reader's role."""
    if not settings.DEMO:
        raise Http404
    return render(request, "ui/tour.html", {"tour": touring.tour_view(request)})


@require_POST
def act(request: HttpRequest, verb: str) -> HttpResponse:
    """Begin the tour again, put it away, or bring it back."""
    if not settings.DEMO or verb not in VERBS:
        raise Http404
    VERBS[verb](request)
    return redirect("front" if verb == "close" else "tour")
