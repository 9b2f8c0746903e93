"""The desk of money: what is owed and paid by whom, what the purses of a year still hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum

from fenhu.money.accounts import AccountKind
from fenhu.records import Payer
from fenhu.web.ledger.models import Account, BankLine, Purse
from fenhu.web.ledger.posting import books_closed_until
from fenhu.web.ledger.queries.purses import PurseGroup, purse_groups


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerRow:
    """What one kind of payer was charged, has paid, and still owes; what was paid too much stands apart."""

    payer: Payer
    charged_fen: int
    paid_fen: int
    owed_fen: int
    too_much_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDesk:
    """Everything the reader may see of the books, in figures."""

    year: int
    years: tuple[int, ...]
    payers: tuple[PayerRow, ...]
    groups: tuple[PurseGroup, ...]
    unmatched: int
    unmatched_fen: int
    closed_until: date | None

    @property
    def charged_fen(self) -> int:
        """Return what all were charged."""
        return sum(row.charged_fen for row in self.payers)

    @property
    def paid_fen(self) -> int:
        """Return what all have paid."""
        return sum(row.paid_fen for row in self.payers)

    @property
    def owed_fen(self) -> int:
        """Return what all still owe."""
        return sum(row.owed_fen for row in self.payers)


def money_desk(user: Any, year: int) -> MoneyDesk:
    """Return the desk of money as ``user`` may see it, purses of one year."""
    years = Purse.objects.visible_to(user).order_by("year").values_list("year", flat=True).distinct()
    open_lines = BankLine.objects.visible_to(user).filter(state="unmatched")
    waiting = open_lines.aggregate(count=Count("pk"), sum=Sum("amount_fen"))
    return MoneyDesk(
        year=year,
        years=tuple(years),
        payers=payer_rows(Account.objects.visible_to(user)),
        groups=purse_groups(Purse.objects.visible_to(user).filter(year=year)),
        unmatched=waiting["count"],
        unmatched_fen=waiting["sum"] or 0,
        closed_until=books_closed_until(),
    )


def payer_rows(accounts: Any) -> tuple[PayerRow, ...]:
    """Return what each payer was charged and has paid on some accounts, in the payers' order."""
    owed = accounts.filter(kind=AccountKind.OWED).order_by()
    sums = {
        row["payer"]: row
        for row in owed.values("payer").annotate(charged=Sum("charged_fen"), balance=Sum("balance_fen"))
    }
    above = dict(
        owed.filter(balance_fen__lt=0)
        .values_list("payer")
        .annotate(sum=Sum("balance_fen"))
        .values_list("payer", "sum")
    )
    return tuple(
        PayerRow(
            payer=payer,
            charged_fen=sums[payer.value]["charged"],
            paid_fen=sums[payer.value]["charged"] - sums[payer.value]["balance"],
            owed_fen=sums[payer.value]["balance"] - above.get(payer.value, 0),
            too_much_fen=-above.get(payer.value, 0),
        )
        for payer in Payer
        if payer.value in sums
    )
