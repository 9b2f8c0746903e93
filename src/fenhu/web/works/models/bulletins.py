"""Bulletins the city made public, as they were on the day."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything


class PublishedBulletin(models.Model):
    """The city's bulletin of a month, or of a year where ``month`` is 0; it never changes by itself.

    ``pages`` holds by language what the page says, in plain words; ``paper`` is the PDF of the same day.
    """

    SCOPE = Scope({Role.CITY_BUREAU: everything})

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(default=0)
    as_of = models.DateField()
    pages = models.JSONField()
    paper = models.FileField(upload_to="bulletins")
    published_on = models.DateField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["year", "month"], name="a_bulletin_stands_once_for_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}" if self.month else f"{self.year}"
