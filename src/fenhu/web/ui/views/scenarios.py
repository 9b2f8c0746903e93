"""What if: scenarios, their desk and result, two plans side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fenhu.errors import UnknownItem
from fenhu.web.access.gates import for_roles
from fenhu.web.ui import plan_pictures
from fenhu.web.ui.forms import read
from fenhu.web.ui.navigation import PLANNERS
from fenhu.web.ui.scenario_desk import (
    CHOICES,
    ChoiceForm,
    NameForm,
    choice_read,
    desk,
    desk_form,
    settings_of,
)
from fenhu.web.ui.sheets import moved_xlsx
from fenhu.web.works import queries, services
from fenhu.wording import text

MOVED_SHOWN = 20


@for_roles(*PLANNERS)
def scenarios(request: HttpRequest) -> HttpResponse:
    """Show the scenarios the reader may see; with a building, to choose in which to decide on it."""
    code = request.GET.get("building", "")
    found = queries.scenario_list(request.user)
    return render(request, "ui/scenarios.html", {"found": found, "code": code})


@require_POST
@for_roles(*PLANNERS)
def create(request: HttpRequest) -> HttpResponse:
    """Make a new scenario and lead to it."""
    asked = read(NameForm(request.POST))
    made = services.create_scenario(request.user, **asked)
    return _to(made.pk, find=request.POST.get("building", ""))


@for_roles(*PLANNERS)
def scenario(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Show one scenario: what it changes, what it leads to, the desk."""
    return _show(request, scenario_id)


@require_POST
@for_roles(*PLANNERS)
def act(request: HttpRequest, scenario_id: int, verb: str) -> HttpResponse:
    """Do something with a scenario."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to do with a scenario", verb=verb))
    return VERBS[verb](request, scenario_id)


@for_roles(*PLANNERS)
def compare(request: HttpRequest) -> HttpResponse:
    """Show two plans side by side: scenarios, the plan in force, the clerk's ranking."""
    found = _compared(request)
    one, other = plan_pictures.side_by_side(found.one, found.other, found.buildings)
    return render(request, "ui/scenarios_compare.html", {
        "found": found, "pictured": (one, other), "moved": found.moved[:MOVED_SHOWN],
        "payers": plan_pictures.PAYERS,
    })  # fmt: skip


@for_roles(*PLANNERS)
def moved(request: HttpRequest) -> FileResponse:
    """Send the buildings that have another year in the first plan than in the second, as a workbook."""
    file = BytesIO()
    moved_xlsx(_compared(request).moved, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{text('Another year')}.xlsx")


def _compared(request: HttpRequest) -> queries.Comparison:
    one, other = request.GET.get("one", "plan"), request.GET.get("other", "ranking")
    return queries.comparison(request.user, one, other)


def _show(request: HttpRequest, scenario_id: int, form: forms.Form | None = None) -> HttpResponse:
    find = request.GET.get("find", "").strip()
    view = queries.scenario_view(request.user, scenario_id, find=find)
    context: dict[str, Any] = {
        "view": view, "desk": desk(view.knobs, form), "find": find, "choices": CHOICES,
        "moved": view.moved[:MOVED_SHOWN],
    }  # fmt: skip
    if view.figures is not None:
        years = [one.year for one in view.figures.years]
        context["flats"] = plan_pictures.flats_by_year(view.figures, years)
        context["money"] = plan_pictures.money_by_year(view.figures, years)
    return render(request, "ui/scenario.html", context, status=200 if form is None else 422)


def _change(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Keep what is set on the desk; with the button for it, work the scenario out at once."""
    case = queries.scenario_for(request.user, scenario_id)
    form = desk_form(queries.scenario_view(request.user, scenario_id).knobs, request.POST)
    if not form.is_valid():
        return _show(request, scenario_id, form)
    services.set_scenario(request.user, case, settings_of(form))
    if "run" in request.POST:
        return _run(request, scenario_id)
    messages.success(request, str(text("The settings are kept; work the scenario out to see what they do")))
    return _to(scenario_id)


def _choose(request: HttpRequest, scenario_id: int) -> HttpResponse:
    case = queries.scenario_for(request.user, scenario_id)
    code, choice = choice_read(ChoiceForm(request.POST))
    services.choose_building(request.user, case, code, choice=choice)
    messages.success(request, str(text("The choice for building {code} is kept", code=code)))
    return _to(scenario_id)


def _run(request: HttpRequest, scenario_id: int) -> HttpResponse:
    job = services.run_scenario(request.user, queries.scenario_for(request.user, scenario_id))
    if job is not None:
        return redirect("job", job_id=job.pk)
    messages.info(request, str(text("Nothing has changed since it was worked out; the result is the same")))
    return _to(scenario_id)


def _copy(request: HttpRequest, scenario_id: int) -> HttpResponse:
    asked = read(NameForm(request.POST))
    case = queries.scenario_for(request.user, scenario_id)
    made = services.copy_scenario(request.user, case, name=asked["name"])
    messages.success(request, str(text("Copied; changes to the copy leave the other as it is")))
    return _to(made.pk)


def _rename(request: HttpRequest, scenario_id: int) -> HttpResponse:
    asked = read(NameForm(request.POST))
    services.rename_scenario(request.user, queries.scenario_for(request.user, scenario_id), **asked)
    return _to(scenario_id)


def _delete(request: HttpRequest, scenario_id: int) -> HttpResponse:
    services.delete_scenario(request.user, queries.scenario_for(request.user, scenario_id))
    messages.success(request, str(text("The scenario is deleted")))
    return redirect("scenarios")


def _adopt(request: HttpRequest, scenario_id: int) -> HttpResponse:
    services.adopt_scenario(request.user, queries.scenario_for(request.user, scenario_id))
    messages.success(request, str(text(
        "This is the plan now; the one before is kept, and plans already filed stay as they are"
    )))  # fmt: skip
    return redirect("plan")


def _to(scenario_id: int, *, find: str = "") -> HttpResponse:
    return redirect(reverse("scenario", args=[scenario_id], query={"find": find} if find else None))


VERBS: Mapping[str, Callable[[HttpRequest, int], Any]] = {
    "change": _change, "choose": _choose, "run": _run, "copy": _copy, "rename": _rename, "delete": _delete,
    "adopt": _adopt,
}  # fmt: skip
