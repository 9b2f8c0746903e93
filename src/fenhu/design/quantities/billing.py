"""From what a design takes to a bill: pieces of one article in one place make one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from fenhu.design.prices import Price, PriceBook
from fenhu.design.quantities.counting import (
    bought,
    by_place,
    fittings_are_priced,
    keeps_old_pipes,
    pieces_of,
)
from fenhu.design.quantities.values import INLET, MAINS, WHOLE, Bill, Piece, QuantityLine
from fenhu.design.values import Design
from fenhu.records import BillLine
from fenhu.units import fen_from_yuan, yuan_from_fen
from fenhu.wording import Text, text

_MEASURED, _HUNDREDTH = ("m", "m²"), Decimal("0.01")
_ITEMS: Mapping[tuple[str, bool], str] = {
    ("material", True): "indoor_material",
    ("labour", True): "indoor_labour",
    ("material", False): "common_material",
    ("labour", False): "common_labour",
}
_FITTINGS, _PIPE = "fittings", "pipe."


def bill_of_quantities(design: Design, prices: PriceBook) -> Bill:
    """Return the bill of a design, counted from its geometry alone.

    Parameters
    ----------
    design
        The design; pipes of an old system that stay are left out (``tables/quantities.toml``).
    prices
        The price book; fittings it has no price for are a percentage of the pipes they belong to.

    Returns
    -------
    Bill
        The lines of each flat in the design's order, then inlet, mains and risers, then the charges in
        percent of the works. Lines are named ``code/flat``, ``code@part`` or ``code``. Each costs quantity
        times price, rounded to the fen.

    Raises
    ------
    UnknownItem
        If the book has no price for something the design takes, naming it.

    References
    ----------
    ``tables/quantities.toml``, ``tables/prices.toml``; ``docs/sources.md`` (facts E).
    """
    collected = _lines(pieces_of(design, prices))
    lines = [*collected, *_fitting_percents(design, prices, collected)]
    lines.sort(key=_order(design, prices))
    notes: tuple[Text, ...] = ()
    if keeps_old_pipes(design):
        notes = (text("Mains and risers of the old system stay; they are neither bought nor removed."),)
    return Bill(
        building=design.building.code, form=design.form, lines=(*lines, *_charges(lines, prices)),
        year=prices.year, city=prices.city, digest=prices.digest,
        flats_m2={flat.id: flat.area_m2 for flat in design.flats}, notes=notes,
    )  # fmt: skip


def _lines(pieces: Iterable[Piece]) -> list[QuantityLine]:
    """Return one line for all pieces of an article in a place."""
    together: dict[tuple[str, str, str], list[Piece]] = {}
    for piece in pieces:
        together.setdefault((piece.price.code, piece.flat, piece.part), []).append(piece)
    lines = []
    for same in together.values():
        first = same[0]
        quantity = _rounded(sum((piece.quantity for piece in same), Decimal(0)), first.price.unit)
        if quantity:
            counted = tuple(dict.fromkeys(name for piece in same for name in piece.counted))
            lines.append(
                _line(first.price, quantity, first.price.yuan, first.flat, first.part, counted, first.rule)
            )
    return lines


def _fitting_percents(
    design: Design, book: PriceBook, lines: Sequence[QuantityLine]
) -> Iterator[QuantityLine]:
    """Yield a percentage on the pipes of every flat and part whose fittings the book does not price."""
    rule = text("percent of the pipes above: the price book has no prices for single fittings")
    for (flat, part), segments in by_place(bought(design)).items():
        if not fittings_are_priced(segments, book):
            pipes = [
                one
                for one in lines
                if (one.line.flat, one.part) == (flat, part) and one.code.startswith(_PIPE)
            ]
            yield _percent(book.price(_FITTINGS), pipes, flat, part, rule)


def _charges(lines: Sequence[QuantityLine], book: PriceBook) -> Iterator[QuantityLine]:
    for price in book.prices.values():
        if price.kind == "charge":
            yield _percent(price, lines, "", WHOLE, text("percent of all works above"), opens=False)


def _percent(
    price: Price, lines: Sequence[QuantityLine], flat: str, part: str, rule: Text, *, opens: bool = True
) -> QuantityLine:
    """Return a line in percent of others: what they cost as the price, the share as the quantity."""
    base_yuan = yuan_from_fen(sum(one.line.cost_fen for one in lines))
    counted = tuple(name for one in lines for name in one.counted) if opens else ()
    return _line(price, price.yuan / 100, base_yuan, flat, part, counted, rule)


def _line(
    price: Price, quantity: Decimal, price_yuan: Decimal, flat: str, part: str, counted: tuple[str, ...],
    rule: Text,
) -> QuantityLine:  # fmt: skip
    name = f"{price.code}/{flat}" if flat else price.code if part == WHOLE else f"{price.code}@{part}"
    return QuantityLine(
        line=BillLine(
            line=name, item=_ITEMS.get((price.kind, bool(flat)), price.code), flat=flat, quantity=quantity,
            unit=price.unit, unit_price_yuan=price_yuan, cost_fen=fen_from_yuan(quantity * price_yuan),
        ),
        price=price, part=part, counted=counted, rule=rule,
    )  # fmt: skip


def _rounded(quantity: Decimal, unit: str) -> Decimal:
    step = _HUNDREDTH if unit in _MEASURED else Decimal(1)
    return quantity.quantize(step, rounding=ROUND_HALF_UP)


def _order(design: Design, book: PriceBook) -> Callable[[QuantityLine], tuple[int, int, int]]:
    """Return what lines are sorted by: flats, inlet, mains, risers as designed; articles as in the book."""
    flats = {flat.id: n for n, flat in enumerate(design.flats)}
    parts = {name: n for n, name in enumerate((INLET, MAINS, *(riser.id for riser in design.risers)))}
    articles = {code: n for n, code in enumerate(book.prices)}

    def place(one: QuantityLine) -> tuple[int, int, int]:
        flat = flats[one.line.flat] if one.line.flat else len(flats)
        return flat, parts.get(one.part, 0), articles[one.code]

    return place
