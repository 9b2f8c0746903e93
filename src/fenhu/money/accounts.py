"""The books' chart of accounts: what each kind of account says, and which may never fall below zero.

Amounts are integer fen, debits positive. What a payer owes is charged to him against the works and leaves him
when money reaches a bank account; a purse's money moves from free to committed, contracted and spent.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from fenhu.records import Payer, Source
from fenhu.wording import Text, text


class AccountKind(StrEnum):
    """What an account says."""

    OWED = "owed"
    WORKS = "works"
    BANK = "bank"
    UNMATCHED = "unmatched"
    OPENING = "opening"
    SOURCE = "source"
    FREE = "free"
    COMMITTED = "committed"
    CONTRACTED = "contracted"
    SPENT = "spent"


class TransferKind(StrEnum):
    """What happened when money moved."""

    ALLOCATE = "allocate"
    CARRY = "carry"
    LAPSE = "lapse"
    COMMIT = "commit"
    CHARGE = "charge"
    SETTLE = "settle"
    CANCEL = "cancel"
    PAY = "pay"
    REFUND = "refund"
    HOLD = "hold"
    MATCH = "match"
    OPEN = "open"
    REVERSE = "reverse"


ACCOUNT_NAMES: Mapping[AccountKind, Text] = {
    AccountKind.OWED: text("Owed"),
    AccountKind.WORKS: text("Works billed"),
    AccountKind.BANK: text("Received"),
    AccountKind.UNMATCHED: text("Received, not assigned yet"),
    AccountKind.OPENING: text("Brought in from older books"),
    AccountKind.SOURCE: text("Allocated"),
    AccountKind.FREE: text("Free"),
    AccountKind.COMMITTED: text("Committed by plans"),
    AccountKind.CONTRACTED: text("Contracted"),
    AccountKind.SPENT: text("Spent"),
}
TRANSFER_NAMES: Mapping[TransferKind, Text] = {
    TransferKind.ALLOCATE: text("Budget entered"),
    TransferKind.CARRY: text("Carried to the next year"),
    TransferKind.LAPSE: text("Budget lapsed"),
    TransferKind.COMMIT: text("Committed by a plan"),
    TransferKind.CHARGE: text("Charged by contract"),
    TransferKind.SETTLE: text("Settled by measured quantities"),
    TransferKind.CANCEL: text("Charge withdrawn"),
    TransferKind.PAY: text("Payment"),
    TransferKind.REFUND: text("Refund"),
    TransferKind.HOLD: text("Received, not assigned yet"),
    TransferKind.MATCH: text("Payment assigned"),
    TransferKind.OPEN: text("Brought in from older books"),
    TransferKind.REVERSE: text("Reversal"),
}
PURSE_STAGES = (AccountKind.FREE, AccountKind.COMMITTED, AccountKind.CONTRACTED, AccountKind.SPENT)
# What can never be less than nothing, whoever asks.
NEVER_BELOW_ZERO = frozenset(PURSE_STAGES)
CHARGES = (TransferKind.CHARGE, TransferKind.SETTLE, TransferKind.CANCEL, TransferKind.OPEN)
# What somebody may have recorded wrongly; everything else follows from bills, plans and budgets.
REVERSIBLE = (TransferKind.PAY, TransferKind.REFUND, TransferKind.HOLD, TransferKind.MATCH)
# The purse a payer pays from; households have none.
PURSE_OF: Mapping[Payer, Source] = {
    Payer.OWNER: Source.OWNER,
    Payer.SUPPLIER: Source.SUPPLIER,
    Payer.REPAIR_FUND: Source.REPAIR_FUND,
    Payer.CITY: Source.CITY,
    Payer.DISTRICT: Source.DISTRICT,
    Payer.UPPER: Source.UPPER,
}
