"""The programme as pages print it: tones of states, links to what waits."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse

from fenhu.web.works.queries import Duty, OpenStep, WorkItem

register = template.Library()
_DONE = ("accepted", "in_use", "rewarded")
_STOPPED = ("suspended", "rectifying")
_OVER = ("withdrawn",)
_BY_CODE = ("project", "project-acceptance")


@register.filter
def project_tone(state: str) -> str:
    """Return the tone of a project's state."""
    if state in _DONE:
        return "ok"
    if state in _STOPPED:
        return "warn"
    return "muted" if state in _OVER else "info"


@register.filter
def round_tone(state: str) -> str:
    """Return the tone of a round of acceptance."""
    return {"passed": "ok", "partly": "warn", "failed": "bad"}.get(state, "info")


@register.filter
def with_todo(duties: Iterable[Duty]) -> list[Duty]:
    """Return the works on which something waits for the contractor."""
    return [duty for duty in duties if duty.todo is not None]


@register.filter
def case_tone(state: str) -> str:
    """Return the tone of a case's state."""
    return {"settled": "ok", "closed": "muted", "at_bureau": "warn", "at_security": "warn"}.get(state, "info")


@register.filter
def with_aside(steps: Iterable[OpenStep]) -> bool:
    """Return whether some of the steps lead aside of the natural way."""
    return any(step.aside for step in steps)


@register.filter
def leads_to(item: WorkItem) -> str:
    """Return the address of the page on which something that waits is dealt with."""
    return reverse(item.kind, args=[item.key if item.kind in _BY_CODE else int(item.key)])
