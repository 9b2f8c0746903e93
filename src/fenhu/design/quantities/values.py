"""What a bill of quantities is: lines that open to what they count and to the price they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from fenhu.design.prices import Price
from fenhu.records import BillLine, SystemForm
from fenhu.wording import Text, text

INLET, MAINS, WHOLE = "inlet", "mains", "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """So much of one article in one place; ``counted`` are the ids in the design, ``rule`` says how."""

    price: Price
    quantity: Decimal
    flat: str
    part: str
    counted: tuple[str, ...]
    rule: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityLine:
    """A bill line with its price and with what it counts.

    ``part`` is the public part (``inlet``, ``mains``, a riser's id, ``whole`` for charges), empty in a flat.
    """

    line: BillLine
    price: Price
    part: str
    counted: tuple[str, ...]
    rule: Text

    @property
    def code(self) -> str:
        """Return the article's code in the price book."""
        return self.price.code

    @property
    def name(self) -> Text:
        """Return the article in words."""
        return self.price.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """A building's bill of quantities, flats first, then the public parts, then the charges.

    ``year``, ``city`` and ``digest`` name the price book; ``flats_m2`` are the flats with their areas.
    """

    building: str
    form: SystemForm
    lines: tuple[QuantityLine, ...]
    year: int
    city: str
    digest: str
    flats_m2: Mapping[str, float]
    notes: tuple[Text, ...] = field(default=())

    @property
    def bill_lines(self) -> tuple[BillLine, ...]:
        """Return the lines as the cost shares take them."""
        return tuple(one.line for one in self.lines)

    @property
    def cost_fen(self) -> int:
        """Return what everything costs."""
        return sum(one.line.cost_fen for one in self.lines)

    @property
    def labels(self) -> tuple[Text, ...]:
        """Return the warnings of the prices used, each once."""
        return tuple(
            {str(one.price.label): one.price.label for one in self.lines if one.price.label.pattern}.values()
        )


def part_name(part: str) -> Text:
    """Return a public part of the building in words."""
    known = {
        INLET: text("Heat inlet of the building"),
        MAINS: text("Mains inside the building"),
        WHOLE: text("Charges on the whole works"),
    }
    return known.get(part) or text("Riser {riser}", riser=part)
