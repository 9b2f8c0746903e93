"""Check the journal."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fenhu.errors import InputFault
from fenhu.web.journal import services
from fenhu.wording import text


class Command(BaseCommand):
    """Prove that no journal entry was changed, removed or slipped in."""

    help = "Prove that no journal entry was changed, removed or slipped in since it was written."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was checked; end with every fault where there is one."""
        services.close_days()
        report = services.verify()
        if not report.valid:
            raise InputFault(
                text("The journal was tampered with: {faults}", faults="; ".join(map(str, report.faults)))
            )
        self.stdout.write(str(text(
            "The journal is whole: {entries} entries on {subjects} subjects, {days} days closed",
            entries=report.entries, subjects=report.subjects, days=report.days,
        )))  # fmt: skip
