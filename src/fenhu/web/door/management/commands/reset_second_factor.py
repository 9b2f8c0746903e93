"""Reset the second factor of somebody whose telephone is lost."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.web.access.queries import user_named
from fenhu.web.door import services


class Command(BaseCommand):
    """Ask somebody whose telephone is lost for no code any more; he is signed out everywhere."""

    help = "Ask somebody whose telephone is lost for no code any more; he is signed out everywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare whose."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reset it."""
        services.reset_factor(user=user_named(options["username"]))
