"""The product's clock: the one place of the web layer that asks for the date."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return the product's date: ``FENHU_TODAY`` where set, else the real one."""
    chosen: date | None = settings.TODAY
    return chosen or timezone.localdate()
