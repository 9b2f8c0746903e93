"""Disputes, obstructions, complaints, refusals, published criticism: each with owner, day and outcome."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import CASE, EVIDENCE, KINDS, Role
from fenhu.web.access.scope import ScopedQuerySet, nothing, through_building


class Case(models.Model):
    """One conflict at a building, on the workflow ``CASE``; escalated, it is public security's to see.

    ``liable`` is the policy's code a person decided on, ``none`` where he decided that nobody is.
    """

    SCOPE = through_building(
        "building__",
        {Role.PUBLIC_SECURITY: lambda grant: Q(escalated=True), Role.FINANCE: nothing,
         Role.HOUSEHOLD: lambda grant: Q(flat=grant.flat_id)},
    )  # fmt: skip

    building = models.ForeignKey("registry.Building", models.PROTECT, related_name="cases")
    flat = models.ForeignKey("registry.Flat", models.SET_NULL, null=True, related_name="cases")
    kind = models.CharField(max_length=12, choices=[(one, one) for one in KINDS])
    title = models.CharField(max_length=120, default="")
    account = models.TextField(blank=True)
    opened_on = models.DateField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, default=CASE.initial, db_index=True)
    since = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    escalated = models.BooleanField(default=False)
    outcome = models.TextField(blank=True)
    settled_on = models.DateField(null=True)
    liable = models.CharField(max_length=40, blank=True)
    liable_note = models.TextField(blank=True)
    liable_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.building_id} {self.kind}"


class CaseEvidence(models.Model):
    """Something that speaks for a liability: the policy's code of evidence, when and how it came about."""

    SCOPE = through_building(
        "case__building__",
        {Role.PUBLIC_SECURITY: lambda grant: Q(case__escalated=True), Role.FINANCE: nothing,
         Role.HOUSEHOLD: nothing},
    )  # fmt: skip

    case = models.ForeignKey(Case, models.CASCADE, related_name="evidence", db_index=False)
    code = models.CharField(max_length=24, choices=[(one, one) for one in EVIDENCE])
    note = models.TextField(blank=True)
    on_date = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["case", "code"], name="evidence_is_recorded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"
