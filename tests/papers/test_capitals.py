"""Capital numerals of receipts; expected values by the rules for zeros and endings of bills of exchange."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.papers.capitals import capital_yuan

DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角"),
        (105, "壹元零伍分"),
        (1_00, "壹元整"),
        (10_00, "壹拾元整"),
        (101_00, "壹佰零壹元整"),
        (110_00, "壹佰壹拾元整"),
        (1_001_00, "壹仟零壹元整"),
        (1_080_50, "壹仟零捌拾元伍角"),
        (1_409_50, "壹仟肆佰零玖元伍角"),
        (6_007_14, "陆仟零柒元壹角肆分"),
        (16_409_02, "壹万陆仟肆佰零玖元零贰分"),
        (100_000_01, "壹拾万元零壹分"),
        (107_000_53, "壹拾万柒仟元伍角叁分"),
        (10_000_001_00, "壹仟万零壹元整"),
        (100_000_000_00, "壹亿元整"),
        (100_010_000_00, "壹亿零壹万元整"),
        (2_000_300_040_005_00, "贰万零叁亿零肆万零伍元整"),
        (-12_30, "负壹拾贰元叁角"),
    ],
)
def test_amounts_are_written_as_on_bills(fen, words):
    assert capital_yuan(fen) == words


def read_back(words):
    """Return the fen a reader understands, by the places of the units alone."""
    yuan, _, small = words.partition("元") if "元" in words else ("", "", words)
    fen = 0
    for unit, worth in (("角", 10), ("分", 1)):
        if unit in small:
            fen += DIGITS[small[small.index(unit) - 1]] * worth
    return number(yuan) * 100 + fen


def number(words):
    for unit, worth in (("亿", 10**8), ("万", 10**4)):
        if unit in words:
            high, _, low = words.rpartition(unit)
            return number(high) * worth + number(low)
    total, digit = 0, 0
    for letter in words:
        if letter in UNITS:
            total, digit = total + digit * UNITS[letter], 0
        else:
            digit = DIGITS[letter]
    return total + digit


@given(fen=st.integers(0, 10**14))
def test_what_is_written_is_read_as_the_same_amount(fen):
    words = capital_yuan(fen)
    assert read_back(words) == fen
    assert "零零" not in words
