"""The app's name, and the way its reports walk."""

from __future__ import annotations

from django.apps import AppConfig


class HouseholdConfig(AppConfig):
    """The flat's own page."""

    name = "fenhu.web.household"
    label = "household"

    def ready(self) -> None:
        """Let reports of cold rooms wait in the supplier's list of work, and name what is held of people."""
        from fenhu.web.household import personal, walking

        walking.begin()
        personal.begin()
