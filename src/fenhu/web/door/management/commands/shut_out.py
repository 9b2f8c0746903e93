"""Let somebody sign in no more."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.web.access.queries import user_named
from fenhu.web.door import services


class Command(BaseCommand):
    """Sign somebody out everywhere and let him sign in no more; --undo lets him in again."""

    help = "Sign somebody out everywhere and let him sign in no more; --undo lets him in again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare whom."""
        parser.add_argument("username")
        parser.add_argument("--undo", action="store_true", help="let him in again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Shut out, or let in again."""
        change = services.reactivate if options["undo"] else services.deactivate
        change(user=user_named(options["username"]))
