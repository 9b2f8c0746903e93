"""Write the operators' page of settings."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fenhu.web.environment import settings_page


class Command(BaseCommand):
    """Print docs/operators/settings.md."""

    help = "Print the operators' page of all settings (docs/operators/settings.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the page."""
        self.stdout.write(settings_page(), ending="")
