"""A building's acceptance: its rounds, what is measured in them and who signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fenhu.errors import UnknownItem
from fenhu.programme import ACCEPTANCE, PARTY_NAMES
from fenhu.web.access.gates import for_roles
from fenhu.web.documents import queries as document_queries
from fenhu.web.ui.forms import StepForm, read
from fenhu.web.ui.navigation import OFFICES
from fenhu.web.ui.site_forms import MeasureForm, SignForm
from fenhu.web.works import queries, services
from fenhu.wording import Text, text


@for_roles(*OFFICES)
def acceptance(request: HttpRequest, code: str) -> HttpResponse:
    """Show the rounds of a building's acceptance, the newest first."""
    view = queries.acceptance_view(request.user, code)
    rounds = [f"works.acceptanceround:{one.id}" for one in view.rounds]
    context = {"view": view, "desk": document_queries.desk(request.user, *rounds)}
    return render(request, "ui/acceptance.html", context)


@require_POST
@for_roles(*OFFICES)
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Open a round, or measure, sign and decide in the one being held."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} in an acceptance", verb=verb))
    messages.success(request, str(VERBS[verb](request, code)))
    return redirect(f"{reverse('project-acceptance', args=[code])}#rounds")


def _open(request: HttpRequest, code: str) -> Text:
    held = services.open_round(request.user, queries.project_for(request.user, code))
    return text("Round {number} is open", number=held.number)


def _measure(request: HttpRequest, code: str) -> Text:
    held, asked = queries.open_round_for(request.user, code), read(MeasureForm(request.POST))
    found = services.measure(
        request.user, held, asked["test"], asked["value"], flat_id=asked["flat"] or None,
        remark=asked["remark"],
    )  # fmt: skip
    return text("Measured: within its limits") if found.kept else text("Measured: outside its limits")


def _sign(request: HttpRequest, code: str) -> Text:
    held, asked = queries.open_round_for(request.user, code), read(SignForm(request.POST))
    services.sign(request.user, held, **asked)
    return text("Signed: {party}", party=PARTY_NAMES[asked["party"]])


def _step(request: HttpRequest, code: str) -> Text:
    held, asked = queries.open_round_for(request.user, code), read(StepForm(request.POST))
    services.fire(request.user, held, asked["step"], version=asked["version"], note=asked["note"])
    return text("Done: {step}", step=ACCEPTANCE.step(asked["step"]).label)


VERBS: Mapping[str, Callable[[HttpRequest, str], Text]] = {
    "open": _open, "measure": _measure, "sign": _sign, "step": _step,
}  # fmt: skip
