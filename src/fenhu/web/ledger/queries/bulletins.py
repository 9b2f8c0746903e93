"""What became of the money within a month or a year, and how the purses stood on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from fenhu.money.accounts import AccountKind, TransferKind
from fenhu.papers.bulletin_values import BulletinMoney, Period, SourceMoney
from fenhu.policy.words import PAYERS
from fenhu.records import Source
from fenhu.web.ledger.models import Account, ContractBill, FundApplication, Posting, Purse, RewardItem

_STAGES = {
    AccountKind.SPENT: "spent_fen", AccountKind.CONTRACTED: "contracted_fen",
    AccountKind.COMMITTED: "committed_fen", AccountKind.FREE: "free_fen",
}  # fmt: skip


def money_news(user: Any, period: Period, as_of: date) -> BulletinMoney:
    """Return the money of the period's year as ``user`` may see it; sums are made by the database."""
    within = (period.first_day, as_of)
    rewards = RewardItem.objects.visible_to(user).filter(proposal__paid_on__range=within)
    released = FundApplication.objects.visible_to(user).filter(released_on__range=within)
    bills = ContractBill.objects.visible_to(user).filter(project__year=period.year, contracted_on__lte=as_of)
    signed = Count("project__flats", filter=Q(project__flats__contract_on__lte=as_of))
    # Whose bill one sees, one sees what it charges: asked by building, not by the scope of all accounts.
    charged = Account.objects.filter(kind=AccountKind.OWED, building__in=bills.values("building"))
    return BulletinMoney(
        sources=tuple(_sources(user, period.year, as_of)),
        rewarded_fen=rewards.aggregate(sum=Sum("payment_fen", default=0))["sum"],
        released_fen=released.aggregate(sum=Sum("granted_fen", default=0))["sum"],
        billed_fen=charged.aggregate(sum=Sum("charged_fen", default=0))["sum"],
        billed_flats=bills.aggregate(flats=signed)["flats"],
    )


def _sources(user: Any, year: int, as_of: date) -> Iterator[SourceMoney]:
    """Yield what each source has; a budget counts from its year's first day, whenever it was entered."""
    counts = Q(transfer__on_date__lte=as_of) | Q(transfer__kind=TransferKind.ALLOCATE)
    purses = Purse.objects.visible_to(user).filter(year=year)
    rows = Posting.objects.filter(counts, account__purse__in=purses, account__kind__in=list(_STAGES))
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_STAGES.values(), 0))
    held = rows.order_by().values_list("account__purse__source", "account__kind").annotate(Sum("amount_fen"))
    for source, kind, fen in held:
        sums[source][_STAGES[AccountKind(kind)]] += fen
    for one in Source:
        if one.value in sums:
            yield SourceMoney(name=PAYERS[one.value], **sums[one.value])
