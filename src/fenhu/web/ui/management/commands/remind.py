"""Send today's reminders."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fenhu.web.ui.reminding import remind
from fenhu.wording import text


class Command(BaseCommand):
    """Remind everybody of what is due, and the bureau of what has been overdue for long."""

    help = "Send today's reminders, one letter a person and day; a daily timer calls it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Send them, and say to how many."""
        done = remind()
        self.stderr.write(str(text("{count} people were reminded", count=done.sent)))
        if done.failed:
            raise CommandError(str(text(
                "The mail server took no letter for {names}; see FENHU_EMAIL_URL",
                names=", ".join(done.failed),
            )))  # fmt: skip
