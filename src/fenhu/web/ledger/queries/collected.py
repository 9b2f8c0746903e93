"""Statements over many accounts: a year by suppliers, a supplier by buildings, a building by payers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, Sum

from fenhu.money.accounts import AccountKind
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.access.scope import get_visible
from fenhu.web.ledger.models import Account, Posting
from fenhu.web.registry.queries import full_name, visible_buildings

_SUPPLIER = "account__building__supplier"


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedRow:
    """What somebody owed when the year began, what came to it, what was taken off, and what is left.

    ``supplier`` or ``code`` say which statement lies behind the row, ``account_id`` which account.
    """

    name: str
    payer: Payer | None = None
    flat_id: str = ""
    supplier: str = ""
    code: str = ""
    account_id: int | None = None
    opening_fen: int
    charged_fen: int
    received_fen: int

    @property
    def closing_fen(self) -> int:
        """Return what was owed at the end."""
        return self.opening_fen + self.charged_fen - self.received_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A statement of a year: of all suppliers, of one, or of one building."""

    year: int
    years: Sequence[int]
    supplier: str
    code: str
    building: str
    rows: Sequence[CollectedRow]
    synthetic: bool

    @property
    def total(self) -> CollectedRow:
        """Return the sum of the rows."""
        return CollectedRow(
            name="",
            opening_fen=sum(row.opening_fen for row in self.rows),
            charged_fen=sum(row.charged_fen for row in self.rows),
            received_fen=sum(row.received_fen for row in self.rows),
        )


def collected(user: Any, year: int, *, supplier: str = "", code: str = "") -> Collected:
    """Return the statement of a year that ``user`` may see; raises Http404 for a building he may not.

    Without supplier and building its rows are suppliers, with a supplier its buildings, with a building its
    accounts.
    """
    building = (
        get_visible(visible_buildings(user).select_related("supplier"), user, code=code) if code else None
    )
    postings = _postings(user).filter(transfer__on_date__lte=date(year, 12, 31))
    if building is not None:
        rows = _by_account(postings.filter(account__building=building), year)
    elif supplier:
        rows = _by_building(postings.filter(account__building__supplier__name=supplier), year)
    else:
        rows = _by_supplier(postings, year)
    return Collected(
        year=year, years=_years(user), supplier=building.supplier.name if building else supplier, code=code,
        building=full_name(building.estate, building.name) if building else "", rows=rows,
        synthetic=visible_buildings(user).filter(synthetic=True).exists(),
    )  # fmt: skip


def _postings(user: Any) -> Any:
    return Posting.objects.visible_to(user).filter(account__kind=AccountKind.OWED).order_by()


def _years(user: Any) -> Sequence[int]:
    """Return the years from the first movement to this one."""
    first = _postings(user).order_by("transfer__on_date").values_list("transfer__on_date", flat=True).first()
    this = clock.today().year
    return tuple(range(min(first.year, this) if first else this, this + 1))


def _sums(postings: Any, year: int, *by: str) -> Any:
    """Return, for each value of ``by``, what was owed before the year and what moved in it."""
    before = Q(transfer__on_date__lt=date(year, 1, 1))
    return postings.values(*by).annotate(
        opening=Sum("amount_fen", filter=before, default=0),
        charged=Sum("amount_fen", filter=~before & Q(amount_fen__gt=0), default=0),
        received=Sum(-F("amount_fen"), filter=~before & Q(amount_fen__lt=0), default=0),
    )


def _row(sums: Mapping[str, Any], **names: Any) -> CollectedRow:
    figures = {f"{key}_fen": sums[key] for key in ("opening", "charged", "received")}
    return CollectedRow(**names, **figures)


def _by_supplier(postings: Any, year: int) -> Sequence[CollectedRow]:
    name = f"{_SUPPLIER}__name"
    return tuple(
        _row(row, name=row[name], supplier=row[name]) for row in _sums(postings, year, name).order_by(name)
    )


def _by_building(postings: Any, year: int) -> Sequence[CollectedRow]:
    keys = ("account__building__code", "account__building__estate", "account__building__name")
    return tuple(
        _row(row, name=full_name(row[keys[1]], row[keys[2]]), code=row[keys[0]])
        for row in _sums(postings, year, *keys).order_by(keys[0])
    )


def _by_account(postings: Any, year: int) -> Sequence[CollectedRow]:
    sums = {row["account"]: row for row in _sums(postings, year, "account")}
    accounts = Account.objects.filter(pk__in=list(sums)).select_related("flat")
    return tuple(
        _row(
            sums[one.pk], name="", payer=Payer(one.payer), flat_id=one.flat.flat_id if one.flat else "",
            account_id=one.pk,
        )
        for one in sorted(accounts, key=_place)
    )  # fmt: skip


def _place(account: Account) -> tuple[int, int, int, str]:
    """Return where an account stands: payers in their order, flats by stairwell, storey and room."""
    order = [payer.value for payer in Payer].index(account.payer)
    flat = account.flat
    return (order, flat.unit, flat.storey, flat.room) if flat else (order, 0, 0, "")
