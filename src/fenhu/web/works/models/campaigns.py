"""Contractors' qualifications, the campaign among residents, and who was praised."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything, nothing, through_building

ACTIVITY_KINDS = ("notice", "door_to_door", "meeting", "exhibition", "press", "broadcast", "online")
MATERIAL_KINDS = ("leaflet", "poster", "text", "policy")
_OFFICES = tuple(role for role in Role if role is not Role.HOUSEHOLD)


class ContractorFile(models.Model):
    """What qualifies a contractor, and until when (clause 四（三）)."""

    SCOPE = Scope({
        **dict.fromkeys((role for role in _OFFICES if role is not Role.CONTRACTOR), everything),
        Role.CONTRACTOR: lambda grant: Q(organisation=grant.organisation_id),
    })  # fmt: skip

    organisation = models.OneToOneField(
        "registry.Organisation", models.CASCADE, related_name="contractor_file"
    )
    qualification = models.CharField(max_length=120)
    certificate_number = models.CharField(max_length=60)
    valid_until = models.DateField()
    lead = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    barred_on = models.DateField(null=True)
    barred_reason = models.TextField(blank=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class Activity(models.Model):
    """One thing done to inform residents or the public (clauses 三（一）, 四（二）).

    Anybody reads of it on the portal from ``published_on`` on.
    """

    SCOPE = through_building("buildings__", {Role.FINANCE: nothing, Role.HOUSEHOLD: nothing})

    kind = models.CharField(max_length=16, choices=[(one, one) for one in ACTIVITY_KINDS])
    title = models.CharField(max_length=120)
    on_date = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    buildings = models.ManyToManyField("registry.Building", related_name="activities")
    flats_reached = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} {self.on_date}"


class CampaignMaterial(models.Model):
    """A leaflet, poster or text of the library; all offices may use it, once published everybody."""

    SCOPE = Scope(dict.fromkeys(_OFFICES, everything))

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=[(one, one) for one in MATERIAL_KINDS])
    file = models.FileField(upload_to="campaign")
    media_type = models.CharField(max_length=40)
    size_bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    on_date = models.DateField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class MediaContact(models.Model):
    """Whom to call at a newspaper or broadcaster (clause 四（二）); for those who run the campaign."""

    SCOPE = Scope(dict.fromkeys(
        (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.HEAT_SUPPLIER, Role.COMMUNITY), everything,
    ))  # fmt: skip

    outlet = models.CharField(max_length=120)
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["outlet", "name"], condition=Q(ended_on__isnull=True), name="a_contact_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return self.outlet


class Praise(models.Model):
    """A household commended by the policy's rule (clause 四（一）); money in whole fen."""

    SCOPE = through_building(
        "flat__building__",
        {Role.HOUSEHOLD: lambda grant: Q(flat=grant.flat_id), Role.CONTRACTOR: nothing,
         Role.PUBLIC_SECURITY: nothing},
    )  # fmt: skip

    flat = models.ForeignKey("registry.Flat", models.CASCADE, related_name="praises", db_index=False)
    code = models.CharField(max_length=40)
    on_date = models.DateField()
    amount_fen = models.BigIntegerField(default=0)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["flat", "code"], name="a_flat_is_praised_once_for_a_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.flat_id} {self.code}"
