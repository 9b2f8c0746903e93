"""Annual plans: the list, one plan, and the steps people take on it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.errors import InputFault
from fenhu.programme import ANNUAL_PLAN, Role
from fenhu.web import clock
from fenhu.web.access.gates import for_roles
from fenhu.web.documents import queries as document_queries
from fenhu.web.rules import current_policy, programme_year
from fenhu.web.ui.forms import StepForm
from fenhu.web.ui.navigation import PLANNERS
from fenhu.web.ui.views.years import schedule_file
from fenhu.web.works import queries, services
from fenhu.wording import Text, text

FEN_OF_WAN = 1_000_000
WAITING = "waiting"
# The line of steps a plan walks, as the page draws it.
WAY = ("draft", "filed", "approved", "closed")


class ListForm(forms.Form):
    """A building to put on a plan or take off it, on the version the supplier saw."""

    code = forms.CharField(max_length=40)
    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(max_length=1000, required=False)


class SchemeForm(forms.Form):
    """The implementation scheme."""

    scheme = forms.CharField(max_length=20_000)
    version = forms.IntegerField(min_value=1)


@for_roles(*PLANNERS)
def annual_plans(request: HttpRequest) -> HttpResponse:
    """Show the suppliers' plans, by year and state."""
    year, state = request.GET.get("year", ""), request.GET.get("state", "")
    rows = queries.annual_plans(
        request.user,
        year=int(year) if year.isdecimal() else None,
        states=_states(request, state),
    )
    return render(request, "ui/annual_plans.html", {
        "rows": rows, "year": year, "state": state,
        "states": {WAITING: text("waits for me"), **ANNUAL_PLAN.states},
        "filing": queries.filing(request.user, programme_year(clock.today())),
        "proposal": queries.proposal(request.user, programme_year(clock.today())),
        "years": current_policy().programme.years,
    })  # fmt: skip


def _states(request: HttpRequest, asked: str) -> Collection[str]:
    """Return the states an address asks for; of somebody no plan waits for, none waits."""
    if asked == WAITING:
        return queries.waited_for(request.user) or (WAITING,)
    return (asked,) if asked in ANNUAL_PLAN.states else ()


@for_roles(*PLANNERS)
def annual_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show one plan with its buildings and the steps open to the reader."""
    return _show(request, plan_id)


@for_roles(*PLANNERS)
def schedule(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Send a plan's building schedule as a workbook."""
    paper = queries.plan_schedule(request.user, plan_id)
    return schedule_file(paper, queries.annual_plan_for(request.user, plan_id).year)


@require_POST
@for_roles(*PLANNERS)
def take_step(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take one step on a plan; a missing reason is asked for on the page itself."""
    plan = queries.annual_plan_for(request.user, plan_id)
    asked = StepForm(request.POST)
    if not asked.is_valid():
        raise InputFault(text("The step is incomplete; open the plan again and choose one"))
    step = ANNUAL_PLAN.step(asked.cleaned_data["step"])
    if step.needs_note and not asked.cleaned_data["note"].strip():
        return _show(request, plan_id, lacks_note=step.name)
    services.fire(
        request.user, plan, step.name, version=asked.cleaned_data["version"], note=asked.cleaned_data["note"]
    )
    messages.success(request, str(text("Done: {step}", step=step.label)))
    return redirect("annual-plan", plan_id=plan_id)


@require_POST
@for_roles(Role.HEAT_SUPPLIER)
def take(request: HttpRequest) -> HttpResponse:
    """Take over the plan in force as the supplier's draft of the year."""
    made = services.take_proposal(request.user, programme_year(clock.today()))
    messages.success(request, str(text("The list is yours now: change it, then file it")))
    return redirect("annual-plan", plan_id=made.pk)


@require_POST
@for_roles(*PLANNERS)
def add_building(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Put a building on a plan."""
    return _list(request, plan_id, services.add_building, text("The building stands on the plan"))


@require_POST
@for_roles(*PLANNERS)
def remove_building(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take a building off a plan."""
    return _list(request, plan_id, services.remove_building, text("The building was taken off the plan"))


@require_POST
@for_roles(*PLANNERS)
def object_to(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Mark a building to be returned with a reason, or lift the mark."""
    return _say(request, plan_id, services.object_to, text("The building's mark is kept"))


@require_POST
@for_roles(*PLANNERS)
def left_out(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Keep the reason why a building of the priority class is left out."""
    return _say(request, plan_id, services.explain_left_out, text("The reason stands on the plan"))


@require_POST
@for_roles(*PLANNERS)
def scheme(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Keep the implementation scheme."""
    plan = queries.annual_plan_for(request.user, plan_id)
    asked = SchemeForm(request.POST)
    if not asked.is_valid():
        raise InputFault(text("The implementation scheme is empty"))
    services.write_scheme(request.user, plan, **asked.cleaned_data)
    messages.success(request, str(text("The scheme is kept")))
    return redirect("annual-plan", plan_id=plan_id)


def _say(request: HttpRequest, plan_id: int, say: Callable[..., object], said: Text) -> HttpResponse:
    plan = queries.annual_plan_for(request.user, plan_id)
    asked = ListForm(request.POST)
    if not asked.is_valid():
        raise InputFault(text("Give the building's number; open the plan again"))
    words = asked.cleaned_data
    say(request.user, plan, words["code"], reason=words["reason"], version=words["version"])
    messages.success(request, str(said))
    return redirect("annual-plan", plan_id=plan_id)


def _list(request: HttpRequest, plan_id: int, change: Callable[..., object], said: Text) -> HttpResponse:
    plan = queries.annual_plan_for(request.user, plan_id)
    asked = ListForm(request.POST)
    if not asked.is_valid():
        raise InputFault(text("Give the building's number; open the plan again"))
    before = queries.plan_cost_fen(request.user, plan)
    change(request.user, plan, asked.cleaned_data["code"], version=asked.cleaned_data["version"])
    after = queries.plan_cost_fen(request.user, plan)
    costs = text(
        "The plan costs {after} × 10,000 yuan now, {more} against before",
        after=f"{after / FEN_OF_WAN:.1f}", more=f"{(after - before) / FEN_OF_WAN:+.1f}",
    )  # fmt: skip
    messages.success(request, f"{said}. {costs}")
    return redirect("annual-plan", plan_id=plan_id)


def _show(request: HttpRequest, plan_id: int, *, lacks_note: str = "") -> HttpResponse:
    view = queries.annual_plan(request.user, plan_id)
    place = WAY.index(view.row.state) if view.row.state in WAY else WAY.index("filed")
    context = {
        "view": view, "lacks_note": lacks_note,
        "desk": document_queries.desk(request.user, f"works.annualplan:{plan_id}"),
        "way": [(ANNUAL_PLAN.states[state], number < place, number == place and state == view.row.state)
                for number, state in enumerate(WAY)],
    }  # fmt: skip
    return render(request, "ui/annual_plan.html", context, status=422 if lacks_note else 200)
