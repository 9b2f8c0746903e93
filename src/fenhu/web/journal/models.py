"""The journal's tables; the database itself refuses to change or delete entries (see ``triggers``)."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import UniqueConstraint


class Entry(models.Model):
    """One thing that happened to one subject; ``digest`` chains it to the subject's entry before.

    ``data_json`` stays text: what was hashed is what is kept, byte for byte, on every database.
    """

    subject = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=60, db_index=True)
    recorded_at = models.DateTimeField()
    on_date = models.DateField()
    actor_id = models.BigIntegerField(null=True, db_index=True)
    data_json = models.TextField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["subject", "sequence"], name="entry_follows_the_one_before"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "id"], name="entry_newest_of_kind"),
            models.Index(fields=["on_date", "id"], name="entry_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.sequence} {self.kind}"

    @property
    def data(self) -> dict[str, Any]:
        """Return the entry's values."""
        values: dict[str, Any] = json.loads(self.data_json)
        return values


class DayHead(models.Model):
    """One digest over all entries since the head before; printed or published, it binds the day."""

    day = models.DateField()
    last_entry = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"


class PersonalValue(models.Model):
    """A personal value an entry refers to by salted digest; erased, the digest says nothing any more."""

    digest = models.CharField(max_length=64, unique=True)
    person = models.CharField(max_length=80, db_index=True)
    salt = models.CharField(max_length=64, blank=True)
    value = models.TextField(blank=True)
    erased = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.digest[:12]
