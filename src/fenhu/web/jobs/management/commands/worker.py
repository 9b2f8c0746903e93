"""Do background work."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from fenhu.web.jobs.working_off import work_off
from fenhu.web.keeping.lock import in_use
from fenhu.web.rules import current_policy
from fenhu.web.watching.beats import beating


class Command(db_worker.Command):
    """Work off jobs while no restore has the data folder to itself."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until stopped; not at all under a policy that is none."""
        current_policy()
        self.configure_logging(options["verbosity"])
        taken = ("interval", "batch", "backend_name", "startup_delay", "max_tasks")
        with in_use(), beating():
            work_off(
                queue_names=[options["queue_name"]], excluded_queue_names=[],
                **{key: options[key] for key in taken},
            )  # fmt: skip
