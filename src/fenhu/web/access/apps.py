"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Users and grants."""

    name = "fenhu.web.access"
    label = "access"

    def ready(self) -> None:
        """Name what is held of people."""
        from fenhu.web.access import personal

        personal.begin()
