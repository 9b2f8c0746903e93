"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Users and grants."""

    name = "fenhu.web.access"
    label = "access"
