"""The bill of a conversion by unit estimates, before anybody has designed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Literal

from fenhu import tables
from fenhu.money import flats_or_average
from fenhu.records import BillLine, BuildingRecord, FlatRecord
from fenhu.units import fen_from_yuan, yuan_from_fen
from fenhu.wording import Text, bilingual

_INDOOR = "indoor_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One row of ``tables/unit_estimates.toml``: how much of what, at which price, and who says so."""

    code: str
    item: str
    per: Literal["m2", "flat", "building", "percent"]
    quantity: Decimal
    unit: str
    unit_price_yuan: Decimal
    name: Text
    source: str
    trust: str


@cache
def estimates() -> tuple[Estimate, ...]:
    """Return the unit estimates in the order of a bill."""
    return tuple(
        Estimate(
            code=row["code"],
            item=row["item"],
            per=row["per"],
            quantity=Decimal(row["quantity"]),
            unit=row["unit"],
            unit_price_yuan=Decimal(row.get("unit_price_yuan", 0)),
            name=bilingual(row["name"], row["name_en"]),
            source=row["source"],
            trust=row["trust"],
        )
        for row in tables.load("unit_estimates")["estimate"]
    )


def price_label() -> Text:
    """Return what the prices are worth, to be printed beside every estimated sum."""
    table = tables.load("unit_estimates")
    return bilingual(table["label"], table["label_en"])


def set_up_fen() -> int:
    """Return what setting up works inside a building costs in every year it is worked in, in fen."""
    return fen_from_yuan(Decimal(tables.load("unit_estimates")["set_up"]["yuan"]))


def estimate_bill(
    record: BuildingRecord, flats: Sequence[FlatRecord], prices: Sequence[Estimate] | None = None
) -> tuple[BillLine, ...]:
    """Return the bill of a building's conversion by unit estimates.

    Parameters
    ----------
    record, flats
        The building and its flats; where none is listed, average flats stand in.
    prices
        Other unit estimates than the table's.

    Returns
    -------
    tuple of BillLine
        Indoor lines for each flat, then the lines of the public part; mains are not included. Lines are named
        ``code`` or ``code/flat``.

    References
    ----------
    ``tables/unit_estimates.toml``; ``docs/sources.md`` (facts E).
    """
    rows = estimates() if prices is None else prices
    listed = flats_or_average(record, flats)
    lines = [line for flat in listed for line in _indoor_lines(flat, rows)]
    area_m2 = sum((Decimal(str(flat.area_m2)) for flat in listed), Decimal(0))
    counted = {"m2": area_m2, "flat": Decimal(len(listed)), "building": Decimal(1)}
    lines += [_line(row, "", counted[row.per]) for row in rows if row.per in counted and not _indoor(row)]
    works_yuan = yuan_from_fen(sum(line.cost_fen for line in lines))
    lines += [_percent_line(row, works_yuan) for row in rows if row.per == "percent"]
    return tuple(lines)


def _indoor(row: Estimate) -> bool:
    return row.item.startswith(_INDOOR)


def _indoor_lines(flat: FlatRecord, rows: Sequence[Estimate]) -> Iterator[BillLine]:
    counted = {"m2": Decimal(str(flat.area_m2)), "flat": Decimal(1)}
    for row in rows:
        if _indoor(row):
            yield _line(row, flat.flat_id, counted[row.per])


def _line(row: Estimate, flat: str, count: Decimal) -> BillLine:
    quantity = (row.quantity * count).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return BillLine(
        line=f"{row.code}/{flat}" if flat else row.code,
        item=row.item,
        flat=flat,
        quantity=quantity,
        unit=row.unit,
        unit_price_yuan=row.unit_price_yuan,
        cost_fen=fen_from_yuan(quantity * row.unit_price_yuan),
    )


def _percent_line(row: Estimate, works_yuan: Decimal) -> BillLine:
    """Return a charge in percent of the works: the works as the price, the share as the quantity."""
    share = row.quantity / 100
    return BillLine(
        line=row.code,
        item=row.item,
        flat="",
        quantity=share,
        unit=row.unit,
        unit_price_yuan=works_yuan,
        cost_fen=fen_from_yuan(share * works_yuan),
    )
