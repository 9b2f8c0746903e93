"""Designs of conversions, version by version."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import ScopedQuerySet, nothing, through_building

ORIGINS = ("automatic", "edited", "entered")
DESIGN_STATES = ("draft", "submitted", "returned", "approved")


class DesignVersion(models.Model):
    """One version of a building's design: what it was worked out from, what a person decided, what came out.

    ``inputs`` are the register's values it rests on and ``changes`` the decisions; both with the policy and
    the price book make the same design again. ``outcome`` holds sizes, settings, radiators and figures for
    lists and differences; ``checks`` the review sheet; ``reasons`` what was said to its warnings, by check.
    """

    SCOPE = through_building("building__", {Role.HOUSEHOLD: nothing})

    building = models.ForeignKey("registry.Building", models.PROTECT, related_name="designs")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    origin = models.CharField(max_length=12, choices=[(one, one) for one in ORIGINS])
    remark = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=12, default="draft", choices=[(one, one) for one in DESIGN_STATES], db_index=True
    )
    policy = models.CharField(max_length=120)
    price_year = models.PositiveSmallIntegerField()
    price_version = models.ForeignKey("prices.PriceVersion", models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    inputs = models.JSONField()
    changes = models.JSONField(default=dict)
    outcome = models.JSONField()
    checks = models.JSONField(default=list)
    reasons = models.JSONField(default=dict)
    cost_fen = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["building", "number"], name="design_versions_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.building_id} {self.number}"
