"""Prices: the versions of the city's book, what each changed, and a new one by file."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu import papers
from fenhu.programme import Role
from fenhu.records import Finding
from fenhu.web.access.gates import for_roles, has_role
from fenhu.web.prices import queries, services
from fenhu.web.ui import money_papers
from fenhu.web.ui.forms import read
from fenhu.web.ui.price_forms import PricesForm
from fenhu.web.ui.views.banking import uploaded
from fenhu.web.ui.views.money import attachment
from fenhu.wording import text


@for_roles(*queries.READERS)
def prices(request: HttpRequest) -> HttpResponse:
    """Show which prices are in force, and every version."""
    return _show(request)


@for_roles(*queries.READERS)
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show a version and what it changed."""
    return render(request, "ui/price_version.html", {"view": queries.version_view(request.user, number)})


@for_roles(*queries.READERS)
def template(request: HttpRequest) -> FileResponse:
    """Send every article with its price in force, to be filled in with the city's own."""
    rows = queries.prices_to_fill_in(request.user)
    content = money_papers.template(lambda path: papers.prices_template_xlsx(path, rows))
    return attachment(content, f"{text('Prices')}.xlsx")


@require_POST
@for_roles(Role.CITY_BUREAU)
def enter(request: HttpRequest) -> HttpResponse:
    """Take a file of prices in as a new version; with a fault, none of it."""
    asked = read(PricesForm(request.POST))
    with uploaded(request) as (path, name):
        entered = services.enter_prices(request.user, path, name=name, **asked)
    if entered.version is None:
        return _show(request, entered.findings, status=422)
    messages.success(request, str(text(
        "Version {number} holds from {day} on; signed contracts keep their prices",
        number=entered.version.number, day=entered.version.valid_from.isoformat(),
    )))  # fmt: skip
    return redirect("price-version", number=entered.version.number)


def _show(request: HttpRequest, findings: Iterable[Finding] = (), status: int = 200) -> HttpResponse:
    context = {
        "desk": queries.price_desk(request.user), "findings": tuple(findings),
        "may_enter": has_role(request.user, Role.CITY_BUREAU),
    }  # fmt: skip
    return render(request, "ui/prices.html", context, status=status)
