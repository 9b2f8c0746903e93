"""Conversions, flat by flat: notices, consent, contracts, leads, papers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import PAPERS, PROJECT, STAGES, Role
from fenhu.web.access.scope import Rule, ScopedQuerySet, nothing, through_building


def of_own_projects(path: str) -> Rule:
    """Return the rule that lets a contractor see what hangs on its own projects."""
    return lambda grant: Q(**{f"{path}contractor": grant.organisation_id})


class Project(models.Model):
    """One building's conversion, on the workflow ``PROJECT``.

    ``came_from`` is where a suspended project goes on; ``since`` the day it entered its state; ``policy`` the
    version of the rules it was approved under.
    """

    SCOPE = through_building("building__", {Role.CONTRACTOR: of_own_projects("")})

    building = models.ForeignKey("registry.Building", models.PROTECT, related_name="projects")
    year = models.PositiveSmallIntegerField()
    contractor = models.ForeignKey(
        "registry.Organisation", models.PROTECT, null=True, related_name="projects"
    )
    state = models.CharField(max_length=20, default=PROJECT.initial, db_index=True)
    came_from = models.CharField(max_length=20, blank=True)
    since = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    policy = models.CharField(max_length=120, blank=True)
    owner_converts = models.BooleanField(default=False)
    supplier_lead = models.CharField(max_length=80, blank=True)
    supplier_phone = models.CharField(max_length=40, blank=True)
    contractor_lead = models.CharField(max_length=80, blank=True)
    contractor_phone = models.CharField(max_length=40, blank=True)
    published_on = models.DateField(null=True)
    technician = models.CharField(max_length=80, blank=True)
    technician_phone = models.CharField(max_length=40, blank=True)
    mains_ready_on = models.DateField(null=True)
    briefed_on = models.DateField(null=True)
    ready_by = models.DateField(null=True)
    started_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    late = models.BooleanField(default=False)
    accepted_on = models.DateField(null=True)
    in_use_on = models.DateField(null=True)
    extended_to = models.DateField(null=True)
    extension_asked_to = models.DateField(null=True)
    extension_reason = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["building"], condition=~Q(state="withdrawn"), name="one_project_a_building"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building_id} {self.year}"


class FlatWork(models.Model):
    """What was done for one flat of a project; a flat is settled with a contract or a recorded refusal."""

    SCOPE = through_building(
        "flat__building__",
        {
            Role.HOUSEHOLD: lambda grant: Q(flat=grant.flat_id),
            Role.CONTRACTOR: of_own_projects("project__"),
        },
    )

    project = models.ForeignKey(Project, models.CASCADE, related_name="flats", db_index=False)
    flat = models.ForeignKey("registry.Flat", models.PROTECT, related_name="works")
    notice_on = models.DateField(null=True)
    notice_how = models.CharField(max_length=20, blank=True)
    contract_on = models.DateField(null=True)
    contract_number = models.CharField(max_length=40, blank=True, db_index=True)
    ready_on = models.DateField(null=True)
    stage = models.CharField(max_length=12, default="none", choices=[(one, one) for one in STAGES])
    stage_on = models.DateField(null=True)
    passed_on = models.DateField(null=True)
    room_c = models.FloatField(null=True)
    meter_ready = models.BooleanField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["project", "flat"], name="a_flat_stands_once_in_a_project"),
        ]
        indexes: ClassVar = [models.Index(fields=["project", "stage"], name="flat_work_by_stage")]

    def __str__(self) -> str:
        return f"{self.project_id}/{self.flat_id}"


class Consent(models.Model):
    """One answer of a flat to the question whether its building is converted; the newest counts."""

    SCOPE = through_building(
        "flat__building__",
        {Role.HOUSEHOLD: lambda grant: Q(flat=grant.flat_id), Role.CONTRACTOR: nothing,
         Role.FINANCE: nothing, Role.PUBLIC_SECURITY: nothing},
    )  # fmt: skip

    flat = models.ForeignKey("registry.Flat", models.CASCADE, related_name="answers")
    agrees = models.BooleanField()
    on_date = models.DateField()
    how = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.flat_id} {self.agrees}"


class Representative(models.Model):
    """A household's person elected to speak for a stairwell (clause 四（一）)."""

    SCOPE = through_building("building__", {Role.FINANCE: nothing})

    building = models.ForeignKey("registry.Building", models.CASCADE, related_name="representatives")
    unit = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, blank=True)
    elected_on = models.DateField()
    votes = models.PositiveIntegerField()
    voters = models.PositiveIntegerField()
    ended_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["building", "unit"], condition=Q(ended_on__isnull=True),
                name="one_representative_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.building_id}/{self.unit}"


class Paper(models.Model):
    """A file that belongs to a project: drawings, certificates, photographs, records."""

    SCOPE = through_building(
        "project__building__",
        {Role.CONTRACTOR: of_own_projects("project__"), Role.HOUSEHOLD: nothing},
    )

    project = models.ForeignKey(Project, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=24, choices=[(one, one) for one in PAPERS])
    flat = models.ForeignKey("registry.Flat", models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=120)
    file = models.FileField(upload_to="papers")
    media_type = models.CharField(max_length=40)
    size_bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    on_date = models.DateField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"
