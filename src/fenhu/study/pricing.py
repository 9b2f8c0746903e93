"""Price every building of a register, and split each bill between its payers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fenhu import design, money
from fenhu.policy import Policy
from fenhu.records import BillLine, BuildingRecord, FlatRecord, Register, SharedBill
from fenhu.study.progress import Cancelled, Progress, never, silent
from fenhu.wording import text

EVERY = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A building's bill by unit estimates, and who pays it."""

    bill: tuple[BillLine, ...]
    shared: SharedBill

    @property
    def cost_fen(self) -> int:
        """Return what the whole building costs."""
        return sum(line.cost_fen for line in self.bill)


def price_building(record: BuildingRecord, flats: tuple[FlatRecord, ...], policy: Policy) -> Priced:
    """Return a building's bill and its split; the rules in force on the policy's first day hold."""
    bill = design.estimate_bill(record, flats)
    return Priced(
        bill=bill, shared=money.share_bill(bill, policy, money.sharing_facts(record, flats, policy))
    )


def price_register(
    register: Register, policy: Policy, *, progress: Progress = silent, cancelled: Cancelled = never
) -> Mapping[str, Priced]:
    """Return every building's bill and split, by code; what is priced so far when cancelled."""
    flats = register.flats_by_building()
    priced: dict[str, Priced] = {}
    for done, record in enumerate(register.buildings, start=1):
        if cancelled():
            break
        priced[record.code] = price_building(record, flats[record.code], policy)
        if done % EVERY == 0 or done == len(register.buildings):
            progress(text("Pricing buildings and splitting their bills"), done, len(register.buildings))
    return priced
