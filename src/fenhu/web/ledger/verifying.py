"""Checks that the books balance: every transfer, every account, every bill, every purse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F, Sum, Window
from django.db.models.functions import Lag

from fenhu.money.accounts import CHARGES, NEVER_BELOW_ZERO
from fenhu.records import Payer
from fenhu.web.journal import queries as journal
from fenhu.web.ledger.billing import charged_fen, due_of
from fenhu.web.ledger.digest import digest_of
from fenhu.web.ledger.models import Account, ContractBill, Posting, Transfer
from fenhu.wording import Text, text

_AT_ONCE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksReport:
    """What a check of the books found; no fault means that every fen is where it should be."""

    transfers: int
    postings: int
    accounts: int
    bills: int
    faults: tuple[Text, ...]

    @property
    def valid(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults


def verify() -> BooksReport:
    """Return whether transfers sum to zero and are as written, balances add up, and bills and purses hold."""
    faults = [*_transfer_faults(), *_journal_faults(), *_balance_faults(), *_bill_faults(), *_purse_faults()]
    return BooksReport(
        transfers=Transfer.objects.count(), postings=Posting.objects.count(),
        accounts=Account.objects.count(), bills=ContractBill.objects.count(), faults=tuple(faults),
    )  # fmt: skip


def _transfer_faults() -> Iterator[Text]:
    """Yield transfers that do not sum to zero, or whose amounts are not those they were written with."""
    digests = dict(Transfer.objects.values_list("pk", "digest"))
    rows = Posting.objects.order_by("transfer").values_list("transfer", "account__code", "amount_fen")
    for pk, of_one in groupby(rows.iterator(chunk_size=_AT_ONCE), key=itemgetter(0)):
        amounts = [(code, fen) for _, code, fen in of_one]
        if left := sum(fen for _, fen in amounts):
            yield text("Transfer {id} does not sum to zero: {fen} fen are left", id=pk, fen=left)
        if digests.pop(pk, None) != digest_of(amounts):
            yield text("Transfer {id} was changed after it was written", id=pk)
    for pk in digests:
        yield text("Transfer {id} has no postings", id=pk)


def _journal_faults() -> Iterator[Text]:
    """Yield transfers the journal does not know as they are."""
    said = dict(journal.said_of("ledger.transfer", "digest"))
    for pk, digest in Transfer.objects.values_list("pk", "digest").iterator(chunk_size=_AT_ONCE):
        if said.get(pk) != digest:
            yield text("The journal does not know transfer {id} as it is", id=pk)


def _balance_faults() -> Iterator[Text]:
    yield from _charged_faults()
    sums = dict(Posting.objects.values_list("account").annotate(sum=Sum("amount_fen")).values_list(
        "account", "sum"))  # fmt: skip
    for pk, code, balance in Account.objects.values_list("pk", "code", "balance_fen"):
        if balance != sums.get(pk, 0):
            yield text(
                "Account {code} says {balance} fen, its postings sum to {sum}",
                code=code, balance=balance, sum=sums.get(pk, 0),
            )  # fmt: skip
    before = Window(Lag("balance_fen", default=0), partition_by=F("account"), order_by=F("pk").asc())
    broken = Posting.objects.annotate(before=before).exclude(balance_fen=F("before") + F("amount_fen"))
    for posting in broken.select_related("account"):
        yield text("Account {code}: the balance after posting {id} does not follow from the one before",
                   code=posting.account.code, id=posting.pk)  # fmt: skip


def _charged_faults() -> Iterator[Text]:
    charged = Posting.objects.filter(transfer__kind__in=CHARGES).values_list("account")
    sums = dict(charged.annotate(sum=Sum("amount_fen")).values_list("account", "sum"))
    for pk, code, kept in Account.objects.values_list("pk", "code", "charged_fen"):
        if kept != sums.get(pk, 0):
            yield text(
                "Account {code} says that {kept} fen were charged, its postings {sum}",
                code=code,
                kept=kept,
                sum=sums.get(pk, 0),
            )


def _bill_faults() -> Iterator[Text]:
    """Yield buildings whose payers were not charged what their bills say."""
    due: dict[Any, Counter[tuple[Payer, str]]] = {}
    for bill in ContractBill.objects.select_related("building", "project").iterator(chunk_size=100):
        due.setdefault(bill.building, Counter()).update(due_of(bill))
    for building, wanted in due.items():
        charged = charged_fen(building)
        if dict(wanted) != charged:
            yield text(
                "Building {code}: the bill comes to {due} fen, {charged} fen were charged",
                code=building.code,
                due=sum(wanted.values()),
                charged=sum(charged.values()),
            )


def _purse_faults() -> Iterator[Text]:
    kinds = [str(kind) for kind in NEVER_BELOW_ZERO]
    for account in Account.objects.filter(kind__in=kinds, balance_fen__lt=0):
        yield text(
            "Account {code} holds {fen} fen, less than nothing", code=account.code, fen=account.balance_fen
        )
    purses: dict[Any, int] = {}
    for purse, balance in Account.objects.filter(purse__isnull=False).values_list("purse", "balance_fen"):
        purses[purse] = purses.get(purse, 0) + balance
    # Money carried from one year to the next leaves one purse and enters the other.
    if total := sum(purses.values()):
        yield text("All purses together hold {fen} fen that nobody allocated", fen=total)
