"""Doing a job in the worker: its progress, its cancelling, its end."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from fenhu.errors import FenhuError
from fenhu.web.jobs.kinds import KINDS
from fenhu.web.jobs.models import Job
from fenhu.wording import Text, text

logger = logging.getLogger(__name__)
EVERY_S = 0.5
_STOPPED = {
    True: text("Stopped as asked; what was made is kept, and the work can go on from there"),
    False: text("Stopped as asked; nothing half-done was kept"),
}


class JobCancelled(FenhuError):
    """Somebody asked the job to stop."""

    code = "cancelled"


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
        """
        if self.tell(phase, done, total):
            self.stop_if_cancelled()

    def tell(self, phase: Text, done: int, total: int) -> bool:
        """Return whether it was time to note that ``done`` of ``total`` is done in ``phase``."""
        now = time.monotonic()
        if phase.pattern == self._pattern and done < total and now - self._said_at < EVERY_S:
            return False
        self._said_at, self._pattern = now, phase.pattern
        self._job.phase, self._job.done, self._job.total = phase.to_json(), done, total
        self._job.heard_at = timezone.now()
        self._job.save(update_fields=["phase", "done", "total", "heard_at"])
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


@task()
def run(job_id: int) -> None:
    """Do one job to its end, whatever that is."""
    claimed = Job.objects.filter(pk=job_id, state=Job.WAITING)
    if not claimed.update(state=Job.RUNNING, started_at=timezone.now(), heard_at=timezone.now()):
        return
    job = Job.objects.select_related("owner").get(pk=job_id)
    try:
        progress = Progress(job)
        progress.stop_if_cancelled()
        result = import_string(KINDS[job.kind].work)(job.params, job.owner, progress)
    except JobCancelled as stopped:
        _finish(job, Job.CANCELLED, fault=stopped.message.to_json())
    except FenhuError as fault:
        _finish(job, Job.FAILED, fault=fault.message.to_json())
    except Exception as fault:
        logger.exception("job %s failed", job.pk)
        unforeseen = text("The work stopped on a fault of the program ({kind}); tell the operator, job {job}",
                          kind=type(fault).__name__, job=job.pk)  # fmt: skip
        _finish(job, Job.FAILED, fault=unforeseen.to_json())
    else:
        _finish(job, Job.DONE, result=result)


def _finish(job: Job, state: str, *, result: Any = None, fault: Any = None) -> None:
    job.state, job.finished_at, job.result, job.fault = state, timezone.now(), result, fault
    job.save(update_fields=["state", "finished_at", "result", "fault"])
