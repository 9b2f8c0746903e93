"""Every component in every state, for whoever builds a page, and for whoever looks after the look."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fenhu.errors import Conflict, InputFault
from fenhu.web.access.gates import for_roles
from fenhu.web.ui import showcase
from fenhu.web.ui.navigation import OFFICES
from fenhu.wording import text

PAGES: Mapping[str, str] = {
    "403": "403.html", "403-csrf": "403_csrf.html", "404": "404.html", "409": "fault.html", "413": "413.html",
    "422": "fault.html", "429": "429.html", "500": "500.html",
}  # fmt: skip
FAULTS = {
    "409": (409, Conflict(text("The plan was changed since you loaded it"))),
    "422": (422, InputFault(text("A day after today cannot be recorded"))),
}


@for_roles(*OFFICES)
def design_system(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    return render(request, "ui/design_system.html", {"shown": showcase.showcase(), "faults": tuple(PAGES)})


@for_roles(*OFFICES)
def fault(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one of the pages people see when something is refused; nothing is wrong this time."""
    if kind not in PAGES:
        raise Http404
    status, what = FAULTS.get(kind, (None, None))
    return render(request, PAGES[kind], {"status": status, "fault": what})
