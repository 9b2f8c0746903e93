"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The interface for other systems."""

    name = "fenhu.web.api"
    label = "api"
