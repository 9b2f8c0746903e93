"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class MeteringConfig(AppConfig):
    """Heat meters and what they bill."""

    name = "fenhu.web.metering"
    label = "metering"
