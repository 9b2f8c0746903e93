"""Applications to the housing repair fund, and how the owners voted on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import FUND, Role
from fenhu.web.access.scope import Rule, Scope, ScopedQuerySet, nothing, through_building


def _scope(path: str) -> Scope:
    """Return who sees applications: those of the building, and the city's finance, which keeps the fund."""
    rules = through_building(f"{path}building__", dict.fromkeys(
        (Role.HOUSEHOLD, Role.CONTRACTOR, Role.PUBLIC_SECURITY), nothing))  # fmt: skip

    def of_finance(grant: object) -> Q:
        everything = ~Q(pk__in=[])
        return everything if grant.level == "city" else rules.rules[Role.FINANCE](grant)  # type: ignore[attr-defined, arg-type]

    finance: Rule = of_finance
    return Scope({**rules.rules, Role.FINANCE: finance})


class FundApplication(models.Model):
    """A building's application to the repair fund, on the workflow ``FUND``."""

    SCOPE = _scope("")

    building = models.ForeignKey("registry.Building", models.PROTECT, related_name="fund_applications")
    project = models.OneToOneField("works.Project", models.PROTECT, related_name="fund_application")
    state = models.CharField(max_length=12, default=FUND.initial, db_index=True)
    since = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    opened_on = models.DateField()
    applied_on = models.DateField(null=True)
    approved_on = models.DateField(null=True)
    released_on = models.DateField(null=True)
    asked_fen = models.BigIntegerField(default=0)
    granted_fen = models.BigIntegerField(null=True)
    note = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.building_id} {self.opened_on}"

    @property
    def number(self) -> str:
        """Return how papers name the application."""
        return f"{self.opened_on.year}-{self.building.code}-F{self.pk}"


class FundVote(models.Model):
    """One flat's vote on the use of the fund."""

    SCOPE = _scope("application__")

    application = models.ForeignKey(
        FundApplication, models.CASCADE, related_name="votes", db_index=False
    )  # fmt: skip
    flat = models.ForeignKey("registry.Flat", models.PROTECT, related_name="fund_votes")
    agrees = models.BooleanField()
    on_date = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["application", "flat"], name="a_flat_votes_once_on_the_fund"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.flat_id}"
