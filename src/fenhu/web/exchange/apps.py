"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Imports."""

    name = "fenhu.web.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Name what is held of people."""
        from fenhu.web.exchange import personal

        personal.begin()
