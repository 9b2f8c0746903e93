"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Buildings and flats."""

    name = "fenhu.web.registry"
    label = "registry"
