"""The card of the tour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from fenhu.web.ui.touring import TourView, tour_view

register = template.Library()


@register.simple_tag(takes_context=True)
def tour_on_card(context: Mapping[str, Any]) -> TourView | None:
    """Return the tour for the card of the page; None where it is closed, has no stop, or is shown in full."""
    request = context["request"]
    tour = tour_view(request)
    full = request.resolver_match is not None and request.resolver_match.url_name == "tour"
    return None if tour.closed or full or not tour.stops else tour
