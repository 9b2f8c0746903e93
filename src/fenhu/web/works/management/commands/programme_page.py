"""Write the clerks' page of workflows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fenhu.programme import manual
from fenhu.web.rules import current_policy


class Command(BaseCommand):
    """Print docs/clerks/programme.md."""

    help = "Print the clerks' page of workflows (docs/clerks/programme.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the page."""
        self.stdout.write(manual(current_policy()), ending="")
