"""The app's name."""

from __future__ import annotations

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """A person's own data."""

    name = "fenhu.web.persons"
    label = "persons"
