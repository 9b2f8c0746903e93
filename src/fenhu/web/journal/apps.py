"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The append-only journal."""

    name = "fenhu.web.journal"
    label = "journal"
