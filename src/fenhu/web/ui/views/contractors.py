"""The contractors' register: the list, one contractor with its record, filing and barring."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.programme import Role
from fenhu.web.access.gates import for_roles, has_role
from fenhu.web.ui.campaign_forms import ContractorForm, ReasonForm
from fenhu.web.ui.forms import read
from fenhu.web.ui.navigation import OFFICES
from fenhu.web.works import queries, services
from fenhu.wording import text

REGISTRARS = (Role.HEAT_SUPPLIER, Role.CITY_BUREAU)


@for_roles(*OFFICES)
def contractors(request: HttpRequest) -> HttpResponse:
    """Show every contractor with its qualification and record."""
    found = queries.contractors(request.user)
    return render(request, "ui/contractors.html", {
        "found": found, "fit": sum(one.unfit is None for one in found),
        "may_file": has_role(request.user, *REGISTRARS),
    })  # fmt: skip


@require_POST
@for_roles(*REGISTRARS)
def file_contractor(request: HttpRequest) -> HttpResponse:
    """Enter or renew a contractor's qualification."""
    file = services.file_contractor(request.user, **read(ContractorForm(request.POST)))
    messages.success(request, str(text("{name} is on file", name=file.organisation.name)))
    return redirect("contractor", code=file.organisation.code)


@for_roles(*OFFICES)
def contractor(request: HttpRequest, code: str) -> HttpResponse:
    """Show one contractor with its record."""
    return render(request, "ui/contractor.html", {"view": queries.contractor_view(request.user, code)})


@require_POST
@for_roles(Role.CITY_BUREAU)
def bar(request: HttpRequest, code: str) -> HttpResponse:
    """Bar a contractor from the programme."""
    found = queries.contractor_for(request.user, code)
    services.bar_contractor(request.user, found, read(ReasonForm(request.POST))["reason"])
    messages.success(request, str(text("{name} is barred from the programme", name=found.name)))
    return redirect("contractor", code=code)


@require_POST
@for_roles(Role.CITY_BUREAU)
def lift(request: HttpRequest, code: str) -> HttpResponse:
    """Let a barred contractor work again."""
    found = queries.contractor_for(request.user, code)
    services.lift_bar(request.user, found, read(ReasonForm(request.POST))["reason"])
    messages.success(request, str(text("{name} may work again", name=found.name)))
    return redirect("contractor", code=code)
