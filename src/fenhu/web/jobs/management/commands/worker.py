"""Do background work."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from fenhu.web.keeping.lock import in_use
from fenhu.web.watching.beats import beating


class Command(db_worker.Command):
    """Work off jobs while no restore has the data folder to itself."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until stopped."""
        with in_use(), beating():
            super().handle(*args, **options)
