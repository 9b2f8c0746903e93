"""Proposals how reward money is divided, building by building."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import REWARD, Role
from fenhu.records import AUTHORITIES
from fenhu.web.access.scope import Rule, Scope, ScopedQuerySet, everything

UNPAID = ("draft", "proposed", "returned", "approved")


def _of_district(path: str) -> Rule:
    return lambda grant: Q(**{f"{path}level": "district", f"{path}district": grant.district})


def _of_level(path: str) -> Rule:
    def rule(grant: object) -> Q:
        if grant.level == "city":  # type: ignore[attr-defined]
            return Q(**{f"{path}level": "city"})
        return _of_district(path)(grant)  # type: ignore[arg-type]

    return rule


def _scope(path: str) -> Scope:
    return Scope({
        Role.CITY_BUREAU: everything, Role.DISTRICT_GOV: _of_district(path), Role.FINANCE: _of_level(path),
    })  # fmt: skip


class RewardProposal(models.Model):
    """What one level of government is to pay now, on the workflow ``REWARD``; one at a time waits."""

    SCOPE = _scope("")

    level = models.CharField(max_length=10, choices=[(one, one) for one in AUTHORITIES])
    district = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, default=REWARD.initial, db_index=True)
    since = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    drafted_on = models.DateField()
    policy = models.CharField(max_length=120)
    policy_digest = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    paid_on = models.DateField(null=True)
    published_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["level", "district"], condition=Q(state__in=UNPAID), name="one_reward_proposal_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.district} {self.drafted_on}"

    @property
    def number(self) -> str:
        """Return how papers name the proposal."""
        return f"{self.drafted_on.year}-{self.district or '市'}-{self.pk}"


class RewardItem(models.Model):
    """What one building gets by a proposal and how the figure came about; ``round`` is its acceptance."""

    SCOPE = _scope("proposal__")

    proposal = models.ForeignKey(RewardProposal, models.CASCADE, related_name="items", db_index=False)
    building = models.ForeignKey("registry.Building", models.PROTECT, related_name="reward_items")
    project = models.ForeignKey("works.Project", models.PROTECT, related_name="reward_items")
    round = models.ForeignKey("works.AcceptanceRound", models.PROTECT, null=True, related_name="+")
    flats = models.PositiveIntegerField()
    area_m2 = models.DecimalField(max_digits=12, decimal_places=2)
    accepted_on = models.DateField(null=True)
    base_fen = models.BigIntegerField()
    factor = models.DecimalField(max_digits=8, decimal_places=4)
    deducted_fen = models.BigIntegerField()
    entitled_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField()
    payment_fen = models.BigIntegerField()
    steps = models.JSONField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["proposal", "building"], name="a_building_stands_once_on_a_reward_proposal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}/{self.building_id}"
