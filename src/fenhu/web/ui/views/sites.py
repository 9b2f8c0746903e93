"""A building under construction, and what is recorded on site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fenhu.errors import InputFault, UnknownItem
from fenhu.programme import PAPERS, PIPES, STAGES
from fenhu.web.access.gates import for_roles
from fenhu.web.ui.forms import read
from fenhu.web.ui.navigation import OFFICES
from fenhu.web.ui.site_forms import (
    SITE_PAPERS,
    FileForm,
    InspectionForm,
    MaterialForm,
    PressureForm,
    StageForm,
    WeekForm,
)
from fenhu.web.ui.site_pictures import progress_by_week, said, site_elevation
from fenhu.web.works import queries, services
from fenhu.wording import Text, text


@for_roles(*OFFICES)
def site(request: HttpRequest, code: str) -> HttpResponse:
    """Show a building's site with what the reader may record on it."""
    view = queries.site_view(request.user, code)
    return render(request, "ui/site.html", {
        "view": view, "said": said(view), "elevation": site_elevation(view),
        "progress": progress_by_week(view), "stages": STAGES, "pipes": PIPES,
        "inspections": services.INSPECTIONS, "units": services.MATERIAL_UNITS,
        "paper_kinds": {kind: PAPERS[kind] for kind in SITE_PAPERS},
    })  # fmt: skip


@require_POST
@for_roles(*OFFICES)
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Record something on site."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to record on site", verb=verb))
    record, place = VERBS[verb]
    said = record(request, queries.project_for(request.user, code))
    messages.success(request, str(said))
    return redirect(f"{reverse('project-site', args=[code])}#{place}")


def _week(request: HttpRequest, case: Any) -> Text:
    services.report_week(request.user, case, **read(WeekForm(request.POST)))
    return text("The week is reported")


def _stages(request: HttpRequest, case: Any) -> Text:
    asked, chosen = read(StageForm(request.POST)), request.POST.getlist("flat")
    if not chosen:
        raise InputFault(text("Tick the flats first"))
    stages = dict.fromkeys(chosen, asked["stage"])
    count = services.set_stages(request.user, case, stages, note=asked["note"])
    return text("{count} flats are now: {stage}", count=count, stage=STAGES[asked["stage"]])


def _advance(request: HttpRequest, case: Any) -> Text:
    flat = request.POST.get("one", "")
    stage = services.advance(request.user, case, flat)
    return text("{flat} is now: {stage}", flat=flat, stage=STAGES[stage])


def _inspect(request: HttpRequest, case: Any) -> Text:
    asked = read(InspectionForm(request.POST))
    services.inspect(
        request.user, case, kind=asked["kind"], passed=asked["verdict"] == "passed",
        stops=asked["verdict"] == "stop", finding=asked["finding"],
    )  # fmt: skip
    return text("The inspection is on record")


def _pressure(request: HttpRequest, case: Any) -> Text:
    form = PressureForm(request.POST)
    asked = read(form)
    check = services.record_pressure_test(
        request.user, case, pipe=asked["pipe"], measured=form.measured(), finding=asked["finding"]
    )
    return text("The test passed") if check.passed else text("The test did not pass; the reasons stand below")


def _clear(request: HttpRequest, case: Any) -> Text:
    number = request.POST.get("check", "")
    check = queries.check_for(request.user, case.building.code, int(number) if number.isdecimal() else 0)
    services.clear_stop(request.user, check)
    return text("The stop-work order is lifted")


def _material(request: HttpRequest, case: Any) -> Text:
    asked = read(MaterialForm(request.POST))
    number = asked.pop("paper")
    paper = queries.paper_for(request.user, number) if number else None
    services.deliver_material(request.user, case, certificate_paper=paper, **asked)
    return text("The delivery is on record")


def _file(request: HttpRequest, case: Any) -> Text:
    asked = read(FileForm(request.POST, request.FILES))
    flat = queries.flat_for(case, asked.pop("flat"))
    services.file_paper(request.user, case, flat=flat, **asked)
    return text("The file is on record")


# What can be recorded, and where on the page it then stands.
VERBS: Mapping[str, tuple[Callable[[HttpRequest, Any], Text], str]] = {
    "week": (_week, "weeks"), "stages": (_stages, "flats"), "advance": (_advance, "flats"),
    "inspect": (_inspect, "checks"), "pressure": (_pressure, "checks"), "clear": (_clear, "checks"),
    "material": (_material, "materials"), "file": (_file, "photographs"),
}  # fmt: skip
