"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class PricesConfig(AppConfig):
    """Versions of the city's prices."""

    name = "fenhu.web.prices"
    label = "prices"
