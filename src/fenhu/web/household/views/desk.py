"""What an office does about the flats' pages of a building: links, telephones, contract numbers, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from fenhu.errors import UnknownItem
from fenhu.papers.issued.codes import qr_svg
from fenhu.programme import Role
from fenhu.web.access.gates import for_roles
from fenhu.web.asked import read
from fenhu.web.household import overseeing, services
from fenhu.web.household.allowed import INFORMERS
from fenhu.web.household.doors import Door
from fenhu.web.household.forms import AnswerRoomForm, FlatForm
from fenhu.web.household.views.photos import sent
from fenhu.web.works import services as works
from fenhu.wording import Text, text

# Whoever may see cases may see what was photographed for them; which cases, their scope says.
_CASE_PEOPLE = tuple(role for role in Role if role not in (Role.FINANCE, Role.HOUSEHOLD))


@for_roles(*overseeing.READERS)
def desk(request: HttpRequest, code: str) -> HttpResponse:
    """Show the links of a building's flats, who opened them, and what waits for the supplier."""
    return render(request, "household/desk.html", {"view": overseeing.desk_view(request.user, code)})


@for_roles(*overseeing.READERS)
def declaration(request: HttpRequest, code: str, declaration_id: int) -> HttpResponse:
    """Show what a household declared, with the text it read and its signature."""
    found = overseeing.declaration_for(request.user, code, declaration_id)
    return render(request, "household/declaration.html", {"one": found, "code": code})


@for_roles(*_CASE_PEOPLE)
def photo(request: HttpRequest, case_id: int, photo_id: int) -> FileResponse:
    """Send a photograph of a case."""
    return sent(overseeing.photo_for(request.user, case_id, photo_id))


@require_POST
@for_roles(*INFORMERS)
def slips(request: HttpRequest, code: str) -> HttpResponse:
    """Show the links as slips to be printed: of one flat, or of all in the reader's care."""
    flats = overseeing.flats_to_print(request.user, code, request.POST.get("flat", ""))
    printed = [
        (flat, f"{settings.ADDRESS}{path}", mark_safe(qr_svg(f"{settings.ADDRESS}{path}")))
        for flat, path in services.print_links(request.user, flats)
    ]
    response = render(request, "household/slips.html", {"code": code, "slips": printed})
    add_never_cache_headers(response)
    return response


@require_POST
@for_roles(*INFORMERS)
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Do something about a flat's page."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to do here", verb=verb))
    record, place = VERBS[verb]
    messages.success(request, str(record(request, code)))
    return redirect(f"{reverse('flat-pages', args=[code])}#{place}")


def _flat(request: HttpRequest, code: str) -> tuple[Any, Mapping[str, Any]]:
    asked = read(FlatForm(request.POST))
    return overseeing.flat_cared_for(request.user, code, asked["flat"]), asked


def _revoke(request: HttpRequest, code: str) -> Text:
    flat, _ = _flat(request, code)
    services.revoke_link(request.user, flat)
    return text(
        "The link of flat {flat} opens nothing any more; its next notice carries a new one", flat=flat.flat_id
    )


def _phone(request: HttpRequest, code: str) -> Text:
    flat, asked = _flat(request, code)
    services.set_phone(request.user, flat, asked["phone"])
    return text("The telephone of flat {flat} is entered", flat=flat.flat_id)


def _number(request: HttpRequest, code: str) -> Text:
    flat, asked = _flat(request, code)
    door = Door(flat=flat, proved=True, user=request.user)
    services.countersign(request.user, door, number=asked["number"])
    return text("The contract of flat {flat} binds both parties", flat=flat.flat_id)


def _answer(request: HttpRequest, code: str) -> Text:
    asked = read(AnswerRoomForm(request.POST))
    report = overseeing.report_for(request.user, code, asked["report"])
    works.fire(request.user, report, "answer", version=asked["version"], note=asked["note"])
    return text("The household reads your answer on its page")


# What can be done, and where on the page it then stands.
VERBS: Mapping[str, tuple[Callable[[HttpRequest, str], Text], str]] = {
    "revoke": (_revoke, "links"), "phone": (_phone, "links"), "number": (_number, "signed"),
    "answer": (_answer, "rooms"),
}  # fmt: skip
