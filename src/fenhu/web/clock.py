"""The product's clock: the one place of the web layer that asks for the date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_told: ContextVar[date | None] = ContextVar("fenhu_told_date", default=None)


def today() -> date:
    """Return the product's date: ``FENHU_TODAY`` where set, else the real one."""
    chosen: date | None = _told.get() or settings.TODAY
    return chosen or timezone.localdate()


def now() -> datetime:
    """Return the present moment as people here read it: the real time of day, on the product's date."""
    moment, day = timezone.localtime(), today()
    return moment.replace(year=day.year, month=day.month, day=day.day)


@contextmanager
def on(day: date) -> Iterator[None]:
    """Let it be ``day`` within the block; the demo tells its past this way."""
    token = _told.set(day)
    try:
        yield
    finally:
        _told.reset(token)
