"""The portal as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages and files for everybody."""

    name = "fenhu.web.portal"
    label = "portal"
