"""The app's name, and what it follows."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The interface for other systems."""

    name = "fenhu.web.api"
    label = "api"

    def ready(self) -> None:
        """Let webhooks be told what happens."""
        from fenhu.web.api.telling import begin

        begin()
