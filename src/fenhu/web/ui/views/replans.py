"""Planning again within the year: the desk, the list of changes, putting it in force; risk and pace."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from fenhu import drawing, papers, study
from fenhu.programme import Role
from fenhu.web.access.gates import for_roles
from fenhu.web.ui.forms import read
from fenhu.web.ui.pictures import Picture
from fenhu.web.works import queries, services
from fenhu.wording import text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BETWEEN_CODES = re.compile(r"[\s,，;；、]+")


class AgainForm(forms.Form):
    """Who dropped out, and the price of moving an approved building."""

    dropped = forms.CharField(max_length=20_000, required=False)
    price = forms.FloatField(min_value=0.0)


@for_roles(Role.CITY_BUREAU)
def desk(request: HttpRequest) -> HttpResponse:
    """Show what stands where, and ask who dropped out."""
    return render(request, "ui/replans.html", {"desk": queries.replan_desk(request.user)})


@require_POST
@for_roles(Role.CITY_BUREAU)
def plan_the_city(request: HttpRequest) -> HttpResponse:
    """Have the city diagnosed and planned for the first time, and show how far it is."""
    return redirect("job", job_id=services.plan_the_city(request.user).pk)


@require_POST
@for_roles(Role.CITY_BUREAU)
def create(request: HttpRequest) -> HttpResponse:
    """Have the plan made again, and show how far it is."""
    asked = read(AgainForm(request.POST))
    codes = [code for code in _BETWEEN_CODES.split(asked["dropped"]) if code]
    made = services.ask_replan(request.user, dropped=codes, price=asked["price"])
    return redirect("job", job_id=made.job_id)


@for_roles(Role.CITY_BUREAU)
def replan(request: HttpRequest, replan_id: int) -> HttpResponse:
    """Show what a plan made again changes."""
    return render(request, "ui/replan.html", {"view": queries.replan_view(request.user, replan_id)})


@for_roles(Role.CITY_BUREAU)
def changes(request: HttpRequest, replan_id: int) -> HttpResponse:
    """Send the list of changes as a workbook."""
    made = queries.change_list(request.user, replan_id)
    with TemporaryDirectory() as folder:
        path = Path(folder) / study.CHANGES_NAME
        papers.changes_xlsx(made, path)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = "attachment; filename*=UTF-8''changes.xlsx"
    return response


@require_POST
@for_roles(Role.CITY_BUREAU)
def adopt(request: HttpRequest, replan_id: int) -> HttpResponse:
    """Put a plan made again in force."""
    services.adopt_replan(request.user, queries.replan_for(request.user, replan_id))
    messages.success(request, str(text(
        "This is the plan now; the one before is kept, and plans already filed stay as they are"
    )))  # fmt: skip
    return redirect("plan")


@for_roles(Role.CITY_BUREAU)
def risk(request: HttpRequest) -> HttpResponse:
    """Show what the plan in force risks, and the pace it keeps."""
    view = queries.risk_view(request.user)
    return render(request, "ui/risk.html", {"view": view, "pictured": _pace_picture(view)})


@require_POST
@for_roles(Role.CITY_BUREAU)
def try_risk(request: HttpRequest) -> HttpResponse:
    """Have the plan in force tried in drawn scenarios."""
    trial = services.try_risk(request.user)
    return redirect("job", job_id=trial.job_id) if not trial.answer else redirect("risk")


def _pace_picture(view: queries.RiskView) -> Picture | None:
    if view.pace is None:
        return None
    chart = study.pace_chart(view.pace)
    return Picture(svg=mark_safe(drawing.ranking_svg(chart)), table=drawing.bar_table(chart))
