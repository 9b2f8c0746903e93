"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work."""

    name = "fenhu.web.jobs"
    label = "jobs"
