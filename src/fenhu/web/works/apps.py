"""The app's name, and what the programme does by itself."""

from __future__ import annotations

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """Studies, plans and projects."""

    name = "fenhu.web.works"
    label = "works"

    def ready(self) -> None:
        """Let imported buildings be diagnosed, and name what is held of people."""
        from fenhu.web.works import followers, personal, writings

        followers.begin()
        personal.begin()
        writings.begin()
