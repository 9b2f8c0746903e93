"""What if: scenarios people try out beside the plan in force."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything
from fenhu.web.works.models.studies import StudyPlan


class Scenario(models.Model):
    """One what-if: changes by name, and the plan they led to when it was last worked out.

    It is the bureau's if neither ``supplier`` nor ``district`` is set; else only their buildings may move.
    ``changes`` are made by ``planning.changes_json``; ``worked_changes``, ``result`` and ``ranking`` (the
    clerk's, under the same changes) belong together; ``base`` is the plan in force at that time,
    ``unchanged`` what the same search makes of it without any change, ``figures`` are the office's
    ``buildings``, ``flats`` and ``fen`` in plan, ranking and scenario.
    """

    SCOPE = Scope({
        Role.CITY_BUREAU: everything,
        Role.HEAT_SUPPLIER: lambda grant: Q(supplier=grant.organisation_id),
        Role.DISTRICT_GOV: lambda grant: Q(district=grant.district),
    })  # fmt: skip

    name = models.CharField(max_length=80)
    note = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    supplier = models.ForeignKey("registry.Organisation", models.PROTECT, null=True, related_name="+")
    district = models.CharField(max_length=40, blank=True)
    changes = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")
    base = models.ForeignKey(StudyPlan, models.CASCADE, null=True, related_name="scenarios")
    worked_changes = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    ranking = models.JSONField(default=dict)
    unchanged = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(supplier__isnull=True) | Q(district=""), name="a_scenario_is_of_one_office"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_worked_out(self, plan_id: int) -> bool:
        """Return whether the result is that of these changes to this plan, searched to the end."""
        return (
            bool(self.result)
            and self.base_id == plan_id
            and self.worked_changes == self.changes
            and self.result["stopped_by"] != "cancelled"
        )
