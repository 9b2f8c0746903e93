"""Uploaded files and the rows they would change."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything


class Upload(models.Model):
    """One file somebody wants to import, and what would happen."""

    RECEIVED, STAGED, APPLIED, REFUSED, DISCARDED = "received", "staged", "applied", "refused", "discarded"
    OPEN = (RECEIVED, STAGED)
    SCOPE = Scope({
        Role.CITY_BUREAU: everything,
        Role.HEAT_SUPPLIER: lambda grant: Q(owner=grant.user_id),
    })  # fmt: skip

    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="uploads")
    size_bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads")
    state = models.CharField(max_length=12, default=RECEIVED)
    findings = models.JSONField(default=list)
    findings_count = models.PositiveIntegerField(default=0)
    preview = models.JSONField(default=dict)
    synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class StagedRow(models.Model):
    """One row of an upload that is new, changes something, or is refused.

    ``values`` holds a new row's fields, or ``{field: [old, new]}`` of a changed one.
    """

    NEW, CHANGED, REFUSED = "new", "changed", "refused"

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows", db_index=False)
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=20)
    key = models.JSONField()
    action = models.CharField(max_length=10)
    values = models.JSONField(default=dict)
    reason = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "position"], name="staged_row_has_one_place"),
        ]
        indexes: ClassVar = [models.Index(fields=["upload", "sheet", "action"], name="staged_by_sheet")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.position} {self.action}"
