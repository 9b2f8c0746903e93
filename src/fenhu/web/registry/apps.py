"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Buildings and flats."""

    name = "fenhu.web.registry"
    label = "registry"

    def ready(self) -> None:
        """Name what is held of people."""
        from fenhu.web.registry import personal

        personal.begin()
