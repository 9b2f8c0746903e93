"""A building after its acceptance: defects within the warranty, flats ready for a meter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fenhu.errors import InputFault, UnknownItem
from fenhu.programme import Role
from fenhu.web.access.gates import for_roles
from fenhu.web.ui.forms import read
from fenhu.web.ui.site_forms import DefectForm, MendForm, ReadyForm
from fenhu.web.works import queries, services
from fenhu.wording import Text, text


@for_roles(*Role)
def warranty(request: HttpRequest, code: str) -> HttpResponse:
    """Show how long defects are the contractor's, which there are, and which flats can have a meter."""
    return render(request, "ui/warranty.html", {"view": queries.warranty_view(request.user, code)})


@require_POST
@for_roles(*Role)
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Record a defect, that it is mended, or whether meters fit."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to record after an acceptance", verb=verb))
    record, place = VERBS[verb]
    messages.success(request, str(record(request, queries.project_for(request.user, code))))
    return redirect(f"{reverse('project-warranty', args=[code])}#{place}")


def _report(request: HttpRequest, case: Any) -> Text:
    asked = read(DefectForm(request.POST))
    defect = services.report_defect(request.user, case, what=asked["what"], flat_id=asked["flat"])
    if defect.within_warranty:
        return text("Reported: it lies within the warranty, the contractor mends it")
    return text("Reported: the warranty is over, the heat supplier sees to it")


def _mend(request: HttpRequest, case: Any) -> Text:
    asked = read(MendForm(request.POST))
    defect = queries.defect_for(request.user, case.building.code, asked["defect"])
    services.mend_defect(request.user, defect, how=asked["how"])
    return text("The defect is mended")


def _ready(request: HttpRequest, case: Any) -> Text:
    asked, chosen = read(ReadyForm(request.POST)), request.POST.getlist("flat")
    if not chosen:
        raise InputFault(text("Tick the flats first"))
    count = services.check_meter_ready(request.user, case, dict.fromkeys(chosen, asked["ready"]))
    return text("Recorded for {count} flats", count=count)


# What can be recorded, and where on the page it then stands.
VERBS: Mapping[str, tuple[Callable[[HttpRequest, Any], Text], str]] = {
    "report": (_report, "defects"), "mend": (_mend, "defects"), "ready": (_ready, "meters"),
}  # fmt: skip
