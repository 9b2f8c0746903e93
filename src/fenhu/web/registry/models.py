"""Organisations, buildings, flats, and the money and crews of the programme; money in whole fen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, UniqueConstraint, Value
from django.db.models.functions import Replace, Right

from fenhu.programme import Role
from fenhu.records import AUTHORITIES, FlatUse, OwnerKind, Source, SystemForm
from fenhu.web.access.scope import ScopedQuerySet, through_building
from fenhu.web.hits import LEAST_DIGITS
from fenhu.web.registry import lookups as lookups  # registers ``begins``

ORGANISATION_KINDS = (Role.HEAT_SUPPLIER, Role.OWNER_UNIT, Role.COMMUNITY, Role.CONTRACTOR)


def _choices(kinds: object) -> list[tuple[str, str]]:
    return [(str(kind), str(kind)) for kind in kinds]  # type: ignore[attr-defined]


class Organisation(models.Model):
    """A heat supplier, owner unit, community or contractor."""

    kind = models.CharField(max_length=20, choices=_choices(ORGANISATION_KINDS))
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["kind", "code"], name="organisation_code_is_unique_in_its_kind"),
            UniqueConstraint(fields=["kind", "name"], name="organisation_name_is_unique_in_its_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """One building of the register; ``authority`` is who answers for it under the policy."""

    SCOPE = through_building("")

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    estate = models.CharField(max_length=120, blank=True)
    district = models.CharField(max_length=40)
    community = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="community_buildings")
    address = models.CharField(max_length=200, blank=True)
    supplier = models.ForeignKey(Organisation, models.PROTECT, related_name="supplied_buildings")
    station = models.CharField(max_length=80, blank=True)
    cluster = models.CharField(max_length=80, blank=True, db_index=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="owned_buildings")
    owner_kind = models.CharField(max_length=20, choices=_choices(OwnerKind))
    authority = models.CharField(max_length=10, choices=_choices(AUTHORITIES))
    year_built = models.PositiveSmallIntegerField()
    storeys = models.PositiveSmallIntegerField()
    units = models.PositiveSmallIntegerField()
    flat_count = models.PositiveIntegerField()
    heated_area_m2 = models.FloatField()
    system_form = models.CharField(max_length=30, choices=_choices(SystemForm))
    pipe_year = models.PositiveSmallIntegerField(null=True)
    pipe_material = models.CharField(max_length=40, blank=True)
    corrosion = models.PositiveSmallIntegerField(null=True)
    water_loss_percent = models.FloatField(null=True)
    fee_collection_percent = models.FloatField(null=True)
    arrears_fen = models.BigIntegerField(null=True)
    complaints = models.PositiveIntegerField(null=True)
    maintainable = models.BooleanField(null=True)
    inlet_kpa = models.FloatField(null=True)
    supply_c = models.FloatField(null=True)
    mean_room_c = models.FloatField(null=True)
    min_room_c = models.FloatField(null=True)
    repair_fund_fen = models.BigIntegerField(null=True)
    pilot_2009 = models.BooleanField(null=True)
    volunteered = models.BooleanField(null=True)
    main_ready = models.BooleanField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    synthetic = models.BooleanField(default=False)
    search = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority", "district"], name="building_by_authority"),
            # What the list of buildings is sorted by, and what tells ties apart.
            models.Index(fields=["name", "code"], name="building_by_name"),
            models.Index(fields=["district", "code"], name="building_by_district"),
            models.Index(fields=["supplier", "code"], name="building_by_supplier"),
            models.Index(fields=["system_form", "code"], name="building_by_system_form"),
            models.Index(fields=["year_built", "code"], name="building_by_year_built"),
            models.Index(fields=["flat_count", "code"], name="building_by_flats"),
            models.Index(fields=["heated_area_m2", "code"], name="building_by_heated_area"),
        ]

    def __str__(self) -> str:
        return self.code


def _plain(phone: F) -> Replace:
    return Replace(Replace(phone, Value("-"), Value("")), Value(" "), Value(""))


class Flat(models.Model):
    """One flat; ``measured_c`` is a measured room temperature, blanks mean unknown.

    ``phone_end`` is the end of the telephone number, kept by the database so that a search finds it at once.
    """

    SCOPE = through_building("building__", {Role.HOUSEHOLD: lambda grant: Q(pk=grant.flat_id)})

    building = models.ForeignKey(Building, models.CASCADE, related_name="flats", db_index=False)
    unit = models.PositiveSmallIntegerField()
    storey = models.SmallIntegerField()
    room = models.CharField(max_length=20)
    area_m2 = models.FloatField()
    use = models.CharField(max_length=10, choices=_choices(FlatUse))
    owner_name = models.CharField(max_length=80, blank=True, db_index=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_end = models.GeneratedField(
        expression=Right(_plain(F("phone")), LEAST_DIGITS),
        output_field=models.CharField(max_length=LEAST_DIGITS), db_persist=True, db_index=True,
    )  # fmt: skip
    measured_c = models.FloatField(null=True)
    consent = models.BooleanField(null=True)
    fee_paid = models.BooleanField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["building", "unit", "storey", "room"], name="flat_is_unique_in_its_building"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building_id}/{self.flat_id}"

    @property
    def flat_id(self) -> str:
        """Return the flat's name within its building, ``unit-storey-room``."""
        return f"{self.unit}-{self.storey}-{self.room}"


class Budget(models.Model):
    """What one purse may spend in one year; ``scope`` is empty for the city's own."""

    source = models.CharField(max_length=20, choices=_choices(Source))
    scope = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField()
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["source", "scope", "year"], name="budget_is_unique_in_its_year"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.scope} {self.year}"


class Crew(models.Model):
    """A supplier's crew days in one season."""

    supplier = models.ForeignKey(Organisation, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    crew_days = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["supplier", "year"], name="crew_is_unique_in_its_year")
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} {self.year}"


class Cluster(models.Model):
    """A substation branch with the cost of its mains and of setting up works."""

    cluster = models.CharField(max_length=80, unique=True)
    district = models.CharField(max_length=40)
    supplier = models.ForeignKey(Organisation, models.PROTECT)
    mains_fen = models.BigIntegerField()
    mobilise_fen = models.BigIntegerField()

    def __str__(self) -> str:
        return self.cluster


class Order(models.Model):
    """``after`` may not be converted earlier than ``before``."""

    before = models.ForeignKey(Building, models.CASCADE, related_name="+")
    after = models.ForeignKey(Building, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [UniqueConstraint(fields=["before", "after"], name="order_stands_once")]

    def __str__(self) -> str:
        return f"{self.before_id} < {self.after_id}"
