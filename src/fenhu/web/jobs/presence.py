"""Which workers live: each holds a lock on a file of its own, and beats where others cannot see that file.

The operating system lets go of the lock however the worker ends, so on one data folder a worker that is
gone is known at once, and one that is busy, in a long write too, is never taken for lost. Workers of one
PostgreSQL on other machines are known by their beat alone: one that did not move while somebody looked
``LOOKS`` times in a row is gone. No clock is asked, so none that is moved can mislead.
"""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fenhu.web.jobs.models import Job, Worker

LOOKS = 12


@contextmanager
def presence() -> Iterator[str]:
    """Yield the name of a new worker, who is known to live within the block."""
    name = secrets.token_hex(8)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    draft, place = folder / f".{name}", folder / name
    with draft.open("w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        draft.rename(place)
        try:
            yield name
        finally:
            place.unlink(missing_ok=True)


def holder(job: Job) -> str:
    """Return the name of the worker that is at a job, empty where none can be, its ticket spent."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    ticket = running.filter(pk=job.ticket).first() if job.ticket else None
    return str(ticket.worker_ids[-1]) if ticket is not None else ""


def let_go(name: str) -> bool | None:
    """Return whether a worker of this data folder has let go of its file; None where it has none here."""
    if not name.isalnum():
        return None
    try:
        file = (_folder() / name).open("r+")
    except FileNotFoundError:
        return None
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def forget(name: str) -> None:
    """Remove what a worker that is gone has left."""
    if name.isalnum():
        (_folder() / name).unlink(missing_ok=True)
    Worker.objects.filter(name=name).delete()


def beat(name: str) -> None:
    """Let workers of other machines see that a worker lives; on SQLite there are none."""
    if connection.vendor == "sqlite":
        return
    moved = Worker.objects.filter(name=name).update(beats=F("beats") + 1, heard_at=timezone.now())
    if not moved:
        Worker.objects.create(name=name)


class Lookout:
    """Looks at all workers again and again, and says who is gone; ``me`` is the one that looks."""

    def __init__(self, me: str) -> None:
        self._me = me
        self._still: dict[str, tuple[int, int]] = {}

    def look(self) -> None:
        """Note whose beat moved since the last look."""
        beats = {} if connection.vendor == "sqlite" else dict(Worker.objects.values_list("name", "beats"))
        self._still = {name: (count, self._still_for(name, count)) for name, count in beats.items()}

    def _still_for(self, name: str, count: int) -> int:
        before, looks = self._still.get(name, (count, -1))
        return looks + 1 if before == count else 0

    def forget(self) -> None:
        """Begin to look anew, as after the database was away and nobody could beat."""
        self._still = {}

    def is_gone(self, name: str) -> bool:
        """Return whether a worker is gone."""
        if name == self._me:
            return False
        free = let_go(name)
        if free is not None:
            return free
        return name not in self._still or self._still[name][1] >= LOOKS


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / ".locks"
    return folder
