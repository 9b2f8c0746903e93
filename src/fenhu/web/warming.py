"""What pages would load on their first view, loaded before the door opens."""

from __future__ import annotations

from django.template import Engine
from django.urls import get_resolver

from fenhu.programme import working_day_after
from fenhu.web import clock

FRAMES = ("ui/base.html", "door/login.html", "portal/base.html", "household/base.html")


def warm() -> None:
    """Import every view, the calendar of working days and the frames of the pages."""
    assert get_resolver().url_patterns
    working_day_after(clock.today(), 1)
    engine = Engine.get_default()
    assert engine.template_context_processors
    for name in FRAMES:
        engine.get_template(name)
