"""One cell to one value: tolerant of how people type, strict about what it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import TypeAlias

from fenhu.register.columns import Column, Kind
from fenhu.register.faults import CellFault
from fenhu.register.words import NO_WORDS, YES_WORDS, plain, reading_of
from fenhu.units import fen_from_yuan
from fenhu.wording import text
from fenhu.worksheets.raw import Cell

Value: TypeAlias = str | float | int | bool | StrEnum

LONGEST_TEXT = 500
SHOWN = 40
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
LINE_BREAKS = re.compile(r"[ \t]*[\r\n\t]+[ \t]*")
NEVER_IN_TEXT = ("Cc", "Cs")
BLANKS = " \t\r\n\v\f\u00a0\u3000\ufeff"


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing but blanks."""
    return cell is None or (isinstance(cell, str) and not cell.strip(BLANKS))


def shown(cell: object) -> str:
    """Return a cell as a message quotes it, shortened."""
    quoted = text_of_number(cell) if isinstance(cell, float) else str(cell).strip(BLANKS)
    return quoted if len(quoted) <= SHOWN else quoted[: SHOWN - 1] + "…"


def text_of_number(number: float) -> str:
    """Return a number as the text a clerk typed: 101.0 is room 101."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def read_text(cell: Cell, column: Column) -> str:
    """Return a cell as text on one line.

    Raises
    ------
    CellFault
        If a spreadsheet turned the text into a date, or it is too long or holds control characters.
    """
    if isinstance(cell, str):
        return cell if cell.isalnum() and len(cell) <= LONGEST_TEXT else _checked_text(cell.strip(BLANKS))
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return text_of_number(float(cell))
    raise CellFault(
        text(
            "{value} is a date; text was expected. A spreadsheet turns 1-2 into a date: format the column "
            "as text and type it again",
            value=shown(cell),
        ),
        code="date-for-text",
    )


def _checked_text(words: str) -> str:
    if len(words) > LONGEST_TEXT:
        raise CellFault(
            text(
                "The text has {length} characters; at most {limit} are accepted. Shorten it",
                length=len(words),
                limit=LONGEST_TEXT,
            ),
            code="too-long",
        )
    words = words if words.isprintable() else LINE_BREAKS.sub(" ", words)
    if any(unicodedata.category(letter) in NEVER_IN_TEXT or letter in "\ufffe\uffff" for letter in words):
        raise CellFault(
            text(
                "{value} holds an invisible control character; type it again",
                value=shown(words.encode("unicode_escape").decode()),
            ),
            code="control-character",
        )
    return words


def _number_of(cell: Cell, column: Column, *, percent_sign: bool = False) -> tuple[Decimal, bool]:
    """Return a cell as an exact number, and whether it carried a percent sign."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise _no_number(cell, column)
    if not isinstance(cell, str):
        return _finite(Decimal(repr(cell)), cell, column), False
    typed = unicodedata.normalize("NFKC", cell).strip(BLANKS).replace(" ", "")
    has_sign = percent_sign and typed.endswith("%")
    typed = typed.removesuffix("%") if has_sign else typed
    if "," in typed and GROUPED.fullmatch(typed):
        typed = typed.replace(",", "")
    try:
        return _finite(Decimal(typed), cell, column), has_sign
    except InvalidOperation:
        raise _no_number(cell, column) from None


def _finite(number: Decimal, cell: Cell, column: Column) -> Decimal:
    if not number.is_finite() or abs(number) > Decimal("1e18"):
        raise _no_number(cell, column)
    return number


def _no_number(cell: Cell, column: Column) -> CellFault:
    return CellFault(
        text(
            "{value} is not a number; a bare number such as {example} was expected, without unit or words",
            value=shown(cell),
            example=column.example,
        ),
        code="not-a-number",
    )


def in_range(number: Decimal | float, cell: Cell, column: Column) -> None:
    """Refuse a number outside what the column allows.

    Raises
    ------
    CellFault
        If it is below ``low`` or above ``high``.
    """
    if (column.low is None or number >= column.low) and (column.high is None or number <= column.high):
        return
    limits = {"low": _limit(column.low), "high": _limit(column.high), "unit": column.unit}
    if column.required:
        message = text(
            "{value} is outside what is possible here, {low} to {high} {unit}; correct it",
            value=shown(cell),
            **limits,
        )
    else:
        message = text(
            "{value} is outside what is possible here, {low} to {high} {unit}; correct it or leave it "
            "blank if unknown",
            value=shown(cell),
            **limits,
        )
    raise CellFault(message, code="out-of-range")


def _limit(limit: float | None) -> str:
    return "…" if limit is None else f"{limit:.15g}"


def read_integer(cell: Cell, column: Column) -> int:
    """Return a cell as a whole number within the column's range.

    Raises
    ------
    CellFault
        If it is no number, not whole or out of range.
    """
    number, _ = _number_of(cell, column)
    in_range(number, cell, column)
    if number != number.to_integral_value():
        raise CellFault(
            text(
                "{value} is not a whole number; {name} counts in whole steps",
                value=shown(cell),
                name=column.chinese,
            ),
            code="not-whole",
        )
    return int(number)


def read_number(cell: Cell, column: Column) -> float:
    """Return a cell as a number within the column's range.

    Raises
    ------
    CellFault
        If it is no number or out of range.
    """
    number, _ = _number_of(cell, column)
    in_range(number, cell, column)
    return float(number)


def read_percent(cell: Cell, column: Column) -> float:
    """Return a cell as percent: ``92`` and ``"92%"`` are 92.

    Raises
    ------
    CellFault
        If it is no number or out of range.
    """
    number, _ = _number_of(cell, column, percent_sign=True)
    in_range(number, cell, column)
    return float(number)


def read_yuan(cell: Cell, column: Column) -> int:
    """Return an amount in yuan as whole fen.

    Raises
    ------
    CellFault
        If it is no number or out of range.
    """
    number, _ = _number_of(cell, column)
    in_range(number, cell, column)
    return fen_from_yuan(number)


def loses_fen(cell: Cell, column: Column) -> bool:
    """Whether an amount has more than whole fen, beyond what floating point adds by itself."""
    yuan, _ = _number_of(cell, column)
    return abs(yuan * 100 - fen_from_yuan(yuan)) > Decimal("0.0001")


def has_percent_sign(cell: Cell) -> bool:
    """Whether a cell says itself that it is in percent."""
    return isinstance(cell, str) and unicodedata.normalize("NFKC", cell).strip(BLANKS).endswith("%")


_YES_NO = {plain(word): True for word in YES_WORDS} | {plain(word): False for word in NO_WORDS}


def read_yes_no(cell: Cell, column: Column) -> bool:
    """Return a cell as yes or no.

    Raises
    ------
    CellFault
        If it is neither.
    """
    if isinstance(cell, bool):
        return cell
    found = _YES_NO.get(plain(text_of_number(cell) if isinstance(cell, float) else str(cell)))
    if found is None:
        raise CellFault(
            text(
                "{value} is neither yes nor no; write 是 or 否, or leave it blank if unknown",
                value=shown(cell),
            ),
            code="not-yes-no",
        )
    return found


@cache
def _spellings(words: tuple[tuple[StrEnum, tuple[str, ...]], ...]) -> dict[str, StrEnum]:
    return reading_of(dict(words))


def read_word(cell: Cell, column: Column) -> StrEnum:
    """Return the kind a word of the column means.

    Raises
    ------
    CellFault
        If the column does not know the word.
    """
    kind = _spellings(tuple(column.words.items())).get(plain(str(cell)))
    if kind is None:
        accepted = "、".join(f"{chinese[0]} ({kind.value})" for kind, chinese in column.words.items())
        raise CellFault(
            text("{value} is not known here; use one of: {accepted}", value=shown(cell), accepted=accepted),
            code="unknown-word",
        )
    return kind


READERS: Mapping[Kind, Callable[[Cell, Column], Value]] = {
    Kind.TEXT: read_text,
    Kind.INTEGER: read_integer,
    Kind.NUMBER: read_number,
    Kind.PERCENT: read_percent,
    Kind.YUAN: read_yuan,
    Kind.YES_NO: read_yes_no,
    Kind.WORD: read_word,
}
