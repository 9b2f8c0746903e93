"""Heat meters: the desk, one building, a flat's heat bill, files of readings in and bills out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu import papers
from fenhu.errors import UnknownItem
from fenhu.programme import Role
from fenhu.web.access.gates import for_roles, has_role
from fenhu.web.metering import queries, services
from fenhu.web.rules import current_policy
from fenhu.web.ui import money_papers
from fenhu.web.ui.forms import read
from fenhu.web.ui.metering_forms import ColdForm, CorrectForm, ExchangeForm, InstallForm, SeasonForm
from fenhu.web.ui.navigation import METER_READERS
from fenhu.web.ui.views.banking import uploaded
from fenhu.web.ui.views.money import attachment
from fenhu.wording import Text, text


@for_roles(*METER_READERS)
def desk(request: HttpRequest) -> HttpResponse:
    """Show the meters and bills of a season, building by building."""
    return _desk(request)


@for_roles(Role.HEAT_SUPPLIER)
def template(request: HttpRequest) -> FileResponse:
    """Send the template of readings, with the meters that are to be read."""
    meters = queries.meters_to_read(request.user)
    content = money_papers.template(lambda path: papers.readings_template_xlsx(path, meters))
    return attachment(content, f"{text('Meter readings')}.xlsx")


@require_POST
@for_roles(Role.HEAT_SUPPLIER)
def take(request: HttpRequest) -> HttpResponse:
    """Take readings in, all of a file; with a fault, none of it."""
    with uploaded(request) as (path, name):
        taken = services.take_readings(request.user, path, name=name)
    if taken.batch is None:
        return _desk(request, findings=taken.findings, status=422)
    messages.success(request, str(text(
        "{taken} readings are taken in, {known} were known before", taken=taken.taken, known=taken.known
    )))  # fmt: skip
    return redirect("metering")


@for_roles(*METER_READERS)
def export(request: HttpRequest) -> FileResponse:
    """Send the heat bills of a season as a workbook."""
    season = queries.season_asked(request.GET.get("season", ""))
    bills = queries.standing_bills(request.user, season)
    content = money_papers.heat_bills(bills, season)
    return attachment(content, f"{text('Heat bills')}-{season.year}.xlsx")


@for_roles(*METER_READERS)
def building(request: HttpRequest, code: str) -> HttpResponse:
    """Show a building's meters and heat bills, flat by flat."""
    season = queries.season_asked(request.GET.get("season", ""))
    view = queries.building_metering(request.user, code, season)
    context = {"view": view, "seasons": queries.seasons_known(), "tariff": current_policy().tariff}
    return render(request, "ui/building_metering.html", context)


@for_roles(*METER_READERS, Role.HOUSEHOLD)
def heat_bill(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Show a flat's heat bill with each step and the rule it follows."""
    view = queries.heat_bill_view(request.user, bill_id)
    at_home = not has_role(request.user, *METER_READERS)
    return render(request, "ui/heat_bill.html", {"view": view, "at_home": at_home})


@require_POST
@for_roles(Role.HEAT_SUPPLIER)
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Do something with the meters of a building."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to do with heat meters", verb=verb))
    messages.success(request, str(VERBS[verb](request, code)))
    return redirect("building-metering", code=code)


def _install(request: HttpRequest, code: str) -> Text:
    asked = read(InstallForm(request.POST))
    flat = queries.flat_for(request.user, code, asked.pop("flat"))
    made = services.install_meter(request.user, flat, **asked)
    return text("Meter {number} hangs in the flat", number=made.number)


def _exchange(request: HttpRequest, code: str) -> Text:
    asked = read(ExchangeForm(request.POST))
    meter = queries.meter_for(request.user, code, asked.pop("meter"))
    made = services.exchange_meter(request.user, meter, **asked)
    return text("Meter {old} is replaced by {number}", old=meter.number, number=made.number)


def _correct(request: HttpRequest, code: str) -> Text:
    asked = read(CorrectForm(request.POST))
    reading = queries.reading_for(request.user, code, asked["meter"], asked["on"])
    services.correct_reading(request.user, reading, energy_kwh=asked["energy_kwh"], note=asked["note"])
    return text("The reading is corrected; the earlier value stays on record")


def _cold(request: HttpRequest, code: str) -> Text:
    asked = read(ColdForm(request.POST))
    flat = queries.flat_for(request.user, code, asked.pop("flat"))
    services.record_cold(request.user, flat, **asked)
    return text("The cold days are recorded; the bill is lowered when it is issued")


def _bills(request: HttpRequest, code: str) -> Text:
    year = read(SeasonForm(request.POST))["year"]
    found = queries.building_for(request.user, code)
    issued = services.issue_bills(request.user, found, year)
    return text(
        "{new} bills are new, {changed} are replaced, {unchanged} stay as they were",
        new=issued.new, changed=issued.changed, unchanged=issued.unchanged,
    )  # fmt: skip


VERBS: Mapping[str, Callable[[HttpRequest, str], Text]] = {
    "install": _install, "exchange": _exchange, "correct": _correct, "cold": _cold, "bills": _bills,
}  # fmt: skip


def _desk(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    season = queries.season_asked(request.GET.get("season", ""))
    context = {
        "desk": queries.metering_desk(request.user, season), "seasons": queries.seasons_known(),
        "may_take": has_role(request.user, Role.HEAT_SUPPLIER), **more,
    }  # fmt: skip
    return render(request, "ui/metering.html", context, status=status)
