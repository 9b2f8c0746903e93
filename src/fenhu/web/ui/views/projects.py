"""Conversions: the list, one project, its steps and what is recorded on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.errors import InputFault, UnknownItem
from fenhu.programme import PAPERS, PROJECT
from fenhu.web import clock
from fenhu.web.access.gates import for_roles
from fenhu.web.documents import queries as document_queries
from fenhu.web.rules import current_policy
from fenhu.web.ui.forms import (
    AnswersForm,
    DayForm,
    ElectionForm,
    FlatsForm,
    LeadsForm,
    NameForm,
    PaperForm,
    StepForm,
    pasted_answers,
    read,
)
from fenhu.web.ui.navigation import OFFICES
from fenhu.web.ui.project_pictures import BY_STATE, LAYERS, project_elevation
from fenhu.web.works import queries, services
from fenhu.web.works.services import ANSWER_WAYS, NOTICE_WAYS
from fenhu.wording import Text, text

SAVED = text("Recorded")


@for_roles(*OFFICES)
def projects(request: HttpRequest) -> HttpResponse:
    """Show the projects of a year, by state."""
    year, state, page = (request.GET.get(key, "") for key in ("year", "state", "page"))
    found = queries.project_page(
        request.user,
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        state=state if state in PROJECT.states else "",
        search=request.GET.get("search", "").strip()[:80],
        page=int(page) if page.isdecimal() else 1,
    )
    return render(request, "ui/projects.html", {
        "found": found, "year": year, "state": state, "search": request.GET.get("search", ""),
        "states": [
            (code, name, found.states[code]) for code, name in PROJECT.states.items() if code in found.states
        ],
        "years": current_policy().programme.years,
    })  # fmt: skip


@for_roles(*OFFICES)
def project(request: HttpRequest, code: str) -> HttpResponse:
    """Show one project with its gates, flats, people, papers and steps."""
    return _show(request, code)


@require_POST
@for_roles(*OFFICES)
def take_step(request: HttpRequest, code: str) -> HttpResponse:
    """Take one step on a project; a missing reason is asked for on the page itself."""
    case = queries.project_for(request.user, code)
    asked = read(StepForm(request.POST))
    step = PROJECT.step(asked["step"])
    if step.needs_note and not asked["note"].strip():
        return _show(request, code, lacks_note=step.name)
    services.fire(request.user, case, step.name, version=asked["version"], note=asked["note"])
    messages.success(request, str(text("Done: {step}", step=step.label)))
    if step.target in PROJECT.final:
        return redirect("projects")
    return redirect("project", code=code)


@require_POST
@for_roles(*OFFICES)
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Record something on a project."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to record on a project", verb=verb))
    case = queries.project_for(request.user, code)
    said = VERBS[verb](request, case)
    messages.success(request, str(said))
    return redirect("project", code=code)


def _show(request: HttpRequest, code: str, *, lacks_note: str = "") -> HttpResponse:
    view = queries.project_view(request.user, code)
    layer = request.GET.get("layer", "")
    if layer not in LAYERS:
        layer = BY_STATE.get(view.row.state, "contract")
    context = {
        "view": view, "lacks_note": lacks_note, "layer": layer, "today": clock.today(),
        "layers": {key: name for key, (name, _, _) in LAYERS.items()},
        "elevation": project_elevation(view, layer, request.path),
        "desk": document_queries.desk(request.user, f"works.project:{view.project.pk}"),
        "notice_ways": NOTICE_WAYS, "answer_ways": ANSWER_WAYS, "paper_kinds": PAPERS,
    }  # fmt: skip
    return render(request, "ui/project.html", context, status=422 if lacks_note else 200)


def _flats(request: HttpRequest, case: Any) -> Text:
    asked, chosen = read(FlatsForm(request.POST)), request.POST.getlist("flat")
    if not chosen:
        raise InputFault(text("Tick the flats first"))
    record = _RECORDS[asked["what"]]
    return text("Recorded for {count} flats", count=record(request.user, case, chosen, asked))


def _notices(user: Any, case: Any, flats: list[str], asked: Mapping[str, Any]) -> int:
    return services.deliver_notices(user, case, flats, how=asked["how_notice"] or "hand", on=asked["on"])


def _agreed(user: Any, case: Any, flats: list[str], asked: Mapping[str, Any]) -> int:
    answers = [services.Answer(flat=flat, agrees=True) for flat in flats]
    return services.record_answers(user, case, answers, how=asked["how_answer"] or "door", on=asked["on"])


def _refused(user: Any, case: Any, flats: list[str], asked: Mapping[str, Any]) -> int:
    answers = [services.Answer(flat=flat, agrees=False, reason=str(asked["reason"])) for flat in flats]
    return services.record_answers(user, case, answers, how=asked["how_answer"] or "door", on=asked["on"])


def _contracts(user: Any, case: Any, flats: list[str], asked: Mapping[str, Any]) -> int:
    begins = str(asked["number"]).strip()
    if not begins:
        raise InputFault(text("Give what the contract numbers begin with, e.g. HT-2011-"))
    return services.sign_contracts(user, case, {flat: f"{begins}{flat}" for flat in flats}, on=asked["on"])


def _ready(user: Any, case: Any, flats: list[str], asked: Mapping[str, Any]) -> int:
    return services.ready(user, case, flats, on=asked["on"])


_RECORDS = {"notice": _notices, "agree": _agreed, "refuse": _refused, "contract": _contracts, "ready": _ready}


def _answers(request: HttpRequest, case: Any) -> Text:
    asked = read(AnswersForm(request.POST))
    count = services.record_answers(
        request.user, case, pasted_answers(asked["lines"]), how=asked["how"], on=asked["on"]
    )
    return text("Recorded for {count} flats", count=count)


def _contractor(request: HttpRequest, case: Any) -> Text:
    services.choose_contractor(request.user, case, read(NameForm(request.POST))["name"])
    return SAVED


def _leads(request: HttpRequest, case: Any) -> Text:
    asked = read(LeadsForm(request.POST))
    services.publish_leads(
        request.user, case, supplier=(asked["supplier_lead"], asked["supplier_phone"]),
        contractor=(asked["contractor_lead"], asked["contractor_phone"]),
    )  # fmt: skip
    return text("Published: both leads stand on the public page of the building")


def _technician(request: HttpRequest, case: Any) -> Text:
    asked = read(NameForm(request.POST))
    services.name_technician(request.user, case, name=asked["name"], phone=asked["phone"])
    return SAVED


def _mains(request: HttpRequest, case: Any) -> Text:
    services.lay_mains(request.user, case, on=read(DayForm(request.POST))["on"])
    return SAVED


def _briefed(request: HttpRequest, case: Any) -> Text:
    services.brief(request.user, case, on=read(DayForm(request.POST))["on"])
    return SAVED


def _timetable(request: HttpRequest, case: Any) -> Text:
    services.set_timetable(request.user, case, ready_by=read(DayForm(request.POST))["on"])
    return SAVED


def _owner(request: HttpRequest, case: Any) -> Text:
    services.owner_converts(request.user, case, itself=request.POST.get("itself") == "1")
    return SAVED


def _ask_extension(request: HttpRequest, case: Any) -> Text:
    asked = read(DayForm(request.POST))
    services.ask_extension(request.user, case, until=asked["on"], reason=asked["reason"])
    return text("Asked for: the bureau decides")


def _decide_extension(request: HttpRequest, case: Any) -> Text:
    services.decide_extension(request.user, case, granted=request.POST.get("granted") == "1")
    return SAVED


def _paper(request: HttpRequest, case: Any) -> Text:
    asked = read(PaperForm(request.POST, request.FILES))
    services.file_paper(request.user, case, kind=asked["kind"], title=asked["title"], file=asked["file"])
    return text("The paper is filed")


def _withdraw_paper(request: HttpRequest, case: Any) -> Text:
    number = request.POST.get("paper", "")
    paper = queries.paper_for(request.user, int(number) if number.isdecimal() else 0)
    services.withdraw_paper(request.user, paper)
    return text("The paper is withdrawn; it stays on record")


def _elected(request: HttpRequest, case: Any) -> Text:
    services.elect(request.user, case, **read(ElectionForm(request.POST)))
    return SAVED


VERBS: Mapping[str, Callable[[HttpRequest, Any], Text]] = {
    "flats": _flats, "answers": _answers, "contractor": _contractor, "leads": _leads,
    "technician": _technician, "mains": _mains, "briefed": _briefed, "timetable": _timetable,
    "owner": _owner, "ask-extension": _ask_extension, "decide-extension": _decide_extension,
    "paper": _paper, "withdraw-paper": _withdraw_paper, "elected": _elected,
}  # fmt: skip
