"""Studies of the register, and what they found out about each building."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything, through_building


class Study(models.Model):
    """One run of the chain over the register: with which policy, versions and seed, and what came out."""

    SCOPE = Scope({Role.CITY_BUREAU: everything})

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    policy_id = models.CharField(max_length=80)
    policy_version = models.CharField(max_length=40)
    policy_digest = models.CharField(max_length=64)
    register_digest = models.CharField(max_length=64)
    settings = models.JSONField(default=dict)
    status = models.CharField(max_length=20)
    summary = models.JSONField(default=dict)
    current = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["current"], condition=Q(current=True), name="one_study_is_current"),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.created_at:%Y-%m-%d %H:%M}"


class BuildingOutcome(models.Model):
    """What a study found out about one building.

    ``before`` and ``after``: ``{flat_id: [temperature_c, mass_flow_kg_s]}``; ``shares``: ``{payer: fen}``;
    ``line_shares``: ``{line: {payer: fen}}``; ``criteria_met``: their codes between commas, to be searched.
    """

    SCOPE = through_building("building__")

    study = models.ForeignKey(Study, models.CASCADE, related_name="outcomes", db_index=False)
    building = models.ForeignKey("registry.Building", models.CASCADE, related_name="outcomes")
    status = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    before_mean_c = models.FloatField(null=True)
    before_min_c = models.FloatField(null=True)
    before_below_18 = models.PositiveIntegerField(null=True)
    after_mean_c = models.FloatField(null=True)
    after_min_c = models.FloatField(null=True)
    after_below_18 = models.PositiveIntegerField(null=True)
    criteria = models.JSONField(default=list)
    criteria_met = models.CharField(max_length=200, default="")
    priority = models.FloatField()
    priority_class = models.BooleanField()
    assumed = models.JSONField(default=list)
    bill = models.JSONField(default=list)
    cost_fen = models.BigIntegerField(default=0)
    shares = models.JSONField(default=dict)
    line_shares = models.JSONField(default=dict)
    planned_year = models.PositiveSmallIntegerField(null=True)
    reasons = models.JSONField(default=list)
    cause = models.JSONField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["study", "building"], name="one_outcome_per_study_and_building"),
        ]
        indexes: ClassVar = [
            # What the list of buildings is sorted by, and what tells ties apart.
            models.Index(fields=["study", "planned_year", "building"], name="outcome_by_year"),
            models.Index(fields=["study", "priority", "building"], name="outcome_by_priority"),
            models.Index(fields=["study", "before_mean_c", "building"], name="outcome_by_mean"),
            models.Index(fields=["study", "before_min_c", "building"], name="outcome_by_coldest"),
            models.Index(fields=["study", "before_below_18", "building"], name="outcome_by_cold_flats"),
            models.Index(fields=["study", "after_below_18", "building"], name="outcome_by_still_cold"),
            models.Index(fields=["study", "cost_fen", "building"], name="outcome_by_cost"),
            # What lists and the map count by, apart from the flats' temperatures that fill the rows.
            models.Index(
                fields=[
                    "study",
                    "building",
                    "planned_year",
                    "before_mean_c",
                    "priority_class",
                    "priority",
                    "criteria_met",
                ],
                name="outcome_by_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study_id}/{self.building_id}"


class StudyPlan(models.Model):
    """One plan of a study, and the task it answers; at first the study's own, later what replaced it.

    ``task`` is made by ``planning.keep_instance``, ``result`` and ``baseline`` (the clerk's ranking) by
    ``planning.keep_result``; ``conditions``: in words, what the task takes for granted beyond the study.
    """

    SCOPE = Scope({Role.CITY_BUREAU: everything})
    FROM_STUDY, FROM_SCENARIO, FROM_REPLAN = "study", "scenario", "replan"

    study = models.ForeignKey(Study, models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField()
    in_force = models.BooleanField(default=True)
    origin = models.CharField(max_length=12, default=FROM_STUDY)
    task = models.BinaryField()
    result = models.JSONField()
    baseline = models.JSONField()
    versions = models.JSONField(default=dict)
    conditions = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["study", "number"], name="plans_of_a_study_are_numbered"),
            UniqueConstraint(fields=["study"], condition=Q(in_force=True), name="one_plan_is_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.study_id}/{self.number}"
