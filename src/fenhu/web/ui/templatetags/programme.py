"""The programme as pages print it: tones of states, links to what waits."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse

from fenhu.design import quantities
from fenhu.web.ui import names
from fenhu.web.works.queries import Duty, OpenStep, WorkItem
from fenhu.wording import Text

register = template.Library()
_DONE = ("accepted", "in_use", "rewarded")
_STOPPED = ("suspended", "rectifying")
_OVER = ("withdrawn",)
_BY_CODE = ("flat-pages", "fund", "project", "project-acceptance")


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


@register.filter
def design_tone(state: str) -> str:
    """Return the tone of a design's state."""
    return {"approved": "ok", "returned": "warn", "submitted": "info"}.get(state, "muted")


@register.filter
def design_state(state: str) -> Text:
    """Return a design's state in words."""
    return names.DESIGN_STATES[state]


@register.filter
def design_origin(origin: str) -> Text:
    """Return how a version of a design came about."""
    return names.DESIGN_ORIGINS[origin]


@register.filter
def verdict_tone(verdict: str) -> str:
    """Return the tone of a check's verdict."""
    return {"pass": "ok", "error": "bad", "warning": "warn", "advice": "info"}.get(verdict, "muted")


@register.filter
def radiator_action(action: str) -> Text:
    """Return what becomes of a radiator."""
    return names.RADIATOR_ACTIONS[action]


@register.filter
def device_kind(kind: str) -> Text:
    """Return what a device of a design is."""
    return names.DEVICES[kind]


@register.filter
def loop_name(loop: str) -> Text:
    """Return what lies inside flats."""
    return names.LOOPS[loop]


@register.filter
def mains_name(mains: str) -> Text:
    """Return how mains return."""
    return names.MAINS[mains]


@register.filter
def part_name(part: str) -> Text:
    """Return a public part of a building in words."""
    return quantities.part_name(part)
