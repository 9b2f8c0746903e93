"""The map of the city: coloured by one layer, narrowed as the list of buildings is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fenhu.web.access.gates import for_roles
from fenhu.web.recent import recent
from fenhu.web.ui.map_pictures import map_page
from fenhu.web.ui.navigation import OFFICES
from fenhu.web.ui.requests import PageRequest
from fenhu.web.ui.views.buildings import chosen
from fenhu.web.works import queries

DEFAULT_LAYER = "state"


@for_roles(*OFFICES)
def city_map(request: PageRequest) -> HttpResponse:
    """Show the map; asked by a script for the map alone, only that."""
    sieve = chosen(request)
    layer = queries.LAYERS.get(request.GET.get("layer", ""), queries.LAYERS[DEFAULT_LAYER])
    view = queries.city_view(request.user, sieve, layer)
    context = {"page": map_page(view, request.GET), "sieve": sieve, "layer": layer.code}
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "ui/map/map.html", context)
    choices = recent(queries.building_choices, request.user)
    return render(request, "ui/map.html", {**context, "choices": choices})
