"""Payments, bills and heat bills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fenhu.money.accounts import TRANSFER_NAMES
from fenhu.wording import Text, text

DUE_AFTER: Mapping[str, Text] = {
    "contract": text("after the contract"),
    "start": text("after the start of the works"),
    "acceptance": text("after the acceptance"),
}
UNITS: Mapping[str, Text] = {"套": text("sets")}
EVENTS: Mapping[str, Text] = {
    "ledger.bill": text("Bill drawn up"),
    "ledger.settled": text("Bill settled by what was built"),
    "ledger.closed": text("Books closed"),
    "fund.opened": text("Repair fund: owners asked to vote"),
    "fund.votes": text("Repair fund: votes recorded"),
    "fund.granted": text("Repair fund: amount granted"),
    "ledger.opened": text("Balances of older books brought in"),
    "ledger.bank_file": text("Statement taken in"),
    "prices.entered": text("Prices entered"),
    "metering.installed": text("Heat meter installed"),
    "metering.exchanged": text("Heat meter exchanged"),
    "metering.temperatures": text("Temperatures taken in"),
    "metering.readings": text("Meter readings taken in"),
    "metering.corrected": text("Meter reading corrected"),
    "metering.cold": text("Low room temperature recorded"),
    "metering.bills": text("Heat bills issued"),
    "reward.drafted": text("Reward allocation drafted"),
    "reward.reworked": text("Reward allocation worked out again"),
    **{f"ledger.{kind}": name for kind, name in TRANSFER_NAMES.items()},
}


def bill_marks(bill: Any) -> list[Text]:
    """Return what is to be known of a heat bill besides its sum."""
    marks = (
        (bill.two_part_fen is None, text("by area")),
        (bill.estimated, text("partly estimated")),
        (bill.limited, text("limited")),
    )
    return [mark for holds, mark in marks if holds]
