"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The screens."""

    name = "fenhu.web.ui"
    label = "ui"
