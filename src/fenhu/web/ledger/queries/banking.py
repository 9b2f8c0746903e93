"""Statements taken in, and the payments nobody could be found for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from fenhu.web.access.scope import get_visible
from fenhu.web.ledger.models import BankFile, BankLine
from fenhu.wording import Text

_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFileRow:
    """One statement that was taken in."""

    name: str
    office: str
    taken_at: datetime
    lines: int
    matched: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPayment:
    """A payment that waits until somebody says whose it is."""

    id: int
    reference: str
    on_date: date
    amount_fen: int
    payer_name: str
    remark: str
    way: str
    reason: Text | None
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BankDesk:
    """What an office's statements brought."""

    files: tuple[BankFileRow, ...]
    waiting: tuple[WaitingPayment, ...]
    waiting_total: int

    @property
    def waiting_fen(self) -> int:
        """Return the sum of the payments shown that wait."""
        return sum(one.amount_fen for one in self.waiting)


def bank_desk(user: Any) -> BankDesk:
    """Return the statements and the waiting payments ``user`` may see, newest first."""
    counted = BankFile.objects.visible_to(user).annotate(
        count=Count("lines"), found=Count("lines", filter=Q(lines__state__in=("matched", "assigned"))),
        waits=Count("lines", filter=Q(lines__state="unmatched")),
    )  # fmt: skip
    files = counted.select_related("office").order_by("-pk")[:_SHOWN]
    waiting = BankLine.objects.visible_to(user).filter(state="unmatched").order_by("on_date", "pk")
    return BankDesk(
        files=tuple(
            BankFileRow(
                name=one.name, office=one.office.name, taken_at=one.taken_at, lines=one.count,
                matched=one.found, waiting=one.waits,
            )
            for one in files
        ),
        waiting=tuple(_waiting(one) for one in waiting[:_SHOWN]),
        waiting_total=waiting.count(),
    )  # fmt: skip


def bank_line_for(user: Any, line_id: int) -> BankLine:
    """Return the line ``user`` may see."""
    return get_visible(BankLine.objects.select_related("office"), user, pk=line_id)


def _waiting(line: BankLine) -> WaitingPayment:
    return WaitingPayment(
        id=line.pk, reference=line.reference, on_date=line.on_date, amount_fen=line.amount_fen,
        payer_name=line.payer_name, remark=line.remark, way=line.way,
        reason=Text.from_json(line.reason) if line.reason else None, held=line.transfer_id is not None,
    )  # fmt: skip
