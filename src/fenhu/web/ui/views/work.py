"""What waits for a person: the list, and the same days as a calendar he can subscribe to."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fenhu.web.access import services as access
from fenhu.web.access.gates import for_roles
from fenhu.web.access.queries import calendar_owner
from fenhu.web.ui.agenda import agenda
from fenhu.web.ui.navigation import OFFICES
from fenhu.web.works import queries
from fenhu.wording import text


@for_roles(*OFFICES)
def worklist(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, and which offices he waits for."""
    page = request.GET.get("page", "")
    key = getattr(request.user, "calendar_key", "")
    feed = request.build_absolute_uri(reverse("calendar", args=[key])) if key else ""
    return render(request, "ui/worklist.html", {
        "found": queries.worklist(request.user, page=int(page) if page.isdecimal() else 1),
        "turns": queries.others_turn(request.user), "feed": feed,
    })  # fmt: skip


@require_POST
@for_roles(*OFFICES)
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """Give the reader a new address for his calendar; the one before leads nowhere any more."""
    access.renew_calendar(request.user)
    messages.success(request, str(text("This is the calendar's address; keep it to yourself")))
    return redirect("worklist")


@login_not_required
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """Send the due days of whoever the secret address belongs to."""
    owner = calendar_owner(key)
    if owner is None:
        raise Http404
    found = agenda(queries.due_items(owner), at=request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(found, content_type="text/calendar; charset=utf-8")
