"""Amounts in the capital numerals of receipts, which nobody can alter with a stroke."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ((10**8, "亿"), (10**4, "万"))


def capital_yuan(fen: int) -> str:
    """Return an amount in capital numerals, as receipts and bills of exchange write it.

    Zeros within the yuan are one 零, a missing jiao before fen is 零, whole yuan end with 整.

    Examples
    --------
    >>> capital_yuan(108_050), capital_yuan(10_000_001), capital_yuan(0)
    ('壹仟零捌拾元伍角', '壹拾万元零壹分', '零元整')
    """
    yuan, rest = divmod(abs(fen), 100)
    jiao, left = divmod(rest, 10)
    words = "负" if fen < 0 else ""
    if yuan or not rest:
        words += (_whole(yuan) or _DIGITS[0]) + "元"
    if not rest:
        return words + "整"
    if jiao:
        words += _DIGITS[jiao] + "角"
    elif yuan:
        words += _DIGITS[0]
    return words + (_DIGITS[left] + "分" if left else "")


def _whole(number: int) -> str:
    for size, unit in _GROUPS:
        if number >= size:
            high, low = divmod(number, size)
            return _whole(high) + unit + _tail(low, size)
    for place in (3, 2, 1):
        size = 10**place
        if number >= size:
            high, low = divmod(number, size)
            return _DIGITS[high] + _PLACES[place] + _tail(low, size)
    return _DIGITS[number] if number else ""


def _tail(low: int, size: int) -> str:
    """Return what follows a unit; a gap before it is one zero."""
    return (_DIGITS[0] if 0 < low < size // 10 else "") + _whole(low)
