"""Whether a reader finds the flats' pages of a building."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from fenhu.web.access.gates import has_role
from fenhu.web.household.overseeing import READERS

register = template.Library()


@register.simple_tag(takes_context=True)
def flats_reader(context: Mapping[str, Any]) -> bool:
    """Return whether the links and reports of flats are the reader's to see."""
    return has_role(context["user"], *READERS)
