"""Why a building has its year and what another would take; what limits the plan, money and rules cost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.programme import Role
from fenhu.web.access.gates import for_roles
from fenhu.web.ui import answer_pictures
from fenhu.web.ui.navigation import PLANNERS
from fenhu.web.works import queries, services
from fenhu.wording import text


@for_roles(*PLANNERS)
def why(request: HttpRequest, code: str) -> HttpResponse:
    """Say why a building has its year or none, and what another year would take once that was asked."""
    return render(request, "ui/building_why.html", {"view": queries.why_view(request.user, code)})


@require_POST
@for_roles(*PLANNERS)
def ask_why(request: HttpRequest, code: str) -> HttpResponse:
    """Have the plan made again around a building, in the background."""
    job = services.ask_why(request.user, code)
    return redirect("job", job_id=job.pk)


@for_roles(*PLANNERS)
def limits(request: HttpRequest) -> HttpResponse:
    """Show what stands in the plan's way, what money is worth, what rules cost: what is one's own."""
    view = queries.limits_view(request.user)
    return render(
        request, "ui/plan_limits.html", {"view": view, "dearest": answer_pictures.dearest(view.dearest)}
    )


@require_POST
@for_roles(Role.CITY_BUREAU)
def ask_limits(request: HttpRequest) -> HttpResponse:
    """Have purses, rules and ways out worked out, in the background."""
    job = services.ask_limits(request.user)
    return redirect("job", job_id=job.pk)


@require_POST
@for_roles(*PLANNERS)
def try_why(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Make a scenario of what would give a building another year."""
    changes = queries.changes_answered(request.user, code, number)
    made = services.try_changes(request.user, text("{code} in another year", code=code), changes)
    return redirect("scenario", scenario_id=made.pk)


@require_POST
@for_roles(Role.CITY_BUREAU)
def try_way(request: HttpRequest, number: int) -> HttpResponse:
    """Make a scenario of one way out of what the plan misses."""
    name = text("Way out {number}", number=number + 1)
    made = services.try_changes(request.user, name, queries.changes_out(number))
    return redirect("scenario", scenario_id=made.pk)
