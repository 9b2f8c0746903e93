"""Finding receipts by number."""

from __future__ import annotations

from typing import Any

from fenhu.units import yuan_from_fen
from fenhu.web.hits import Asked, Hit
from fenhu.web.ledger.models import Receipt
from fenhu.wording import text

LEAST_OF_A_NUMBER = 4


def find_receipts(user: Any, asked: Asked, most: int) -> tuple[Hit, ...]:
    """Return the receipts ``user`` may see whose number begins as typed."""
    number = asked.number(LEAST_OF_A_NUMBER).upper()
    if not number:
        return ()
    found = Receipt.objects.visible_to(user).filter(number__begins=number).order_by("number")[:most]
    return tuple(
        Hit(title=one.number, page="receipt", keys=(one.number,), exact=one.number == number,
            place=text("{day}, {yuan} yuan", day=f"{one.on_date:%Y-%m-%d}",
                       yuan=f"{yuan_from_fen(one.amount_fen):,.2f}"))
        for one in found
    )  # fmt: skip
