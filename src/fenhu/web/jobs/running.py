"""Doing a job in the worker: its progress, its cancelling, its end, once however often workers are lost."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskContext, task

from fenhu.errors import FenhuError
from fenhu.web.jobs.kinds import KINDS
from fenhu.web.jobs.models import Job
from fenhu.web.storing import is_out_of_room
from fenhu.wording import Text, text

logger = logging.getLogger(__name__)
EVERY_S = 0.5
# Set when this worker was told to stop: work gives itself back to the queue at its next report.
leaving = threading.Event()
_STOPPED = {
    True: text("Stopped as asked; what was made is kept, and the work can go on from there"),
    False: text("Stopped as asked; nothing half-done was kept"),
}


_NO_ROOM = text("The disk of the server is full; when the operator has made room, start it again")


class JobCancelled(FenhuError):
    """Somebody asked the job to stop."""

    code = "cancelled"


class HandedBack(Exception):
    """The worker is leaving; another one does the job."""


class TakenOver(Exception):
    """The job was given to another worker, for this one was taken for lost."""


class Progress:
    """Says how far a job is, at most twice a second, and stops it when it was cancelled.

    Work that keeps its best so far calls ``tell`` and ``cancelled`` instead of the report itself.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._said_at = float("-inf")
        self._asked_at = float("-inf")
        self._pattern = ""
        self._cancelled = False

    def __call__(self, phase: Text, done: int, total: int) -> None:
        """Note that ``done`` of ``total`` is done in ``phase``.

        Raises
        ------
        JobCancelled
            If somebody asked the job to stop.
        HandedBack
            If the worker was told to stop.
        """
        if leaving.is_set():
            raise HandedBack
        if self.tell(phase, done, total):
            self.stop_if_cancelled()

    def tell(self, phase: Text, done: int, total: int) -> bool:
        """Return whether it was time to note that ``done`` of ``total`` is done in ``phase``.

        Raises
        ------
        TakenOver
            If the job is another worker's by now.
        """
        now = time.monotonic()
        if phase.pattern == self._pattern and done < total and now - self._said_at < EVERY_S:
            return False
        self._said_at, self._pattern = now, phase.pattern
        _write(self._job, phase=phase.to_json(), done=done, total=total)
        return True

    def cancelled(self) -> bool:
        """Return whether somebody asked the job to stop, as of at most half a second ago."""
        now = time.monotonic()
        if not self._cancelled and now - self._asked_at >= EVERY_S:
            self._asked_at = now
            self._cancelled = Job.objects.filter(pk=self._job.pk, cancel_requested=True).exists()
        return self._cancelled

    def stop_if_cancelled(self) -> None:
        """Go on only while nobody asked the job to stop.

        Raises
        ------
        JobCancelled
            If somebody did.
        """
        if Job.objects.filter(pk=self._job.pk, cancel_requested=True).exists():
            raise JobCancelled(_STOPPED[KINDS[self._job.kind].goes_on])


@task(takes_context=True)
def run(context: TaskContext, job_id: int) -> None:
    """Do one job to its end, whatever that is."""
    ticket = context.task_result.id
    claimed = Job.objects.filter(pk=job_id, state=Job.WAITING, ticket=ticket)
    if not claimed.update(state=Job.RUNNING, started_at=timezone.now(), attempts=F("attempts") + 1):
        return
    job = Job.objects.select_related("owner").get(pk=job_id)
    try:
        _do(job)
    except TakenOver:
        logger.warning("job %s is another worker's by now", job.pk)
    except HandedBack:
        queue(job, attempts=job.attempts - 1)


def queue(job: Job, **fields: Any) -> None:
    """Put a job into the queue, with no progress, and with other ``fields`` as given."""
    with transaction.atomic():
        fields |= {"state": Job.WAITING, "done": 0, "total": 0, "phase": None, "fault": None}
        Job.objects.filter(pk=job.pk).update(ticket=run.enqueue(job.pk).id, **fields)


def _do(job: Job) -> None:
    """Do the work and note how it ended; where the database is away or busy, whoever is next does it."""
    try:
        progress = Progress(job)
        progress.stop_if_cancelled()
        _keep(job, import_string(KINDS[job.kind].work)(job.params, job.owner, progress))
    except (HandedBack, TakenOver):
        raise
    except (OperationalError, InterfaceError) as fault:
        logger.warning("job %s was cut off: %s", job.pk, fault)
        raise
    except JobCancelled as stopped:
        _finish(job, Job.CANCELLED, fault=stopped.message.to_json())
    except FenhuError as fault:
        _finish(job, Job.FAILED, fault=fault.message.to_json())
    except Exception as fault:
        logger.exception("job %s failed", job.pk)
        if is_out_of_room(fault):
            _finish(job, Job.FAILED, fault=_NO_ROOM.to_json())
            return
        unforeseen = text("The work stopped on a fault of the program ({kind}); tell the operator, job {job}",
                          kind=type(fault).__name__, job=job.pk)  # fmt: skip
        _finish(job, Job.FAILED, fault=unforeseen.to_json())


@transaction.atomic
def _keep(job: Job, found: Any | Callable[[], Any]) -> None:
    """Keep what the work found and that the job is done in one transaction, both or neither."""
    _finish(job, Job.DONE, result=found() if callable(found) else found)


def _finish(job: Job, state: str, *, result: Any = None, fault: Any = None) -> None:
    _write(job, state=state, finished_at=timezone.now(), result=result, fault=fault)


def _write(job: Job, **fields: Any) -> None:
    """Write to a job as long as it is this worker's.

    Raises
    ------
    TakenOver
        If it is another one's by now.
    """
    if not Job.objects.filter(pk=job.pk, state=Job.RUNNING, ticket=job.ticket).update(**fields):
        raise TakenOver
