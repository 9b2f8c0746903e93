"""Bring what is stored to the program's version."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.web.keeping.upgrading import upgrade
from fenhu.wording import text


class Command(BaseCommand):
    """Back up, upgrade a copy, prove it, and only then put it in place."""

    help = "Back up, bring a copy of the database to the program's version, prove it, and put it in place."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where the backup shall stand."""
        parser.add_argument("--backup", default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Upgrade and say what was done."""
        place = options["backup"]
        done = upgrade(Path(place).absolute() if place else None)
        if done.backup is None:
            said = text("Nothing to do: the database is of the program's version, or there is none yet")
        else:
            said = text(
                "Upgraded by {migrations} migrations; journal and books are whole. "
                "What stood there before is kept in {backup}",
                migrations=done.migrations, backup=str(done.backup),
            )  # fmt: skip
        self.stderr.write(str(said))
