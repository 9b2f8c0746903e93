"""The one rounding: parts sum exactly and lie within a fen of their share."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.errors import OutOfRange
from fenhu.money import split_fen

weights = st.lists(
    st.one_of(st.integers(0, 10**9), st.decimals(0, 10**6, places=4), st.fractions(0, 10**4)),
    min_size=1,
    max_size=12,
).filter(any)


def test_one_hundred_fen_in_three_equal_parts():
    # 33.33 each; the fen left over goes to the first of equal remainders
    assert split_fen(100, [1, 1, 1]) == (34, 33, 33)


def test_the_largest_remainder_gets_the_fen():
    # 10 × 0.15 = 1.5, 10 × 0.26 = 2.6, 10 × 0.59 = 5.9: two fen left, to 0.9 and 0.6
    assert split_fen(10, [Decimal("0.15"), Decimal("0.26"), Decimal("0.59")]) == (1, 3, 6)


def test_nothing_is_split_into_nothing():
    assert split_fen(0, [0, 0]) == (0, 0)


@given(st.integers(0, 10**13), weights)
def test_parts_sum_exactly_and_lie_within_a_fen_of_their_share(total, parts):
    split = split_fen(total, parts)
    assert sum(split) == total
    whole = sum(Fraction(part) for part in parts)
    for fen, part in zip(split, parts, strict=True):
        assert abs(fen - total * Fraction(part) / whole) < 1


@given(st.integers(0, 10**9), weights)
def test_no_weight_means_no_fen(total, parts):
    assert all(fen == 0 for fen, part in zip(split_fen(total, parts), parts, strict=True) if part == 0)


@pytest.mark.parametrize(("total", "parts"), [(-1, [1]), (1, [-1, 2]), (1, [0, 0]), (1, [])])
def test_it_refuses_what_cannot_be_split(total, parts):
    with pytest.raises(OutOfRange):
        split_fen(total, parts)
