"""Price every building of a register, and split each bill between its payers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fenhu import building, design, money, stock
from fenhu.design.prices import PriceBook, price_book
from fenhu.engines import PROCESSES, Engine
from fenhu.errors import FenhuError
from fenhu.policy import Policy
from fenhu.records import BillLine, BuildingRecord, FlatRecord, Register, SharedBill
from fenhu.study.diagnosing import outdoor_design_c
from fenhu.study.progress import Cancelled, Progress, never, silent
from fenhu.wording import CHINESE, Text, text

Cost = Literal["estimate", "design"]
COSTS: tuple[Cost, ...] = ("estimate", "design")
EVERY = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A building's bill, and who pays it; ``not_designed`` says why a design was asked for and not found."""

    bill: tuple[BillLine, ...]
    shared: SharedBill
    not_designed: Text | None = None

    @property
    def cost_fen(self) -> int:
        """Return what the whole building costs."""
        return sum(line.cost_fen for line in self.bill)


def price_building(record: BuildingRecord, flats: tuple[FlatRecord, ...], policy: Policy) -> Priced:
    """Return a building's bill by unit estimates and its split by the rules of the policy's first day."""
    return _shared(design.estimate_bill(record, flats), record, flats, policy)


def price_register(
    register: Register,
    policy: Policy,
    *,
    designed: Mapping[str, stock.DesignedBill] | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Mapping[str, Priced]:
    """Return every building's bill and split, by code; what is priced so far when cancelled.

    A building is priced by its bill in ``designed``, by unit estimates where it has none there.
    """
    flats, designed = register.flats_by_building(), designed or {}
    priced: dict[str, Priced] = {}
    for done, record in enumerate(register.buildings, start=1):
        if cancelled():
            break
        own, bill = flats[record.code], designed.get(record.code)
        priced[record.code] = (
            price_building(record, own, policy) if bill is None else _by_design(bill, record, own, policy)
        )
        if done % EVERY == 0 or done == len(register.buildings):
            progress(text("Pricing buildings and splitting their bills"), done, len(register.buildings))
    return priced


def design_register(
    register: Register,
    policy: Policy,
    book: PriceBook,
    *,
    folder: Path | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
    engine: Engine = PROCESSES,
) -> Mapping[str, stock.DesignedBill]:
    """Return every building's bill by a design of its own; one that cannot be designed says why.

    ``folder`` keeps the bills for the next time. Raises ``fenhu.engines.Cancelled`` when cancelled.
    """
    flats, outdoor_c = register.flats_by_building(), outdoor_design_c(policy)
    found: dict[str, stock.DesignedBill] = {}
    houses: list[building.Building] = []
    for record in register.buildings:
        listed = money.flats_or_average(record, flats[record.code])
        try:
            houses.append(building.from_record(record, listed, outdoor_c))
        except FenhuError as fault:
            found[record.code] = stock.DesignedBill(code=record.code, lines=(), fault=fault.message)

    def report(done: int, total: int) -> None:
        progress(text("Designing buildings"), done, total)

    bills = stock.bill_stock(houses, book, folder=folder, engine=engine, progress=report, cancelled=cancelled)
    return found | {one.code: one for one in bills}


def book_of(policy: Policy) -> PriceBook:
    """Return the price book of a policy's city and its first year."""
    return price_book(policy.programme.first_year, policy.city.name.in_language(CHINESE))


def _by_design(
    bill: stock.DesignedBill, record: BuildingRecord, flats: tuple[FlatRecord, ...], policy: Policy
) -> Priced:
    """Return a building's price by its design, by unit estimates where there is none."""
    lines = bill.lines if bill.fault is None else design.estimate_bill(record, flats)
    return _shared(lines, record, flats, policy, bill.fault)


def _shared(
    lines: Sequence[BillLine],
    record: BuildingRecord,
    flats: tuple[FlatRecord, ...],
    policy: Policy,
    not_designed: Text | None = None,
) -> Priced:
    shared = money.share_bill(lines, policy, money.sharing_facts(record, flats, policy))
    return Priced(bill=tuple(lines), shared=shared, not_designed=not_designed)
