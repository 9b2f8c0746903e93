"""People's data: found, shown whole to who answers for it, handed out, erased, and what is due to go."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.web.access.gates import for_roles
from fenhu.web.asked import read
from fenhu.web.persons import queries, services
from fenhu.web.ui.navigation import ANSWERING
from fenhu.wording import text


class EraseForm(forms.Form):
    """Why a person is erased, and which, typed once more."""

    reason = forms.CharField(max_length=300)
    confirmed = forms.CharField(max_length=40)


@for_roles(*ANSWERING)
def persons(request: HttpRequest) -> HttpResponse:
    """Show the flats whose people are called as asked for."""
    words = request.GET.get("q", "").strip()
    context = {"words": words, "found": queries.find_persons(request.user, words)}
    return render(request, "ui/persons.html", context)


@for_roles(*ANSWERING)
def person(request: HttpRequest, flat_id: int) -> HttpResponse:
    """Show everything held of a flat's people, and what of it would stay."""
    return render(request, "ui/person.html", {"view": queries.person_view(request.user, flat_id)})


@require_POST
@for_roles(*ANSWERING)
def export(request: HttpRequest, flat_id: int) -> HttpResponse:
    """Send everything held of a flat's people as one file."""
    content = services.export_person(request.user, flat_id)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="person-{flat_id}.zip"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@for_roles(*ANSWERING)
def erase(request: HttpRequest, flat_id: int) -> HttpResponse:
    """Erase a flat's people; what has to be kept stays and is listed on the page."""
    queries.flat_of_person(request.user, flat_id)
    erased = services.erase_person(request.user, flat_id, **read(EraseForm(request.POST)))
    count = sum(erased.values())
    said = text("Erased: {count} rows and values. What has to be kept stands below", count=count)
    messages.success(request, str(said))
    return redirect("person", flat_id=flat_id)


@for_roles(*ANSWERING)
def retention(request: HttpRequest) -> HttpResponse:
    """Show the retention rules, and what is due to be forgotten today."""
    return render(request, "ui/retention.html", {"due": queries.due(), "rules": queries.kept_rules()})
