"""The app's name, and what it follows."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The interface for other systems."""

    name = "fenhu.web.api"
    label = "api"

    def ready(self) -> None:
        """Let webhooks be told what happens, and tokens end with a password that is reset."""
        from fenhu.web.api import telling, tokens

        telling.begin()
        tokens.end_with_passwords()
