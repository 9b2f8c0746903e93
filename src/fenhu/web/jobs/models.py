"""Long work and how far it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything


class Job(models.Model):
    """One piece of long work; ``phase`` and ``fault`` are texts kept as JSON, to be read in any language.

    ``heard_at`` is when its worker last said how far it is.
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
    heard_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    fault = models.JSONField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
