"""Forget what is due."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.web.persons import queries, services
from fenhu.wording import text


class Command(BaseCommand):
    """List what the retention rules have due, and forget it when told to."""

    help = "List what is held of people and due to be forgotten; with --really, forget it, a batch at a time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare whether it is meant, and how much goes at once."""
        parser.add_argument("--really", action="store_true")
        parser.add_argument("--batch", type=int, default=services.BATCH)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is due, or what was forgotten."""
        if not options["really"]:
            for one in queries.due():
                self.stdout.write(str(text(
                    "{name}: {count} due, older than {day} ({years} years; {source})", name=one.name,
                    count=f"{one.count}+" if one.more else str(one.count), day=one.before.isoformat(),
                    years=one.rule.years, source=one.rule.source,
                )))  # fmt: skip
            self.stdout.write(str(text("Nothing was forgotten; --really forgets it")))
            return
        for done in services.forget(batch=max(1, options["batch"])):
            self.stdout.write(str(text("{name}: {count} forgotten", name=done.name, count=done.rows)))
