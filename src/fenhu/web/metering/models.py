"""Meters, readings with what they replaced, cold days, and the bills of a season."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything, nothing, through_building

_SHUT_OUT = (Role.OWNER_UNIT, Role.FINANCE, Role.COMMUNITY, Role.CONTRACTOR, Role.PUBLIC_SECURITY)


def _scope_of_flat(path: str) -> Scope:
    """Return the scope of rows on a flat: a household sees its own, offices by the building."""
    return through_building(
        f"{path}building__",
        dict.fromkeys(_SHUT_OUT, nothing)
        | {Role.HOUSEHOLD: lambda grant: Q(**{path.removesuffix("__"): grant.flat_id})},
    )


class Meter(models.Model):
    """A heat meter in a flat; after an exchange the old one keeps what it showed last."""

    SCOPE = _scope_of_flat("flat__")

    flat = models.ForeignKey("registry.Flat", models.PROTECT, related_name="meters")
    number = models.CharField(max_length=40, unique=True)
    installed_on = models.DateField()
    first_kwh = models.DecimalField(max_digits=14, decimal_places=3)
    removed_on = models.DateField(null=True)
    last_kwh = models.DecimalField(max_digits=14, decimal_places=3, null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["flat"], condition=Q(removed_on=None), name="one_meter_at_a_time_in_a_flat"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ReadingBatch(models.Model):
    """A file of readings that was taken in, all of it."""

    SCOPE = Scope({
        Role.CITY_BUREAU: everything,
        Role.HEAT_SUPPLIER: lambda grant: Q(office=grant.organisation_id),
    })  # fmt: skip

    office = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken = models.PositiveIntegerField()
    known = models.PositiveIntegerField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """What a meter showed on a day; a corrected one stays and names the one that replaced it."""

    SCOPE = _scope_of_flat("meter__flat__")

    meter = models.ForeignKey(Meter, models.PROTECT, related_name="readings")
    on_date = models.DateField()
    energy_kwh = models.DecimalField(max_digits=14, decimal_places=3)
    batch = models.ForeignKey(ReadingBatch, models.PROTECT, null=True, related_name="readings")
    note = models.CharField(max_length=300, blank=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")
    void = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["meter", "on_date"], condition=Q(void=False), name="a_meter_shows_one_value_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} {self.on_date}"


class Temperature(models.Model):
    """What a sensor measured: a flat's room, or the supply or return of a building."""

    ROOM, SUPPLY, RETURN = "room", "supply", "return"
    KINDS = (ROOM, SUPPLY, RETURN)
    SCOPE = through_building("building__", dict.fromkeys((*_SHUT_OUT, Role.HOUSEHOLD), nothing))

    building = models.ForeignKey("registry.Building", models.PROTECT, related_name="temperatures")
    flat = models.ForeignKey("registry.Flat", models.PROTECT, null=True, related_name="temperatures")
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    at = models.DateTimeField()
    value_c = models.DecimalField(max_digits=5, decimal_places=2)
    batch = models.ForeignKey(ReadingBatch, models.PROTECT, related_name="temperatures")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="room", flat__isnull=False) | (~Q(kind="room") & Q(flat__isnull=True)),
                name="a_room_is_of_a_flat",
            ),
            UniqueConstraint(
                fields=["flat", "at"], condition=Q(kind="room"), name="a_room_has_one_temperature_at_a_time"
            ),
            UniqueConstraint(
                fields=["building", "kind", "at"], condition=~Q(kind="room"),
                name="a_building_has_one_temperature_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.building_id} {self.kind} {self.value_c}"


class ColdDays(models.Model):
    """Days on which a flat's rooms were measured colder than promised."""

    SCOPE = _scope_of_flat("flat__")

    flat = models.ForeignKey("registry.Flat", models.PROTECT, related_name="cold_days")
    since = models.DateField()
    until = models.DateField()
    room_c = models.DecimalField(max_digits=4, decimal_places=1)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.flat_id} {self.since} {self.until}"


class SeasonBill(models.Model):
    """A flat's heat bill of the season that began in ``year``; a later one supersedes it.

    ``steps`` and ``parts`` are what it was reckoned from, kept as they were; ``energy_kwh`` is blank for a
    flat that pays by area.
    """

    SCOPE = _scope_of_flat("flat__")

    flat = models.ForeignKey("registry.Flat", models.PROTECT, related_name="heat_bills")
    year = models.PositiveSmallIntegerField()
    area_m2 = models.DecimalField(max_digits=10, decimal_places=2)
    energy_kwh = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    estimated = models.BooleanField(default=False)
    limited = models.BooleanField(default=False)
    area_fen = models.BigIntegerField()
    two_part_fen = models.BigIntegerField(null=True)
    charged_fen = models.BigIntegerField()
    refund_fen = models.BigIntegerField()
    due_fen = models.BigIntegerField()
    steps = models.JSONField()
    parts = models.JSONField()
    policy = models.CharField(max_length=120)
    policy_digest = models.CharField(max_length=64)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    superseded_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["flat", "year"], condition=Q(superseded_on=None),
                name="one_standing_heat_bill_a_season",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.flat_id} {self.year}"
