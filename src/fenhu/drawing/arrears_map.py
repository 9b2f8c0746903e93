"""Where money is outstanding: the dot map of overdue amounts in five classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from fenhu.drawing.dot_map import Dot, DotClass, DotMap
from fenhu.drawing.figures import grouped
from fenhu.drawing.model import Wording
from fenhu.errors import OutOfRange
from fenhu.wording import text

_FILLS = ("#ffffff", "#fbe3b0", "#f5b25f", "#d9742b", "#8c2d04")
_RADII = (3.0, 4.5, 6.0, 7.5, 9.0)
_QUARTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingArrears:
    """What is overdue of one building, and where it stands."""

    label: str
    arrears_fen: int
    href: str = ""
    estate: str = ""
    longitude: float | None = None
    latitude: float | None = None


def arrears_map(buildings: Sequence[BuildingArrears], *, title: Wording, desc: Wording) -> DotMap:
    """Return the buildings by what is overdue: nothing, and four classes bounded by round amounts.

    The bounds are the quarters of the amounts, rounded up to 1, 2 or 5 times a power of ten yuan.

    Raises
    ------
    OutOfRange
        If an amount is negative: what is overpaid is not overdue.
    """
    for building in buildings:
        if building.arrears_fen < 0:
            raise OutOfRange(text("{building} has arrears below 0", building=building.label))
    bounds = _bounds_yuan([one.arrears_fen for one in buildings if one.arrears_fen])
    labels = [text("nothing overdue"), *_labels(bounds)]
    classes = tuple(
        DotClass(label=label, fill=fill, radius=radius)
        for label, fill, radius in zip(labels, _FILLS, _RADII, strict=False)
    )
    dots = tuple(
        Dot(
            label=one.label, dot_class=_class(one.arrears_fen, bounds), href=one.href, estate=one.estate,
            shown=text("{amount} yuan overdue", amount=grouped(one.arrears_fen / 100, 2)),
            longitude=one.longitude, latitude=one.latitude,
        )
        for one in buildings
    )  # fmt: skip
    return DotMap(title=title, desc=desc, classes=classes, dots=dots, value_name=text("Overdue (yuan)"))


def _bounds_yuan(positive_fen: list[int]) -> tuple[int, ...]:
    """Return the upper bounds of all classes with arrears but the highest, in yuan, rising."""
    ordered = sorted(positive_fen)
    quarters = [ordered[len(ordered) * part // _QUARTERS] for part in range(1, _QUARTERS)] if ordered else []
    return tuple(sorted({_round_up(fen) for fen in quarters}))


def _round_up(fen: int) -> int:
    yuan, power = -(-fen // 100), 1
    while True:
        for factor in (1, 2, 5):
            if factor * power >= yuan:
                return factor * power
        power *= 10


def _labels(bounds: tuple[int, ...]) -> list[Wording]:
    if not bounds:
        return []
    named = [grouped(bound) for bound in bounds]
    return [
        text("up to {high} yuan", high=named[0]),
        *(text("over {low} to {high} yuan", low=low, high=high) for low, high in pairwise(named)),
        text("over {low} yuan", low=named[-1]),
    ]


def _class(fen: int, bounds: tuple[int, ...]) -> int:
    if fen == 0:
        return 0
    return 1 + sum(fen > bound * 100 for bound in bounds)
