"""The housing repair fund of a building: the owners' vote, the application, the release."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.errors import InputFault, UnknownItem
from fenhu.programme import FUND
from fenhu.web.access.gates import for_roles
from fenhu.web.ledger import queries, services
from fenhu.web.ui.forms import StepForm, read
from fenhu.web.ui.money_forms import BudgetForm
from fenhu.web.ui.navigation import FUND_READERS
from fenhu.web.works import queries as works_queries
from fenhu.web.works import services as works
from fenhu.wording import Text, text


@for_roles(*FUND_READERS)
def fund(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the repair fund may pay, how the owners voted, how far the application is."""
    return _show(request, code)


@require_POST
@for_roles(*FUND_READERS)
def fund_act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Open the application, record votes, grant an amount, or take a step."""
    if verb == "open":
        services.open_fund(request.user, queries.project_for_money(request.user, code))
        return _done(request, code, text("The owners can vote now"))
    application = queries.fund_for(request.user, code)
    match verb:
        case "votes":
            count = services.record_votes(request.user, application, **_votes(request))
            return _done(request, code, text("{count} votes are recorded", count=count))
        case "grant":
            services.grant_fund(request.user, application, fen=read(BudgetForm(request.POST))["yuan"])
            return _done(request, code, text("The amount is recorded"))
        case "step":
            asked = read(StepForm(request.POST))
            step = FUND.step(asked["step"])
            if step.needs_note and not asked["note"].strip():
                return _show(request, code, lacks_note=step.name)
            works.fire(
                request.user, application, step.name, version=asked["version"], note=asked["note"]
            )  # fmt: skip
            return _done(request, code, text("Done: {step}", step=step.label))
    raise UnknownItem(text("There is nothing called {verb} to do with the repair fund", verb=verb))


def _votes(request: HttpRequest) -> dict[str, list[str]]:
    flats = request.POST.getlist("flat")
    if not flats:
        raise InputFault(text("Tick the flats first"))
    agrees = request.POST.get("vote") == "agree"
    return {"agree": flats if agrees else [], "refuse": [] if agrees else flats}


def _done(request: HttpRequest, code: str, said: Text) -> HttpResponse:
    messages.success(request, str(said))
    return redirect("fund", code=code)


def _show(request: HttpRequest, code: str, lacks_note: str = "") -> HttpResponse:
    view = queries.fund_view(request.user, code)
    steps = works_queries.open_steps(request.user, view.application) if view.application else ()
    context = {"view": view, "steps": steps, "lacks_note": lacks_note}
    return render(request, "ui/fund.html", context, status=422 if lacks_note else 200)
