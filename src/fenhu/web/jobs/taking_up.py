"""Work whose worker was lost, found and taken up again: never twice at a time, and not for ever."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fenhu.web.jobs import presence
from fenhu.web.jobs.models import MOST_ATTEMPTS, Job
from fenhu.web.jobs.running import queue
from fenhu.web.journal import services as journal
from fenhu.wording import Text, text


def take_up_lost(is_gone: Callable[[str], bool]) -> int:
    """Return how many jobs whose worker ``is_gone`` were taken up again, or ended where that was in vain.

    A job is lost when it runs and its worker is gone or has dropped it, and when it waits and nobody will
    come for it: its ticket was taken by a worker that was lost before it began.
    """
    count, gone = 0, set()
    tickets = DBTaskResult.objects.filter(pk=OuterRef("ticket"))
    fetched = ~Exists(tickets.filter(status=TaskResultStatus.READY))
    for job in Job.objects.filter(Q(state=Job.RUNNING) | Q(state=Job.WAITING) & fetched):
        name = presence.holder(job)
        if not name or is_gone(name):
            count += _take_up(job)
            gone.add(name)
    for name in gone:
        presence.forget(name)
    return count


@transaction.atomic
def _take_up(job: Job) -> int:
    """Return 1 where the job was still as it was found, and is in the queue again or at its end."""
    held = Job.objects.filter(pk=job.pk, state=job.state, ticket=job.ticket)
    if not held.update(ticket=None):
        return 0
    if job.ticket:
        running = DBTaskResult.objects.filter(pk=job.ticket, status=TaskResultStatus.RUNNING)
        running.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    if job.cancel_requested:
        _end(job, Job.CANCELLED, text("Stopped as asked, after its worker was lost"))
    elif job.attempts >= MOST_ATTEMPTS:
        _end(job, Job.FAILED, text(
            "This was cut off {count} times, for its worker or the database was lost; it is not tried again "
            "by itself. Ask the operator why (memory, disk, power), then start it again", count=job.attempts,
        ))  # fmt: skip
    else:
        queue(job, taken_up_at=timezone.now())
    journal.record(actor=None, subject=job, kind="job.lost", data={"attempts": job.attempts})
    return 1


def _end(job: Job, state: str, fault: Text) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, fault=fault.to_json(), finished_at=timezone.now())
