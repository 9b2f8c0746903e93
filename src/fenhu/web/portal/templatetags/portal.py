"""Words and figures as only the portal's pages print them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import template

from fenhu.web import rules

register = template.Library()


@register.filter
def programme_year(day: date) -> int:
    """Return the programme's year of a day."""
    return rules.programme_year(day)


@register.filter
def firsts(pairs: Iterable[tuple[str, int]]) -> list[str]:
    """Return the names of counted names."""
    return [name for name, _ in pairs]


@register.filter
def plain(value: Decimal) -> str:
    """Return a measured value without an exponent and without noughts at its end."""
    return f"{value.normalize():f}"
