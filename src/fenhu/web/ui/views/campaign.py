"""The campaign: activities, reach, the library, and criticism that is taken up as a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fenhu.errors import UnknownItem
from fenhu.web import clock
from fenhu.web.access.gates import for_roles
from fenhu.web.handing_out import handed_out
from fenhu.web.rules import current_policy, programme_year
from fenhu.web.ui import names
from fenhu.web.ui.campaign_forms import ActivityForm, ContactForm, MaterialForm
from fenhu.web.ui.forms import read
from fenhu.web.ui.navigation import CAMPAIGNERS, OFFICES
from fenhu.web.works import queries, services
from fenhu.wording import Text, text


@for_roles(*OFFICES)
def campaign(request: HttpRequest) -> HttpResponse:
    """Show what was done to inform residents in a year, and how far it reached."""
    asked, page = request.GET.get("year", ""), request.GET.get("page", "")
    years = current_policy().programme.years
    chosen = int(asked) if asked.isdecimal() and int(asked) in years else programme_year(clock.today())
    view = queries.campaign_view(request.user, chosen, page=int(page) if page.isdecimal() else 1)
    return render(request, "ui/campaign.html", {
        "view": view, "years": years, "kinds": names.ACTIVITY_KINDS, "material_kinds": names.MATERIAL_KINDS,
    })  # fmt: skip


@require_POST
@for_roles(*CAMPAIGNERS)
def act(request: HttpRequest, verb: str) -> HttpResponse:
    """Record an activity or put something into the library."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to record of the campaign", verb=verb))
    record, place = VERBS[verb]
    messages.success(request, str(record(request)))
    return redirect(f"{reverse('campaign')}#{place}")


@for_roles(*OFFICES)
def material(request: HttpRequest, material_id: int) -> FileResponse:
    """Hand out a piece of the library."""
    found = queries.material_for(request.user, material_id)
    return handed_out(found.file, title=found.title, media_type=found.media_type)


def _activity(request: HttpRequest) -> Text:
    services.record_activity(request.user, **read(ActivityForm(request.POST)))
    return text("The activity is on record")


def _material(request: HttpRequest) -> Text:
    services.file_material(request.user, **read(MaterialForm(request.POST, request.FILES)))
    return text("It stands in the library")


def _contact(request: HttpRequest) -> Text:
    services.keep_media_contact(request.user, **read(ContactForm(request.POST)))
    return text("The contact is on the list")


def _end_contact(request: HttpRequest) -> Text:
    contact = queries.contact_for(request.user, _number(request))
    services.end_media_contact(request.user, contact)
    return text("The contact is off the list; it stays on record")


def _publish_material(request: HttpRequest) -> Text:
    services.publish(request.user, queries.material_for(request.user, _number(request)))
    return text("It stands on the public portal")


def _take_back_material(request: HttpRequest) -> Text:
    services.take_back(request.user, queries.material_for(request.user, _number(request)))
    return text("It is off the public portal; the offices keep it")


def _publish_activity(request: HttpRequest) -> Text:
    services.publish(request.user, queries.activity_for(request.user, _number(request)))
    return text("It stands on the public portal")


def _take_back_activity(request: HttpRequest) -> Text:
    services.take_back(request.user, queries.activity_for(request.user, _number(request)))
    return text("It is off the public portal; the offices keep it")


def _number(request: HttpRequest) -> int:
    number = request.POST.get("number", "")
    return int(number) if number.isdecimal() else 0


# What can be recorded, and where on the page it then stands.
VERBS: Mapping[str, tuple[Callable[[HttpRequest], Text], str]] = {
    "activity": (_activity, "activities"), "material": (_material, "library"),
    "contact": (_contact, "contacts"), "end-contact": (_end_contact, "contacts"),
    "publish-material": (_publish_material, "library"),
    "take-back-material": (_take_back_material, "library"),
    "publish-activity": (_publish_activity, "activities"),
    "take-back-activity": (_take_back_activity, "activities"),
}  # fmt: skip
