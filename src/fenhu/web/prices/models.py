"""Versions of the city's price book."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything

READERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.FINANCE, Role.HEAT_SUPPLIER, Role.OWNER_UNIT)


class PriceVersion(models.Model):
    """The city's own prices from a day on; what it does not price keeps the packaged price of its year.

    ``rows`` are the rows of a price book with prices as text; ``digest`` is that of the whole book.
    """

    SCOPE = Scope(dict.fromkeys(READERS, everything))

    number = models.PositiveIntegerField(unique=True)
    valid_from = models.DateField()
    year = models.PositiveSmallIntegerField()
    city = models.CharField(max_length=40)
    source = models.CharField(max_length=200)
    trust = models.CharField(max_length=4)
    rows = models.JSONField()
    digest = models.CharField(max_length=32)
    file_name = models.CharField(max_length=200)
    remark = models.CharField(max_length=300, blank=True)
    entered_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.city} {self.year} ({self.number})"
