"""What each household pays of a whole bill, its part of what households pay together included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from fenhu.money.facts import SharingFacts
from fenhu.money.fen import split_fen
from fenhu.records import BillLine, Payer, SharedBill


def user_shares_by_flat(shared: SharedBill, lines: Sequence[BillLine], facts: SharingFacts) -> dict[str, int]:
    """Return what every flat's household pays, in fen; their sum is what users pay of the bill.

    Lines of a flat are its household's. What users pay of public lines is divided between all flats in
    proportion to their areas, or evenly where one is not known, by largest remainder.
    """
    flat_of = {line.line: line.flat for line in lines}
    own: Counter[str] = Counter(dict.fromkeys(facts.flats, 0))
    together = 0
    for line in shared.lines:
        fen = line.shares.get(Payer.USER, 0)
        if flat_of[line.line]:
            own[flat_of[line.line]] += fen
        else:
            together += fen
    flats = sorted(facts.flats)
    areas = [facts.flats[flat] for flat in flats]
    known = [area for area in areas if area is not None]
    weights = known if len(known) == len(flats) else [Decimal(1)] * len(flats)
    for flat, fen in zip(flats, split_fen(together, weights), strict=True):
        own[flat] += fen
    return dict(own)
