"""The one rounding: an amount in whole fen is split so that the parts sum to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from fenhu.errors import OutOfRange
from fenhu.wording import text

Weight = int | Decimal | Fraction


def split_fen(total_fen: int, weights: Sequence[Weight]) -> tuple[int, ...]:
    """Return ``total_fen`` split in proportion to ``weights``, by largest remainder.

    Every part is its exact share rounded down or up; the fen left over go to the largest fractions,
    the earlier one first where two are equal.

    Parameters
    ----------
    total_fen
        The amount, at least 0.
    weights
        Not negative; at least one above 0, unless the amount is 0.

    Raises
    ------
    OutOfRange
        If the amount or a weight is negative, or there is money but no weight to give it to.

    Examples
    --------
    >>> split_fen(100, [1, 1, 1])
    (34, 33, 33)
    >>> split_fen(5, [Decimal("0.7"), Decimal("0.3")])
    (4, 1)
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if total_fen < 0 or any(weight < 0 for weight in exact):
        raise OutOfRange(text("An amount and its weights must not be negative: {total}", total=total_fen))
    if total_fen == 0:
        return (0,) * len(exact)
    if whole == 0:
        raise OutOfRange(text("{total} fen have nobody to be given to; give a weight above 0", total=total_fen))
    shares = [total_fen * weight / whole for weight in exact]
    parts = [share.numerator // share.denominator for share in shares]
    by_fraction = sorted(range(len(parts)), key=lambda index: (parts[index] - shares[index], index))
    for index in by_fraction[: total_fen - sum(parts)]:
        parts[index] += 1
    return tuple(parts)
