"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class MeteringConfig(AppConfig):
    """Heat meters and what they bill."""

    name = "fenhu.web.metering"
    label = "metering"

    def ready(self) -> None:
        """Name what is held of people."""
        from fenhu.web.metering import personal

        personal.begin()
