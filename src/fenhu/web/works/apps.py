"""The app's name, and what the programme does by itself."""

from __future__ import annotations

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """Studies, plans and projects."""

    name = "fenhu.web.works"
    label = "works"

    def ready(self) -> None:
        """Let imported buildings be diagnosed."""
        from fenhu.web.works.followers import begin

        begin()
