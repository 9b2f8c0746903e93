"""Plans made again within the year, and plans tried in scenarios: what was asked, and what came out."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything
from fenhu.web.works.models.studies import StudyPlan


class Replan(models.Model):
    """One plan made again from the plan ``base``: who dropped out, and the price of moving an approved one.

    ``answer`` is empty until it is worked out: ``rows`` (of papers.ChangeRow), ``said`` (texts), ``purses``
    and the figures beside them; ``task``, ``result`` and ``ranking`` are kept as those of a ``StudyPlan``.
    """

    SCOPE = Scope({Role.CITY_BUREAU: everything})

    base = models.ForeignKey(StudyPlan, models.CASCADE, related_name="replans")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dropped = models.JSONField(default=list)
    price = models.FloatField()
    open_from = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=dict)
    task = models.BinaryField(default=bytes)
    result = models.JSONField(default=dict)
    ranking = models.JSONField(default=dict)
    adopted_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.base_id} {self.created_at:%Y-%m-%d %H:%M}"


class PlanRisk(models.Model):
    """How a plan fared in drawn scenarios, and a plan with reserves; ``answer`` is empty until known."""

    SCOPE = Scope({Role.CITY_BUREAU: everything})

    plan = models.ForeignKey(StudyPlan, models.CASCADE, related_name="risks")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    answer = models.JSONField(default=dict)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(fields=["plan"], name="a_plan_is_tried_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}"
