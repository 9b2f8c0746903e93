"""The app's name, and its ear for who signs in and out."""

from __future__ import annotations

from django.apps import AppConfig


class DoorConfig(AppConfig):
    """Signing in."""

    name = "fenhu.web.door"
    label = "door"

    def ready(self) -> None:
        """Keep a row for every browser somebody signs in with."""
        from fenhu.web.door.sessions import listen

        listen()
