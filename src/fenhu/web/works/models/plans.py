"""The suppliers' annual plans."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import ANNUAL_PLAN, Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything, through_building
from fenhu.web.works.models.studies import Study


class AnnualPlan(models.Model):
    """A supplier's plan of one year, on the workflow ``ANNUAL_PLAN``; ``scheme``: how it is carried out."""

    SCOPE = Scope({
        Role.CITY_BUREAU: everything,
        Role.HEAT_SUPPLIER: lambda grant: Q(supplier=grant.organisation_id),
        Role.DISTRICT_GOV: lambda grant: ~Q(state=ANNUAL_PLAN.initial) & Q(pk__in=_plans_touching(grant)),
    })  # fmt: skip

    supplier = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="annual_plans")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default=ANNUAL_PLAN.initial)
    since = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    study = models.ForeignKey(Study, models.SET_NULL, null=True)
    filed_at = models.DateField(null=True)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    late = models.BooleanField(default=False)
    scheme = models.TextField(blank=True)
    decided_at = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["supplier", "year"], name="one_plan_per_supplier_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} {self.year}"


def _plans_touching(grant: object) -> models.QuerySet:
    items = AnnualPlanItem.objects.covered_by([grant])  # type: ignore[list-item]
    return items.values("plan")


class AnnualPlanItem(models.Model):
    """One building on an annual plan, why it is there, and why the bureau returns it, if it does."""

    SCOPE = through_building("building__")

    plan = models.ForeignKey(AnnualPlan, models.CASCADE, related_name="items", db_index=False)
    building = models.ForeignKey("registry.Building", models.PROTECT, related_name="plan_items")
    reason = models.JSONField(default=list)
    objection = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["plan", "building"], name="building_stands_once_on_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.building_id}"


class LeftOut(models.Model):
    """Why a building of the priority class that the study proposed is not on the plan."""

    SCOPE = through_building("building__")

    plan = models.ForeignKey(AnnualPlan, models.CASCADE, related_name="left_out", db_index=False)
    building = models.ForeignKey("registry.Building", models.PROTECT, related_name="+")
    reason = models.TextField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["plan", "building"], name="left_out_once_with_its_reason")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.building_id}"
