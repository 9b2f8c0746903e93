"""What every page may show."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from fenhu.web import clock


def product(request: HttpRequest) -> dict[str, object]:
    """Return the product's date and whether it shows demo data."""
    return {"today": clock.today(), "is_demo": settings.DEMO}
