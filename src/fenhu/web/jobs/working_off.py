"""A worker's day: it says that it lives, looks for lost work, works off the queue, outlives the database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections
from django_tasks_db.management.commands import db_worker

from fenhu.web.api import services as messages
from fenhu.web.jobs.models import Job
from fenhu.web.jobs.presence import Lookout, beat, forget, presence
from fenhu.web.jobs.running import leaving
from fenhu.web.jobs.taking_up import take_up_lost

logger = logging.getLogger(__name__)
LOOK_EVERY_S = 5.0
TRY_AGAIN_S = 1.0


class Worker(db_worker.Worker):
    """Gives its job back to the queue when it is told to stop, at the job's next report."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Take up no more."""
        leaving.set()
        super().shutdown(signum, frame)


def work_off(**options: Any) -> None:
    """Work until told to stop; where the database or the disk refuses, begin anew under another name.

    Raises
    ------
    DatabaseError
        If the database was never set up, or is none.
    """
    while True:
        try:
            with presence() as name, _on_the_lookout(name):
                worker = Worker(worker_id=name, **options)
                worker.configure_signals()
                worker.run()
            return
        except (OperationalError, InterfaceError, OSError) as fault:
            if _lacks_tables():
                raise
            logger.warning("the worker waits for the database: %s", str(fault).strip().partition("\n")[0])
            connections.close_all()
            leaving.wait(TRY_AGAIN_S)
            if leaving.is_set():
                return


def _lacks_tables() -> bool:
    """Return whether the database answers and was never set up: waiting would not help."""
    try:
        return Job._meta.db_table not in connection.introspection.table_names()
    except (DatabaseError, InterfaceError):
        return False


@contextmanager
def _on_the_lookout(name: str) -> Iterator[None]:
    """Beat and look for lost work now, and again and again beside the work within the block."""
    lookout, stop = Lookout(name), threading.Event()
    _look(lookout, name)
    beside = threading.Thread(target=_keep_looking, args=(lookout, name, stop), daemon=True)
    beside.start()
    try:
        yield
    finally:
        stop.set()
        beside.join()
        with suppress(DatabaseError, InterfaceError):
            forget(name)


def _keep_looking(lookout: Lookout, name: str, stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY_S):
        try:
            _look(lookout, name)
        except (DatabaseError, InterfaceError):
            lookout.forget()
            connections.close_all()
    connections.close_all()


def _look(lookout: Lookout, name: str) -> None:
    beat(name)
    lookout.look()
    take_up_lost(lookout.is_gone)
    messages.take_up_lost()
