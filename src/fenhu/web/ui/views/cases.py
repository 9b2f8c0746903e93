"""Cases: the list, opening one, one case, its steps and what is recorded on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fenhu.errors import InputFault, UnknownItem
from fenhu.programme import CASE, KINDS
from fenhu.web.access.gates import for_roles
from fenhu.web.household import queries as household
from fenhu.web.registry.queries import districts
from fenhu.web.ui.case_forms import CaseForm, EvidenceForm, LiabilityForm, OutcomeForm
from fenhu.web.ui.forms import StepForm, read
from fenhu.web.ui.navigation import CASE_PEOPLE
from fenhu.web.works import queries, services
from fenhu.wording import Text, text

STATES: Mapping[str, Text] = {
    "pending": text("not settled"), "overdue": text("overdue"), "done": text("settled or closed"),
    **CASE.states,
}  # fmt: skip


# What the list can be narrowed to.
SIEVE = ("state", "kind", "district", "age", "opened", "settled")


@for_roles(*CASE_PEOPLE)
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases in the reader's scope, with their figures."""
    asked = {
        key: request.GET.get(key, "") for key in ("state", "kind", "district", "age", "opened", "settled")
    }
    known = {"state": STATES, "kind": KINDS, "age": queries.AGES}
    sieve = {key: value if value in known.get(key, (value,)) else "" for key, value in asked.items()}
    page = request.GET.get("page", "")
    return render(request, "ui/cases.html", {
        "found": queries.case_page(request.user, **sieve, page=int(page) if page.isdecimal() else 1),
        "sieve": sieve, "narrowed": any(sieve.values()), "states": STATES, "kinds": KINDS,
        "ages": [(code, label) for code, (label, _) in queries.AGES.items()],
        "districts": districts(request.user),
    })  # fmt: skip


@for_roles(*CASE_PEOPLE)
def open_case(request: HttpRequest) -> HttpResponse:
    """Ask what happened at a building, and open a case of it."""
    if request.method != "POST":
        code = request.GET.get("building", "").strip()
        desk = queries.case_desk(request.user, code) if code else None
        kind = request.GET.get("kind", "")
        return render(request, "ui/case_open.html", {"desk": desk, "code": code, "kind": kind})
    asked = read(CaseForm(request.POST))
    building = queries.building_for_case(request.user, asked["building"])
    case = services.open_case(
        request.user, building, kind=asked["kind"], title=asked["title"], account=asked["account"],
        flat_id=asked["flat"],
    )  # fmt: skip
    messages.success(request, str(text("The case is open; it is dealt with by the day shown")))
    return redirect("case", case_id=case.pk)


@for_roles(*CASE_PEOPLE)
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show one case with what the reader may do on it."""
    return _show(request, case_id)


@require_POST
@for_roles(*CASE_PEOPLE)
def take_step(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take one step on a case; a missing reason is asked for on the page itself."""
    found = queries.case_for(request.user, case_id)
    asked = StepForm(request.POST)
    if not asked.is_valid():
        raise InputFault(text("The step is incomplete; open the case again and choose one"))
    words = asked.cleaned_data
    step = CASE.step(words["step"])
    if step.needs_note and not words["note"].strip():
        return _show(request, case_id, lacks_note=step.name)
    services.fire(request.user, found, step.name, version=words["version"], note=words["note"])
    messages.success(request, str(text("Done: {step}", step=step.label)))
    return redirect("case", case_id=case_id)


@require_POST
@for_roles(*CASE_PEOPLE)
def act(request: HttpRequest, case_id: int, verb: str) -> HttpResponse:
    """Record something on a case."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to record on a case", verb=verb))
    record, place = VERBS[verb]
    messages.success(request, str(record(request, queries.case_for(request.user, case_id))))
    return redirect(f"{reverse('case', args=[case_id])}#{place}")


def _show(request: HttpRequest, case_id: int, *, lacks_note: str = "") -> HttpResponse:
    view = queries.case_view(request.user, case_id)
    context = {"view": view, "lacks_note": lacks_note, "photos": household.photos_of(request.user, case_id)}
    return render(request, "ui/case.html", context, status=422 if lacks_note else 200)


def _evidence(request: HttpRequest, found: Any) -> Text:
    asked = read(EvidenceForm(request.POST))
    services.record_evidence(request.user, found, asked["code"], asked["note"], asked["on"])
    return text("The evidence is on record")


def _outcome(request: HttpRequest, found: Any) -> Text:
    services.write_outcome(request.user, found, **read(OutcomeForm(request.POST)))
    return text("The outcome is written down")


def _liability(request: HttpRequest, found: Any) -> Text:
    asked = read(LiabilityForm(request.POST))
    services.decide_liability(request.user, found, asked["liable"], asked["note"])
    return text("The decision is on record")


# What can be recorded, and where on the page it then stands.
VERBS: Mapping[str, tuple[Callable[[HttpRequest, Any], Text], str]] = {
    "evidence": (_evidence, "evidence"), "outcome": (_outcome, "outcome"),
    "liability": (_liability, "liability"),
}  # fmt: skip
