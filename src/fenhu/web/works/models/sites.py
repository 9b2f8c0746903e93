"""What happens on site: weekly reports, checks, materials; and defects once it is in use."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, nothing, through_building
from fenhu.web.works.models.projects import Paper, Project, of_own_projects


def _on_site() -> Scope:
    return through_building(
        "project__building__",
        {Role.CONTRACTOR: of_own_projects("project__"), Role.HOUSEHOLD: nothing},
    )


class WeekReport(models.Model):
    """One week of works: how many were at it, what was done, how much of all is done then."""

    SCOPE = _on_site()

    project = models.ForeignKey(Project, models.CASCADE, related_name="weeks", db_index=False)
    week = models.DateField(help_text="the Monday")
    crew = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    share = models.FloatField()
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["project", "week"], name="one_report_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.week}"


class SiteCheck(models.Model):
    """A safety or quality inspection or a pressure test; ``stops`` orders the works to stop until cleared.

    ``values`` are measured figures by name, with their units in the name.
    """

    SCOPE = _on_site()

    project = models.ForeignKey(Project, models.CASCADE, related_name="checks")
    kind = models.CharField(
        max_length=16, choices=[(one, one) for one in ("safety", "quality", "pressure_test")]
    )
    on_date = models.DateField()
    passed = models.BooleanField()
    finding = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    stops = models.BooleanField(default=False)
    cleared_on = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.on_date}"


class Material(models.Model):
    """A delivery of material with its certificate."""

    SCOPE = _on_site()

    project = models.ForeignKey(Project, models.CASCADE, related_name="materials")
    name = models.CharField(max_length=80)
    specification = models.CharField(max_length=80, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2)
    unit = models.CharField(max_length=10)
    certificate_number = models.CharField(max_length=60)
    certificate = models.ForeignKey(Paper, models.SET_NULL, null=True, related_name="+")
    on_date = models.DateField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.project_id} {self.name}"


class Defect(models.Model):
    """Something that does not work after the acceptance, within the warranty or later."""

    SCOPE = through_building(
        "project__building__",
        {Role.CONTRACTOR: of_own_projects("project__"), Role.FINANCE: nothing,
         Role.HOUSEHOLD: lambda grant: models.Q(flat=grant.flat_id)},
    )  # fmt: skip

    project = models.ForeignKey(Project, models.CASCADE, related_name="defects")
    flat = models.ForeignKey("registry.Flat", models.SET_NULL, null=True, related_name="+")
    what = models.TextField()
    reported_on = models.DateField()
    within_warranty = models.BooleanField()
    mended_on = models.DateField(null=True)
    how = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.project_id} {self.reported_on}"
