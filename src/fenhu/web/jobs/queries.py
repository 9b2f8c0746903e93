"""Reading how far long work is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from fenhu.web.access.gates import has_role
from fenhu.web.access.scope import get_visible
from fenhu.web.jobs.kinds import KINDS
from fenhu.web.jobs.models import MOST_ATTEMPTS, Job, Worker
from fenhu.web.jobs.presence import holder, let_go
from fenhu.wording import Text

SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """One job; ``remaining`` is guessed from the phase so far, None where nothing can be said.

    ``lost``: it should run, but its worker is gone, as after a power cut; the next one takes it up again.
    ``may_start``: it failed or was stopped, and the reader may start it again.
    """

    id: int
    kind: str
    label: Text
    keeps_best: bool
    goes_on: bool
    lost: bool
    attempts: int
    most_attempts: int
    taken_up_at: datetime | None
    may_start: bool
    params: Mapping[str, Any]
    state: str
    finished: bool
    done: int
    total: int
    phase: Text | None
    started_at: datetime | None
    finished_at: datetime | None
    remaining: timedelta | None
    cancel_requested: bool
    result: Any
    fault: Text | None


def job_view(user: Any, job_id: int) -> JobView:
    """Return one job.

    Raises
    ------
    django.http.Http404
        If there is no such job, or it is not the user's to see.
    """
    return _view(get_visible(Job, user, pk=job_id), user)


def jobs(user: Any, *, most: int = 10) -> tuple[JobView, ...]:
    """Return the newest jobs ``user`` may see."""
    return tuple(_view(job, user) for job in Job.objects.visible_to(user).order_by("-pk")[:most])


def _view(job: Job, user: Any) -> JobView:
    kind = KINDS[job.kind]
    return JobView(
        id=job.pk, kind=job.kind, label=kind.label, keeps_best=kind.keeps_best, goes_on=kind.goes_on,
        lost=_is_lost(job), attempts=job.attempts, most_attempts=MOST_ATTEMPTS, taken_up_at=job.taken_up_at,
        may_start=job.state in (Job.FAILED, Job.CANCELLED) and has_role(user, *kind.roles),
        params=job.params, state=job.state,
        finished=job.state in Job.FINISHED, done=job.done, total=job.total,
        phase=Text.from_json(job.phase) if job.phase else None,
        started_at=job.started_at, finished_at=job.finished_at, remaining=_remaining(job),
        cancel_requested=job.cancel_requested, result=job.result,
        fault=Text.from_json(job.fault) if job.fault else None,
    )  # fmt: skip


def _is_lost(job: Job) -> bool:
    """Return whether a running job's worker is gone, or not heard of for long where only that can be said."""
    if job.state != Job.RUNNING:
        return False
    name = holder(job)
    free = let_go(name)
    if free is not None:
        return free
    return not Worker.objects.filter(name=name, heard_at__gt=timezone.now() - SILENT_AFTER).exists()


def _remaining(job: Job) -> timedelta | None:
    if job.state != Job.RUNNING or not job.done or job.started_at is None:
        return None
    return (timezone.now() - job.started_at) * ((job.total - job.done) / job.done)


def job_for(user: Any, job_id: int) -> Job:
    """Return the job itself, for whoever is about to stop it.

    Raises
    ------
    django.http.Http404
        If there is no such job, or it is not the user's to see.
    """
    return get_visible(Job, user, pk=job_id)


def newest_of(kind: str, params: Mapping[str, Any], *, user: Any) -> JobView | None:
    """Return the newest job of a kind with these parameters that ``user`` may see."""
    found = Job.objects.visible_to(user).filter(kind=kind, params=dict(params)).order_by("-pk").first()
    return _view(found, user) if found is not None else None


def is_at_work(kind: str, params: Mapping[str, Any]) -> bool:
    """Return whether a job of a kind with these parameters, anybody's, waits or runs."""
    same = Job.objects.filter(kind=kind, params=dict(params))
    return same.exclude(state__in=Job.FINISHED).exists()


def last_result(kind: str, params: Mapping[str, Any]) -> Any:
    """Return what the last finished job of a kind with these parameters found, None if none did.

    Nobody's scope is asked: whoever shows it shows only what its reader may see.
    """
    done = Job.objects.filter(kind=kind, params=dict(params), state=Job.DONE).order_by("-pk").first()
    return done.result if done is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFigures:
    """How much long work waits, runs, and failed within the last day; how long the oldest has waited."""

    waiting: int
    running: int
    failed: int
    longest_wait_s: float


def work_figures() -> WorkFigures:
    """Return what an operator watches of long work."""
    now = timezone.now()
    lately = Q(state=Job.FAILED, finished_at__gte=now - timedelta(days=1))
    found = Job.objects.filter(Q(state__in=(Job.WAITING, Job.RUNNING)) | lately).aggregate(
        waiting=Count("pk", filter=Q(state=Job.WAITING)), running=Count("pk", filter=Q(state=Job.RUNNING)),
        failed=Count("pk", filter=lately), oldest=Min("created_at", filter=Q(state=Job.WAITING)),
    )  # fmt: skip
    oldest = found.pop("oldest")
    return WorkFigures(longest_wait_s=(now - oldest).total_seconds() if oldest else 0.0, **found)
