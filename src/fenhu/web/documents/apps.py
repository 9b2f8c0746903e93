"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Issued papers."""

    name = "fenhu.web.documents"
    label = "documents"
