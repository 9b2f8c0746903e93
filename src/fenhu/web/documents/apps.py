"""The app's name, and what follows from a contract that was signed."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Issued papers."""

    name = "fenhu.web.documents"
    label = "documents"

    def ready(self) -> None:
        """Let a contract be issued as soon as both have signed it, and name what is held of people."""
        from fenhu.web.documents import followers, personal

        followers.begin()
        personal.begin()
