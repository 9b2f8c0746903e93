"""People and what they were granted."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from fenhu.programme import ROLE_NAMES, Role

NO_ORGANISATION = Q(organisation__isnull=True)
NO_AREA = Q(district="", level="")
NO_FLAT = Q(flat__isnull=True)
LEVEL_FITS = Q(level="city", district="") | (Q(level="district") & ~Q(district=""))

# What each role's scope consists of. An empty column must never come to mean "everything".
SCOPE_COLUMNS: dict[Role, Q] = {
    Role.CITY_BUREAU: NO_ORGANISATION & NO_AREA & NO_FLAT,
    Role.DISTRICT_GOV: NO_ORGANISATION & NO_FLAT & Q(level="") & ~Q(district=""),
    Role.FINANCE: NO_ORGANISATION & NO_FLAT & LEVEL_FITS,
    Role.HEAT_SUPPLIER: ~NO_ORGANISATION & NO_AREA & NO_FLAT,
    Role.OWNER_UNIT: ~NO_ORGANISATION & NO_AREA & NO_FLAT,
    Role.COMMUNITY: ~NO_ORGANISATION & NO_AREA & NO_FLAT,
    Role.CONTRACTOR: ~NO_ORGANISATION & NO_AREA & NO_FLAT,
    Role.PUBLIC_SECURITY: NO_ORGANISATION & NO_AREA & NO_FLAT,
    Role.HOUSEHOLD: NO_ORGANISATION & NO_AREA & ~NO_FLAT,
}


def _one_role_with_its_scope() -> Q:
    condition = Q()
    for role, columns in SCOPE_COLUMNS.items():
        condition = condition | (Q(role=role.value) & columns)
    return condition


class User(AbstractUser):
    """A person who signs in."""

    display_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, blank=True)
    must_change_password = models.BooleanField(default=False)
    calendar_key = models.CharField(max_length=64, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.display_name or self.username


class Grant(models.Model):
    """One role of one user, with the scope it is for."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, str(role.value)) for role in Role])
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, null=True, blank=True)
    district = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=10, blank=True, choices=[("city", "city"), ("district", "district")])
    flat = models.ForeignKey("registry.Flat", models.CASCADE, null=True, blank=True)

    class Meta:
        indexes: ClassVar = [Index(fields=["role", "user"], name="grant_by_role")]
        constraints: ClassVar = [
            CheckConstraint(name="grant_has_its_roles_scope", condition=_one_role_with_its_scope()),
        ]

    def __str__(self) -> str:
        return f"{self.user} {ROLE_NAMES[Role(self.role)]}"
