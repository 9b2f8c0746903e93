"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Imports."""

    name = "fenhu.web.exchange"
    label = "exchange"
