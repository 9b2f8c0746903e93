"""Give somebody a new password."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.web.access.queries import user_named
from fenhu.web.door import services


class Command(BaseCommand):
    """Print a password somebody signs in with once, to choose his own; browsers and tokens end."""

    help = "Print a password somebody signs in with once, to choose his own; browsers and tokens end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare whose."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reset it and print the new one."""
        self.stdout.write(services.reset_password(user=user_named(options["username"])))
