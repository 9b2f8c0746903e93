"""A contract bill read back: its lines as contracted and as built, and who pays each."""

from __future__ import annotations

from decimal import Decimal

from fenhu import money
from fenhu.records import BillLine, Payer
from fenhu.web.ledger.models import ContractBill


def contract_lines(bill: ContractBill) -> tuple[BillLine, ...]:
    """Return a bill's lines as contracted."""
    return money.bill_from(bill.lines)


def lines_of(bill: ContractBill) -> tuple[BillLine, ...]:
    """Return a bill's lines as they are owed: as built once measured, else as contracted."""
    lines = contract_lines(bill)
    measured = {line: Decimal(quantity) for line, quantity in (bill.measured or {}).items()}
    return money.measured_bill(lines, measured) if measured else lines


def shares_of(bill: ContractBill) -> dict[str, dict[Payer, int]]:
    """Return who pays each line of a bill."""
    return {
        line: {Payer(payer): fen for payer, fen in shares.items()}
        for line, shares in bill.line_shares.items()
    }
