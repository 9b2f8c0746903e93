"""Receipts, and the lines of banks' and counters' files."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, everything
from fenhu.web.ledger.models.books import Account, Transfer, _scope_of_books

WAYS = ("bank", "counter", "cash", "online", "transfer")
LINE_STATES = ("matched", "unmatched", "assigned", "returned")
_OF_OFFICE = Scope({
    Role.CITY_BUREAU: everything,
    Role.HEAT_SUPPLIER: lambda grant: Q(office=grant.organisation_id),
    Role.OWNER_UNIT: lambda grant: Q(office=grant.organisation_id),
})  # fmt: skip


class NumberSeries(models.Model):
    """The last number an office gave out in a year."""

    office = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["office", "year"], name="one_series_an_office_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year} {self.last}"


class Receipt(models.Model):
    """The numbered receipt of one payment; void once its transfer is reversed."""

    SCOPE = _scope_of_books("account__")

    number = models.CharField(max_length=40, unique=True)
    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="receipt")
    account = models.ForeignKey(Account, models.PROTECT, related_name="receipts")
    office = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="receipts")
    amount_fen = models.BigIntegerField()
    on_date = models.DateField()
    way = models.CharField(max_length=12, choices=[(one, one) for one in WAYS])

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.number


class BankFile(models.Model):
    """A statement of a bank or a counter that was taken in, all of it."""

    SCOPE = _OF_OFFICE

    office = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="bank_files")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class BankLine(models.Model):
    """One payment of a file and where it went; ``reason`` says why nobody was found, or by what."""

    SCOPE = _OF_OFFICE

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="lines")
    office = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="bank_lines")
    reference = models.CharField(max_length=120)
    on_date = models.DateField()
    amount_fen = models.BigIntegerField()
    payer_name = models.CharField(max_length=120, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=12, choices=[(one, one) for one in WAYS])
    state = models.CharField(max_length=12, choices=[(one, one) for one in LINE_STATES], db_index=True)
    reason = models.JSONField(null=True)
    transfer = models.ForeignKey(Transfer, models.PROTECT, null=True, related_name="bank_lines")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["office", "reference"], name="a_bank_reference_counts_once"),
        ]

    def __str__(self) -> str:
        return self.reference
