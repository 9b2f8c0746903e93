"""Rounds of acceptance: what was measured, who signed, which flats passed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from fenhu.programme import ACCEPTANCE, Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, nothing, through_building
from fenhu.web.works.models.projects import Project, of_own_projects


def _at(path: str) -> Scope:
    return through_building(
        f"{path}building__",
        {Role.CONTRACTOR: of_own_projects(path), Role.HOUSEHOLD: nothing, Role.PUBLIC_SECURITY: nothing},
    )


class AcceptanceRound(models.Model):
    """One acceptance of a project's works, on the workflow ``ACCEPTANCE``."""

    SCOPE = _at("project__")

    project = models.ForeignKey(Project, models.CASCADE, related_name="rounds", db_index=False)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=ACCEPTANCE.initial)
    since = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    opened_on = models.DateField()
    decided_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["project", "number"], name="rounds_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.number}"


class MeasuredValue(models.Model):
    """A value measured in a round; ``test`` is the policy's code, ``flat`` None for the whole system."""

    SCOPE = _at("round__project__")

    round = models.ForeignKey(AcceptanceRound, models.CASCADE, related_name="values")
    test = models.CharField(max_length=40)
    flat = models.ForeignKey("registry.Flat", models.SET_NULL, null=True, related_name="+")
    value = models.DecimalField(max_digits=12, decimal_places=4)
    kept = models.BooleanField()
    remark = models.CharField(max_length=200, blank=True)
    measured_on = models.DateField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.round_id} {self.test}"


class Signature(models.Model):
    """A party's signature under a round; for parties without a login, ``name`` is who signed the paper."""

    SCOPE = _at("round__project__")

    round = models.ForeignKey(AcceptanceRound, models.CASCADE, related_name="signatures", db_index=False)
    party = models.CharField(max_length=32)
    agrees = models.BooleanField()
    name = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    signed_on = models.DateField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["round", "party"], name="a_party_signs_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.party}"
