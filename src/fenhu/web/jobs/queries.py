"""Reading how far long work is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from fenhu.web.access.scope import get_visible
from fenhu.web.jobs.kinds import KINDS
from fenhu.web.jobs.models import Job
from fenhu.wording import Text

SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """One job; ``remaining`` is guessed from the phase so far, None where nothing can be said.

    ``silent``: it should run, but its worker has not been heard of for long, as after a power cut.
    """

    id: int
    kind: str
    label: Text
    keeps_best: bool
    goes_on: bool
    silent: bool
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
    return _view(get_visible(Job, user, pk=job_id))


def jobs(user: Any, *, most: int = 10) -> tuple[JobView, ...]:
    """Return the newest jobs ``user`` may see."""
    return tuple(_view(job) for job in Job.objects.visible_to(user).order_by("-pk")[:most])


def _view(job: Job) -> JobView:
    return JobView(
        id=job.pk, kind=job.kind, label=KINDS[job.kind].label,
        keeps_best=KINDS[job.kind].keeps_best, goes_on=KINDS[job.kind].goes_on, silent=is_silent(job),
        params=job.params, state=job.state,
        finished=job.state in Job.FINISHED, done=job.done, total=job.total,
        phase=Text.from_json(job.phase) if job.phase else None,
        started_at=job.started_at, finished_at=job.finished_at, remaining=_remaining(job),
        cancel_requested=job.cancel_requested, result=job.result,
        fault=Text.from_json(job.fault) if job.fault else None,
    )  # fmt: skip


def is_silent(job: Job) -> bool:
    """Return whether a running job's worker has not been heard of for ``SILENT_AFTER``."""
    heard = job.heard_at or job.started_at
    return job.state == Job.RUNNING and heard is not None and timezone.now() - heard > SILENT_AFTER


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
    return _view(found) if found is not None else None


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
