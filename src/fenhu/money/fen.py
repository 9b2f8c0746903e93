"""The one rounding: an amount in whole fen is split so that the parts sum to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

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
    whole = _integers(weights)
    if total_fen < 0 or any(weight < 0 for weight in whole):
        raise OutOfRange(text("An amount and its weights must not be negative: {total}", total=total_fen))
    if total_fen == 0:
        return (0,) * len(whole)
    sum_of_weights = sum(whole)
    if sum_of_weights == 0:
        raise OutOfRange(
            text("{total} fen have nobody to be given to; give a weight above 0", total=total_fen)
        )
    divided = [divmod(total_fen * weight, sum_of_weights) for weight in whole]
    parts = [part for part, _ in divided]
    by_remainder = sorted(range(len(parts)), key=lambda index: (-divided[index][1], index))
    for index in by_remainder[: total_fen - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def _integers(weights: Sequence[Weight]) -> list[int]:
    """Return whole numbers in the same proportion as ``weights``."""
    if all(isinstance(weight, int) for weight in weights):
        return [int(weight) for weight in weights]
    exact = [Fraction(weight) for weight in weights]
    scale = lcm(*(weight.denominator for weight in exact))
    return [weight.numerator * (scale // weight.denominator) for weight in exact]
