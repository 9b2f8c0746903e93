"""One building: its elevation before and after, why, when, what it costs and who pays."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fenhu.web.household import queries as household
from fenhu.web.ui import pictures
from fenhu.web.ui.requests import PageRequest
from fenhu.web.ui.verdict import verdict
from fenhu.web.works import queries


def building(request: HttpRequest, code: str) -> HttpResponse:
    """Show a building with the layer and the flat the address names."""
    view = queries.building_view(request.user, code)
    layer = request.GET.get("layer", pictures.HEAT)
    return render(request, "ui/building.html", {
        "view": view,
        "verdict": verdict(view),
        "flat": next((flat for flat in view.flats if flat.flat_id == request.GET.get("flat")), None),
        "layer": layer if layer in pictures.LAYERS else pictures.HEAT,
        "layers": pictures.LAYERS,
        "elevation": pictures.elevation(view, layer, request.path),
        "profile": pictures.profile(view),
        "bill": queries.bill_groups(view.bill, view.line_shares),
        "history": queries.building_history(request.user, code),
        "cases": queries.building_cases(request.user, code),
        "rooms": household.rooms_view(request.user, code),
        "opens_case": queries.case_desk(request.user, code) is not None,
    })  # fmt: skip


def explained(request: PageRequest, code: str) -> HttpResponse:
    """Say what explains a building's measured rooms: a part of its page that takes its time."""
    found = queries.explained(request.user, code)
    page = "ui/building/explained.html" if request.htmx else "ui/building_explained.html"
    return render(request, page, {"found": found})
