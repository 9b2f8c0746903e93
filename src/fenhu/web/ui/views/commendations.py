"""Commendations: who may have one by the policy's rule, who was given one, and the list as a workbook."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.errors import InputFault
from fenhu.web import clock
from fenhu.web.access.gates import for_roles
from fenhu.web.documents import queries as document_queries
from fenhu.web.rules import current_policy
from fenhu.web.ui.navigation import PRAISE_READERS, PRAISERS
from fenhu.web.ui.sheets import praises_xlsx
from fenhu.web.works import queries, services
from fenhu.wording import text


@for_roles(*PRAISE_READERS)
def commendations(request: HttpRequest) -> HttpResponse:
    """Show who cooperated on time and who was commended for it."""
    year = _year(request)
    listed = document_queries.praises_of(request.user, year or clock.today().year)
    return render(request, "ui/commendations.html", {
        "found": queries.praise_page(request.user, year=year), "year": year,
        "desk": document_queries.desk(request.user, *([listed] if listed else [])),
        "years": current_policy().programme.years,
    })  # fmt: skip


@require_POST
@for_roles(*PRAISERS)
def give(request: HttpRequest) -> HttpResponse:
    """Commend the ticked flats."""
    chosen = [int(one) for one in request.POST.getlist("flat") if one.isdecimal() and len(one) < 19]
    if not chosen:
        raise InputFault(text("Tick the flats first"))
    count = services.commend(request.user, chosen)
    messages.success(request, str(text("{count} households are commended", count=count)))
    return redirect("commendations")


@for_roles(*PRAISE_READERS)
def export(request: HttpRequest) -> FileResponse:
    """Send the commendations on screen as a workbook."""
    file = BytesIO()
    praises_xlsx(queries.praises(request.user, year=_year(request)), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{text('Commendations')}.xlsx")


def _year(request: HttpRequest) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in current_policy().programme.years else None
