"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """Studies, plans and projects."""

    name = "fenhu.web.works"
    label = "works"
