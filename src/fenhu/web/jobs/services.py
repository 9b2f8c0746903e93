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
from fenhu.web.jobs.running import queue
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
    queue(job)
    job.refresh_from_db()
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
def start_again(job: Job, actor: Any) -> Job:
    """Return the job, started again after it failed or was stopped; one that goes on does what is left.

    Raises
    ------
    NotAllowed
        If it is not the actor's to start.
    WrongState
        If it waits, runs or is done.
    """
    if not Job.objects.visible_to(actor).filter(pk=job.pk).exists():
        raise NotAllowed(text("This work is not yours to start"))
    require_role(actor, *KINDS[job.kind].roles)
    ended = Job.objects.filter(pk=job.pk, state__in=(Job.FAILED, Job.CANCELLED))
    if not ended.update(state=Job.WAITING):
        raise WrongState(text("Only work that failed or was stopped can be started again"))
    queue(
        job,
        attempts=0,
        taken_up_at=None,
        started_at=None,
        finished_at=None,
        result=None,
        cancel_requested=False,
    )
    journal.record(actor=actor, subject=job, kind="job.started_again", data={"kind": job.kind})
    job.refresh_from_db()
    return job
