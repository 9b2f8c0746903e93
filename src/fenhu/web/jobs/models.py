"""Long work and how far it is."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything

# A job whose worker is lost this often is not taken up again by itself.
MOST_ATTEMPTS = 3


class Job(models.Model):
    """One piece of long work; ``phase`` and ``fault`` are texts kept as JSON, to be read in any language.

    ``ticket`` is the row of the queue that brings it to a worker; a worker with another one may not write.
    ``attempts`` is how often one began it, ``taken_up_at`` when it was last put back, its worker lost.
    """

    WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
    FINISHED = (DONE, FAILED, CANCELLED)
    SCOPE = Scope(
        {role: lambda grant: Q(owner=grant.user_id) for role in Role} | {Role.CITY_BUREAU: everything},
    )  # fmt: skip

    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="jobs")
    state = models.CharField(max_length=12, default=WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    phase = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    fault = models.JSONField(null=True)
    ticket = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_up_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state"], condition=Q(state__in=["waiting", "running"]), name="job_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Worker(models.Model):
    """A living worker as other machines see it: ``beats`` grows while it lives, whatever any clock says."""

    name = models.CharField(primary_key=True, max_length=64)
    beats = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
