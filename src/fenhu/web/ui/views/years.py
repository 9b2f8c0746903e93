"""The plan of each year, its schedule, and the buildings no year has a place for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fenhu.papers import Schedule, schedule_xlsx
from fenhu.records import Payer
from fenhu.web.access.gates import for_roles
from fenhu.web.recent import recent
from fenhu.web.rules import current_policy
from fenhu.web.ui import pictures
from fenhu.web.ui.navigation import OFFICES
from fenhu.web.works import queries
from fenhu.wording import Text, text

ANSWERS: Mapping[str, Text] = {
    "open": text("still to be asked"), "agreed": text("agreed"), "refused": text("refused"),
}  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plan_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the buildings planned for a year, per supplier and payer, against the target."""
    view = recent(queries.year_figures, request.user, _of_the_programme(year))
    reasoned = queries.planned(request.user, year, page=_number(request, "page"))
    context = {"view": view, "payers": pictures.payers(view), "reasoned": reasoned}
    return render(request, "ui/plan_year.html", context)


def schedule(request: HttpRequest, year: int) -> HttpResponse:
    """Send the year's building schedule as a workbook."""
    return schedule_file(queries.year_schedule(request.user, _of_the_programme(year)), year)


def schedule_file(paper: Schedule, year: int) -> HttpResponse:
    """Return a building schedule as a workbook to keep."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "schedule.xlsx"
        schedule_xlsx(paper, path)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="schedule-{year}.xlsx"; '
        f"filename*=UTF-8''%E6%A5%BC%E6%A0%8B%E6%98%8E%E7%BB%86%E8%A1%A8-{year}.xlsx"
    )
    return response


def unplanned(request: HttpRequest) -> HttpResponse:
    """Show the buildings the plan leaves out, counted by cause, each with its reasons."""
    found = queries.unplanned(request.user, cause=_number(request, "cause"), page=_number(request, "page"))
    return render(request, "ui/unplanned.html", {"found": found, "years": current_policy().programme.years})


@for_roles(*OFFICES)
def carried(request: HttpRequest, year: int, payer: str) -> HttpResponse:
    """Show what one payer carries of which building of a year."""
    if payer not in tuple(Payer):
        raise Http404(payer)
    page = queries.carried_page(
        request.user, _of_the_programme(year), Payer(payer), page=_number(request, "page")
    )
    return render(request, "ui/carried.html", {"found": page})


@for_roles(*OFFICES)
def consent(request: HttpRequest, year: int) -> HttpResponse:
    """Show which buildings of a year have flats that are to be asked, agreed or refused."""
    answer = request.GET.get("answer", "")
    page = queries.consent_page(
        request.user, _of_the_programme(year), answer if answer in queries.ANSWERS else "open",
        page=_number(request, "page"),
    )  # fmt: skip
    return render(request, "ui/consent.html", {"found": page, "answers": ANSWERS})


def _number(request: HttpRequest, name: str) -> int:
    """Return a number the address gives; 0 where it gives none."""
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() else 0


def _of_the_programme(year: int) -> int:
    if year not in current_policy().programme.years:
        raise Http404(year)
    return year
