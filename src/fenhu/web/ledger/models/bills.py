"""What a building's conversion costs by contract, and later by measured quantities."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from fenhu.programme import Role
from fenhu.web.access.scope import ScopedQuerySet, nothing, through_building

BILL_SOURCES = ("estimate", "design")


class ContractBill(models.Model):
    """The bill a building's contracts stand on: its prices and its rules stay what they were that day.

    ``lines`` and ``line_shares`` are kept as a study keeps them, ``user_by_flat`` maps flats to what their
    households pay of all of it; ``measured`` are the quantities built, by line, once they are known, and the
    shares are then those of what was built. ``contracted_on``: when the building's contracts were complete;
    ``withheld_fen`` was taken off the reward and is the supplier's to pay.
    """

    SCOPE = through_building(
        "building__",
        dict.fromkeys((Role.HOUSEHOLD, Role.COMMUNITY, Role.PUBLIC_SECURITY, Role.CONTRACTOR), nothing),
    )

    building = models.ForeignKey("registry.Building", models.PROTECT, related_name="contract_bills")
    project = models.OneToOneField("works.Project", models.PROTECT, related_name="contract_bill")
    drawn_up_on = models.DateField()
    drawn_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=12, choices=[(one, one) for one in BILL_SOURCES])
    design_number = models.PositiveIntegerField(null=True)
    policy = models.CharField(max_length=120)
    policy_digest = models.CharField(max_length=64)
    price_book = models.CharField(max_length=120)
    lines = models.JSONField()
    line_shares = models.JSONField()
    user_by_flat = models.JSONField()
    contracted_on = models.DateField(null=True)
    measured = models.JSONField(null=True)
    settled_on = models.DateField(null=True)
    without_fund = models.BooleanField(default=False)
    withheld_fen = models.BigIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.building_id} {self.drawn_up_on}"


class BranchMains(models.Model):
    """The mains of a branch that had none: the building whose bill they stand in, and the year they are laid.

    ``upper_fen`` is the project money promised for them.
    """

    SCOPE = through_building(
        "building__",
        dict.fromkeys((Role.HOUSEHOLD, Role.COMMUNITY, Role.PUBLIC_SECURITY, Role.CONTRACTOR), nothing),
    )

    cluster = models.OneToOneField("registry.Cluster", models.PROTECT, related_name="mains")
    building = models.OneToOneField("registry.Building", models.PROTECT, related_name="carried_mains")
    year = models.PositiveSmallIntegerField()
    cost_fen = models.BigIntegerField()
    upper_fen = models.BigIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.cluster_id} {self.building_id}"
