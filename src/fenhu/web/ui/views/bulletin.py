"""The bulletin of a month or a year: on a page, and as two pages of A4."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from fenhu.papers.bulletin import bulletin_pdf
from fenhu.papers.bulletin_values import Period
from fenhu.programme import Role
from fenhu.web.access.gates import for_roles, has_role
from fenhu.web.ui import bulletin_page
from fenhu.web.ui.behind_pages import public_address
from fenhu.web.ui.bulletin_page import bulletin_of, period_asked
from fenhu.web.ui.navigation import BULLETIN_READERS
from fenhu.web.ui.views.money import attachment
from fenhu.web.works import queries, services
from fenhu.wording import text


@for_roles(*BULLETIN_READERS)
def bulletin(request: HttpRequest) -> HttpResponse:
    """Show the bulletin of the period the address asks for."""
    period = _period(request)
    made = bulletin_of(request.user, period)
    return render(request, "ui/bulletin.html", {
        "page": bulletin_page.bulletin_page(request.user, made), "told": queries.bulletin_of_period(period),
        "publishes": has_role(request.user, Role.CITY_BUREAU),
    })  # fmt: skip


@for_roles(*BULLETIN_READERS)
def paper(request: HttpRequest) -> FileResponse:
    """Send the bulletin as a PDF."""
    period = _period(request)
    name = f"工作简报-{period.year}" + (f"-{period.month:02}" if period.month else "")
    return attachment(bulletin_pdf(bulletin_of(request.user, period), public_address), f"{name}.pdf")


@require_POST
@for_roles(Role.CITY_BUREAU)
def publish(request: HttpRequest) -> HttpResponse:
    """Put the city's bulletin of a period onto the public portal, as it is today."""
    period = _period(request)
    bulletin_page.publish(request.user, period)
    messages.success(request, str(text("The bulletin stands on the public portal")))
    return _back(period)


@require_POST
@for_roles(Role.CITY_BUREAU)
def take_back(request: HttpRequest) -> HttpResponse:
    """Take the bulletin of a period off the public portal."""
    period = _period(request)
    services.take_back_bulletin(request.user, period=period)
    messages.success(request, str(text("The bulletin is off the public portal")))
    return _back(period)


def _back(period: Period) -> HttpResponse:
    return redirect(f"{reverse('bulletin')}?{urlencode({'year': period.year, 'month': period.month or ''})}")


def _period(request: HttpRequest) -> Period:
    asked = request.POST if request.method == "POST" else request.GET
    return period_asked(asked.get("year", ""), asked.get("month", ""))
