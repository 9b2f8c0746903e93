"""The money of one flat as its household reads it: what it pays by which line, when, and what it has paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from fenhu.money.accounts import TRANSFER_NAMES, AccountKind, TransferKind
from fenhu.money.instalments import Instalment, instalments, overdue_fen
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger.bills import lines_of, shares_of
from fenhu.web.ledger.models import Account, ContractBill, Posting
from fenhu.web.ledger.queries.buildings import events_of
from fenhu.web.rules import policy_named
from fenhu.web.works import queries as works
from fenhu.wording import Text

if TYPE_CHECKING:
    from fenhu.web.works.queries import BillGroup


_PAID = (
    TransferKind.PAY, TransferKind.REFUND, TransferKind.MATCH, TransferKind.OPEN, TransferKind.REVERSE,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePayment:
    """One payment, refund or correction on the household's account; what it paid is positive."""

    on_date: date
    kind: Text
    fen: int
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeMoney:
    """What a household pays for its conversion by the bill its contract stands on.

    ``common_fen`` is its part of what the whole building shares; ``parts`` fall due as the policy says.
    """

    lines: tuple[BillGroup, ...]
    own_fen: int
    common_fen: int
    charged_fen: int
    paid_fen: int
    overdue_fen: int
    parts: tuple[Instalment, ...]
    payments: tuple[HomePayment, ...]
    settled: bool

    @property
    def total_fen(self) -> int:
        """Return what the household pays in all."""
        return self.own_fen + self.common_fen

    @property
    def owed_fen(self) -> int:
        """Return what is still to be paid of what was charged."""
        return self.charged_fen - self.paid_fen


def home_money(flat: Any, project: Any) -> HomeMoney | None:
    """Return a flat's money by its contract bill, None while there is none; who asks is the caller's.

    Parameters
    ----------
    project
        The building's living project, None where there is none.
    """
    bill = ContractBill.objects.filter(project=project).first() if project is not None else None
    if bill is None:
        return None
    shares = shares_of(bill)
    lines = tuple(line for line in lines_of(bill) if line.flat == flat.flat_id)
    own_fen = sum(shares.get(line.line, {}).get(Payer.USER, 0) for line in lines)
    total_fen = bill.user_by_flat.get(flat.flat_id, own_fen)
    account = Account.objects.filter(flat=flat, kind=AccountKind.OWED, payer=Payer.USER).first()
    charged = account.charged_fen if account else 0
    paid = charged - account.balance_fen if account else 0
    parts = _parts(flat, project, bill, charged or total_fen)
    return HomeMoney(
        lines=works.bill_groups(lines, shares),
        own_fen=own_fen,
        common_fen=total_fen - own_fen,
        charged_fen=charged,
        paid_fen=paid,
        overdue_fen=overdue_fen(parts, paid, clock.today()) if charged else 0,
        parts=parts,
        payments=_payments(account) if account else (),
        settled=bill.settled_on is not None,
    )


def _parts(flat: Any, project: Any, bill: ContractBill, fen: int) -> tuple[Instalment, ...]:
    work = project.flats.filter(flat=flat).first()
    events = events_of(project, work.contract_on if work else None)
    return instalments(max(fen, 0), Payer.USER, policy_named(bill.policy), events)


def _payments(account: Account) -> tuple[HomePayment, ...]:
    """Return what moved on an account besides what was charged, the newest first."""
    moved = Posting.objects.filter(account=account, transfer__kind__in=_PAID).order_by("-pk")
    return tuple(
        HomePayment(
            on_date=one.transfer.on_date,
            kind=TRANSFER_NAMES[TransferKind(one.transfer.kind)],
            fen=-one.amount_fen,
            receipt=one.transfer.receipt.number if hasattr(one.transfer, "receipt") else "",
        )
        for one in moved.select_related("transfer__receipt")
    )
