"""What a payer pays at most of several items together, for each flat (``[[ceiling]]``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fenhu.errors import UnknownItem
from fenhu.money.facts import SharingFacts
from fenhu.money.fen import split_fen
from fenhu.policy import Ceiling
from fenhu.wording import text


@dataclass(frozen=True, slots=True)
class Part:
    """What a payer would pay of an item of a flat, or of the public part where ``flat`` is empty, in fen."""

    item: str
    flat: str
    fen: Fraction


def within(ceiling: Ceiling, parts: Sequence[Part], facts: SharingFacts) -> list[Fraction]:
    """Return what stays of every part, in the order given; what is cut is cut in proportion, to whole fen.

    A flat's own lines come first. What the flats leave below their ceilings is there for the public parts.

    Raises
    ------
    UnknownItem
        If the ceiling counts square metres and a flat's area is not known.
    """
    kept = [part.fen for part in parts]
    inside = [place for place, part in enumerate(parts) if part.item in ceiling.items]
    room = Fraction(0)
    for flat in sorted({*facts.flats, *(parts[place].flat for place in inside)} - {""}):
        most = _most_fen(ceiling, flat, facts)
        own = [place for place in inside if parts[place].flat == flat]
        _cut(kept, own, most)
        room += max(most - sum(kept[place] for place in own), Fraction(0))
    _cut(kept, [place for place in inside if not parts[place].flat], room)
    return kept


def _cut(kept: list[Fraction], places: Iterable[int], most: Fraction) -> None:
    """Bring the parts at ``places`` down to ``most`` together."""
    places = list(places)
    if sum(kept[place] for place in places) > most:
        fens = split_fen(int(most), [kept[place] for place in places])
        for place, fen in zip(places, fens, strict=True):
            kept[place] = Fraction(fen)


def _most_fen(ceiling: Ceiling, flat: str, facts: SharingFacts) -> Fraction:
    if ceiling.yuan_per_flat is not None:
        return Fraction(int(ceiling.yuan_per_flat * 100))
    area_m2 = facts.flats.get(flat)
    if area_m2 is None:
        raise UnknownItem(
            text("The ceiling counts square metres and the area of {flat} is not known; give it", flat=flat)
        )
    return Fraction(int((ceiling.yuan_per_m2 or Decimal(0)) * 100 * area_m2))
