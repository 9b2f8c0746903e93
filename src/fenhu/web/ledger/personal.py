"""What the books hold of a flat's people: they are kept as the law has it, remarks of banks are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from fenhu.web.holding import Holding, Lapse, Row, Writing, hold, lapse, write
from fenhu.web.ledger.models import BankLine, FundApplication, Posting, Receipt, RewardProposal, Transfer
from fenhu.wording import text


def begin() -> None:
    """Name what the books hold, and what of it lapses."""
    hold(
        Holding(
            key="payments", name=text("Charges and payments in the books"), rows=_postings, rule="accounts",
            kept=lambda flat: Posting.objects.filter(account__flat=flat.pk).count(),
        ),
        Holding(
            key="receipts", name=text("Receipts"), rows=_receipts, rule="accounts",
            kept=lambda flat: Receipt.objects.filter(account__flat=flat.pk).count(),
        ),
        Holding(
            key="bank", name=text("Payers and remarks in bank statements"), rows=_lines, erase=_erase_lines
        ),
    )  # fmt: skip
    lapse(Lapse(
        rule="statements", name=text("Payers and remarks in bank statements"), due=_lines_due, forget=_empty
    ))  # fmt: skip

    write(
        Writing(
            key="transfers", name=text("Books of the building: notes of transfers"), model=Transfer,
            columns=("note", "reference"), place=("building__code", "on_date"), seen=_at_the_building,
        ),
        Writing(
            key="funds", name=text("Applications to the repair fund: notes"), model=FundApplication,
            columns=("note",), place=("building__code", "opened_on"),
        ),
        Writing(
            key="rewards", name=text("Reward proposals: notes"), model=RewardProposal, columns=("note",),
            place=("district", "drafted_on"),
        ),
    )  # fmt: skip


def _at_the_building(model: Any, user: Any, flat: Any) -> Any:
    """Return the transfers of the flat's building: who answers for its people reads its books."""
    return model.objects.filter(building=flat.building_id)


def _postings(flat: Any) -> Iterator[Row]:
    rows = Posting.objects.filter(account__flat=flat.pk).select_related("transfer").order_by("pk")
    for one in rows:
        yield {
            "on_date": one.transfer.on_date, "kind": one.transfer.kind, "amount_fen": one.amount_fen,
            "balance_fen": one.balance_fen, "reference": one.transfer.reference, "note": one.transfer.note,
        }  # fmt: skip


def _receipts(flat: Any) -> Iterator[Row]:
    for one in Receipt.objects.filter(account__flat=flat.pk).order_by("pk"):
        yield {"number": one.number, "on_date": one.on_date, "amount_fen": one.amount_fen, "way": one.way}


def _of(flat: Any) -> Any:
    paid = Posting.objects.filter(account__flat=flat.pk).values("transfer")
    return BankLine.objects.filter(transfer__in=paid)


def _lines(flat: Any) -> Iterator[Row]:
    for one in _of(flat).order_by("pk"):
        yield {
            "on_date": one.on_date, "reference": one.reference, "amount_fen": one.amount_fen,
            "payer_name": one.payer_name, "remark": one.remark,
        }  # fmt: skip


def _erase_lines(flat: Any) -> int:
    return _empty(_of(flat).exclude(payer_name="", remark=""))


def _lines_due(day: date) -> Any:
    return BankLine.objects.filter(on_date__lt=day).exclude(payer_name="", remark="")


def _empty(rows: Any) -> int:
    keys = list(rows.values_list("pk", flat=True))
    return BankLine.objects.filter(pk__in=keys).update(payer_name="", remark="", reason=None)
