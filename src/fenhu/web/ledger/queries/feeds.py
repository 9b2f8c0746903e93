"""Accounts for other systems: a bounded piece after a place, never counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fenhu.money.accounts import AccountKind
from fenhu.web.ledger.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFeed:
    """What one payer of a building was charged and still owes."""

    id: int
    building: str
    flat: str | None
    payer: str
    charged_fen: int
    owed_fen: int


def accounts_after(user: Any, *, after: int, limit: int, building: str) -> list[AccountFeed]:
    """Return payers' accounts ``user`` may see, beginning after one; of one building if it is named."""
    seen = Account.objects.visible_to(user).filter(kind=AccountKind.OWED, pk__gt=after)
    if building:
        seen = seen.filter(building__code=building)
    return [
        AccountFeed(
            id=one.pk, building=one.building.code if one.building else "",
            flat=one.flat.flat_id if one.flat else None, payer=one.payer, charged_fen=one.charged_fen,
            owed_fen=one.balance_fen,
        )
        for one in seen.select_related("building", "flat").order_by("pk")[:limit]
    ]  # fmt: skip
