"""Starting and stopping long work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from fenhu.errors import NotAllowed, UnknownItem, WrongState
from fenhu.web.access.gates import require_role
from fenhu.web.jobs.kinds import KINDS
from fenhu.web.jobs.models import Job
from fenhu.web.jobs.queries import is_silent
from fenhu.web.jobs.running import run
from fenhu.web.journal import services as journal
from fenhu.wording import text


@transaction.atomic
def start(kind: str, actor: Any, params: Mapping[str, Any] | None = None) -> Job:
    """Return the new job, which a worker takes up as soon as the transaction is through.

    Raises
    ------
    UnknownItem
        If there is no such kind of work.
    NotAllowed
        If it is not the actor's to start.
    """
    if kind not in KINDS:
        raise UnknownItem(text("There is no work called {kind}", kind=kind))
    require_role(actor, *KINDS[kind].roles)
    job = Job.objects.create(kind=kind, owner=actor, params=dict(params or {}))
    run.enqueue(job.pk)
    journal.record(actor=actor, subject=job, kind="job.started", data={"kind": kind})
    return job


@transaction.atomic
def cancel(job: Job, actor: Any) -> Job:
    """Return the job, asked to stop; one that waits stops at once, one that runs at its next report.

    Raises
    ------
    NotAllowed
        If the job is not the actor's to stop.
    """
    if not Job.objects.visible_to(actor).filter(pk=job.pk).exists():
        raise NotAllowed(text("This work is not yours to stop"))
    asked = Job.objects.filter(pk=job.pk).exclude(state__in=Job.FINISHED).update(cancel_requested=True)
    Job.objects.filter(pk=job.pk, state=Job.WAITING).update(state=Job.CANCELLED, finished_at=timezone.now())
    if asked:
        journal.record(actor=actor, subject=job, kind="job.cancelled", data={})
    job.refresh_from_db()
    return job


@transaction.atomic
def go_on(job: Job, actor: Any) -> Job:
    """Return the new job that does what is left of one that was stopped, failed, or lost its worker.

    Raises
    ------
    NotAllowed
        If it is not the actor's to start.
    WrongState
        If it still runs, is done, or is of a kind that begins anew.
    """
    if not Job.objects.visible_to(actor).filter(pk=job.pk).exists():
        raise NotAllowed(text("This work is not yours to start"))
    lost = is_silent(job)
    if not KINDS[job.kind].goes_on or not (lost or job.state in (Job.FAILED, Job.CANCELLED)):
        raise WrongState(text("This work cannot go on: it runs, is done, or begins anew each time"))
    if lost:
        fault = text("The worker was lost; the work went on as a new one").to_json()
        Job.objects.filter(pk=job.pk, state=Job.RUNNING).update(
            state=Job.FAILED, finished_at=timezone.now(), fault=fault
        )
    return start(job.kind, actor, job.params)
