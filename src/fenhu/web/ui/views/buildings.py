"""The list of buildings: narrowed, sorted and paged by its address alone; what it shows as a workbook."""

from __future__ import annotations

from dataclasses import fields
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from fenhu.web.recent import recent
from fenhu.web.ui.requests import PageRequest
from fenhu.web.ui.sheets import buildings_xlsx
from fenhu.web.works import queries

DEFAULT_SORT = "-priority"


def chosen(request: HttpRequest) -> queries.BuildingFilter:
    """Return what the address narrows the list to."""
    asked = request.GET
    words: dict[str, Any] = {
        field.name: asked.get(field.name, "").strip() for field in fields(queries.BuildingFilter)
    }
    words["priority_class"] = bool(words["priority_class"])
    return queries.BuildingFilter(**words)


def buildings(request: PageRequest) -> HttpResponse:
    """Show one page of the list; asked by a script for the list alone, only that."""
    sieve = chosen(request)
    page = request.GET.get("page", "")
    found = queries.building_page(
        request.user,
        sieve,
        sort=request.GET.get("sort", DEFAULT_SORT),
        page=int(page) if page.isdecimal() else 1,
    )
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "ui/buildings/list.html", {"found": found, "sieve": sieve})
    context = {"found": found, "sieve": sieve, "choices": recent(queries.building_choices, request.user)}
    return render(request, "ui/buildings.html", context)


def export(request: HttpRequest) -> FileResponse:
    """Send the buildings the list shows, all pages of them, as a workbook."""
    rows = queries.building_rows(request.user, chosen(request), sort=request.GET.get("sort", DEFAULT_SORT))
    file = BytesIO()
    buildings_xlsx(rows, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="楼栋清单.xlsx")
