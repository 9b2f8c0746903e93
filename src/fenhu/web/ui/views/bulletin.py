"""The bulletin of a month or a year: on a page, and as two pages of A4."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from fenhu.papers.bulletin import bulletin_pdf
from fenhu.papers.bulletin_values import Period
from fenhu.web.access.gates import for_roles
from fenhu.web.ui.behind_pages import public_address
from fenhu.web.ui.bulletin_page import bulletin_of, bulletin_page, period_asked
from fenhu.web.ui.navigation import BULLETIN_READERS
from fenhu.web.ui.views.money import attachment


@for_roles(*BULLETIN_READERS)
def bulletin(request: HttpRequest) -> HttpResponse:
    """Show the bulletin of the period the address asks for."""
    made = bulletin_of(request.user, _period(request))
    return render(request, "ui/bulletin.html", {"page": bulletin_page(request.user, made)})


@for_roles(*BULLETIN_READERS)
def paper(request: HttpRequest) -> FileResponse:
    """Send the bulletin as a PDF."""
    period = _period(request)
    name = f"工作简报-{period.year}" + (f"-{period.month:02}" if period.month else "")
    return attachment(bulletin_pdf(bulletin_of(request.user, period), public_address), f"{name}.pdf")


def _period(request: HttpRequest) -> Period:
    return period_asked(request.GET.get("year", ""), request.GET.get("month", ""))
