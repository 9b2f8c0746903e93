"""Purses, accounts, transfers and their postings; the database refuses to change what was posted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.money.accounts import AccountKind, TransferKind
from fenhu.programme import Role
from fenhu.records import Payer, Source
from fenhu.web.access.scope import Rule, Scope, ScopedQuerySet, everything, through_building


def _choices(kinds: object) -> list[tuple[str, str]]:
    return [(str(kind), str(kind)) for kind in kinds]  # type: ignore[attr-defined]


def _of_level(path: str) -> Rule:
    """Return the rule that lets a finance bureau see the purses of its own level."""

    def rule(grant: object) -> Q:
        if grant.level == "city":  # type: ignore[attr-defined]
            return Q(**{f"{path}source__in": [Source.CITY, Source.REPAIR_FUND, Source.UPPER]})
        return _of_district(path)(grant)  # type: ignore[arg-type]

    return rule


def _of_district(path: str) -> Rule:
    return lambda grant: Q(**{f"{path}source": Source.DISTRICT, f"{path}scope": grant.district})


def _of_unit(path: str, source: Source) -> Rule:
    return lambda grant: Q(**{f"{path}source": source, f"{path}scope": str(grant.organisation)})


PURSE_RULES: dict[Role, Rule] = {
    Role.CITY_BUREAU: everything,
    Role.DISTRICT_GOV: _of_district(""),
    Role.FINANCE: _of_level(""),
    Role.HEAT_SUPPLIER: _of_unit("", Source.SUPPLIER),
    Role.OWNER_UNIT: _of_unit("", Source.OWNER),
}


class Purse(models.Model):
    """What one source of money has for one year; ``scope`` is empty for the city's own."""

    SCOPE = Scope(PURSE_RULES)

    source = models.CharField(max_length=20, choices=_choices(Source))
    scope = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["source", "scope", "year"], name="purse_is_unique_in_its_year"),
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.scope or '-'}/{self.year}"


def _scope_of_books(path: str) -> Scope:
    """Return who sees an account: those of his buildings, his office, his purse; an owner unit no flat."""
    at_building = through_building(f"{path}building__")

    def also(role: Role, rule: Rule) -> Rule:
        return lambda grant: at_building.rules[role](grant) | rule(grant)

    def of_office(grant: object) -> Q:
        return Q(**{f"{path}office": grant.organisation_id})  # type: ignore[attr-defined]

    def of_supplier(grant: object) -> Q:
        return of_office(grant) | _of_unit(f"{path}purse__", Source.SUPPLIER)(grant)  # type: ignore[arg-type]

    def of_owner(grant: object) -> Q:
        public = at_building.rules[Role.OWNER_UNIT](grant) & Q(  # type: ignore[arg-type]
            **{f"{path}flat__isnull": True}
        )
        return public | of_office(grant) | _of_unit(f"{path}purse__", Source.OWNER)(grant)  # type: ignore[arg-type]

    return Scope({
        Role.CITY_BUREAU: everything,
        Role.DISTRICT_GOV: also(Role.DISTRICT_GOV, _of_district(f"{path}purse__")),
        Role.FINANCE: also(Role.FINANCE, _of_level(f"{path}purse__")),
        Role.HEAT_SUPPLIER: also(Role.HEAT_SUPPLIER, of_supplier),
        Role.OWNER_UNIT: of_owner,
        Role.HOUSEHOLD: lambda grant: Q(**{f"{path}flat": grant.flat_id}),
    })  # fmt: skip


class Account(models.Model):
    """One account: ``balance_fen`` is the sum of its postings, debits positive, ``charged_fen`` of charges.

    Both are kept with every posting, so that no page has to add up the books; ``verify`` does.
    """

    SCOPE = _scope_of_books("")

    code = models.CharField(max_length=240, unique=True)
    kind = models.CharField(max_length=12, choices=_choices(AccountKind))
    building = models.ForeignKey("registry.Building", models.PROTECT, null=True, related_name="accounts")
    flat = models.ForeignKey("registry.Flat", models.PROTECT, null=True, related_name="accounts")
    payer = models.CharField(max_length=12, blank=True, choices=_choices(Payer))
    office = models.ForeignKey("registry.Organisation", models.PROTECT, null=True, related_name="accounts")
    purse = models.ForeignKey(Purse, models.PROTECT, null=True, related_name="accounts")
    balance_fen = models.BigIntegerField(default=0)
    charged_fen = models.BigIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "payer"], name="account_by_kind")]

    def __str__(self) -> str:
        return self.code


class Transfer(models.Model):
    """One movement of money; its postings sum to zero and ``digest`` binds them.

    ``key`` names what may happen only once, such as a line of a bank's file.
    """

    kind = models.CharField(max_length=12, choices=_choices(TransferKind), db_index=True)
    on_date = models.DateField(db_index=True)
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    building = models.ForeignKey("registry.Building", models.PROTECT, null=True, related_name="transfers")
    reference = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001  (many have none)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.kind} {self.on_date}"


class Posting(models.Model):
    """One side of a transfer; ``balance_fen`` is the account's balance after it."""

    SCOPE = _scope_of_books("account__")

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, models.PROTECT, related_name="postings", db_index=False)
    amount_fen = models.BigIntegerField()
    balance_fen = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "id"], name="posting_of_account")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["transfer", "account"], name="an_account_stands_once_in_a_transfer"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount_fen:+d}"


class PeriodLock(models.Model):
    """Books closed up to and including a day; the newest row holds."""

    until = models.DateField()
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.until.isoformat()
