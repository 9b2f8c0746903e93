"""One cell to one value: days, money, quantities and short texts; None where the cell is blank or wrong."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from fenhu.wording import text
from fenhu.worksheets.faults import Faults
from fenhu.worksheets.raw import BadCell
from fenhu.worksheets.rows import Line
from fenhu.worksheets.typed import one_line

_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT].*)?|(\d{4})(\d{2})(\d{2})"
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
FIRST_DAY = date(1980, 1, 1)
_LAST_YEAR = 2199
_LARGEST = Decimal(10) ** 12
# What binary floating point adds to an amount typed with two decimals is far below this.
_NOISE = Decimal("0.000001")


def day(line: Line, key: str, faults: Faults) -> date | None:
    """Return a cell as a day; text such as 2010-05-03, 2010/5/3, 20100503 or 2010年5月3日 is one too."""
    cell = line.cells.get(key)
    found = cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else None
    if found is None:
        found = _day_of(line.words(key))
    if found is not None and found >= FIRST_DAY and found.year <= _LAST_YEAR:
        return found
    if not _blank(line, key, faults):
        message = text("{value} is not a day; write it as 2010-05-03", value=line.words(key)[:40])
        faults.add("not-a-day", line.sheet, message, row=line.number, column=line.head(key))
    return None


def money_fen(line: Line, key: str, faults: Faults, *, negative: bool = False) -> int | None:
    """Return a cell in yuan as whole fen; parts of a fen are a fault, so is less than 0 unless allowed."""
    value = number(line, key, faults, negative=negative)
    if value is None:
        return None
    fen = (value * 100).to_integral_value()
    if abs(value * 100 - fen) > _NOISE:
        message = text("{value} has parts of a fen; write yuan with two decimals", value=line.words(key)[:40])
        faults.add("parts-of-a-fen", line.sheet, message, row=line.number, column=line.head(key))
        return None
    return int(fen)


def number(line: Line, key: str, faults: Faults, *, negative: bool = False) -> Decimal | None:
    """Return a cell as an exact number, not negative unless allowed."""
    words = line.words(key)
    if not words:
        _blank(line, key, faults)
        return None
    value = _decimal(line.cells[key])
    if value is not None and (negative or value >= 0):
        return value
    wanted = text("a number was expected") if negative else text("a number of at least 0 was expected")
    message = text("{value} cannot be used; {wanted}", value=words[:40], wanted=wanted)
    faults.add("not-a-number", line.sheet, message, row=line.number, column=line.head(key))
    return None


def short_text(line: Line, key: str, most: int, faults: Faults, *, required: bool = False) -> str | None:
    """Return a cell as text on one line; None where it is too long, or missing though required."""
    words = one_line(line.words(key))
    if required and not words:
        _note_empty(line, key, faults)
        return None
    if len(words) > most:
        message = text(
            "The text has {length} characters; at most {most} can be kept", length=len(words), most=most
        )
        faults.add("too-long", line.sheet, message, row=line.number, column=line.head(key))
        return None
    return words


def _blank(line: Line, key: str, faults: Faults) -> bool:
    """Note a cell that should be filled; a column that is missing was named already."""
    if line.words(key):
        return False
    _note_empty(line, key, faults)
    return True


def _note_empty(line: Line, key: str, faults: Faults) -> None:
    if key in line.heads:
        message = text("The cell is empty; fill it in")
        faults.add("empty", line.sheet, message, row=line.number, column=line.head(key))


def _day_of(words: str) -> date | None:
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", words).strip())
    if found is None:
        return None
    year, month, of_month = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def _decimal(cell: object) -> Decimal | None:
    if isinstance(cell, bool | BadCell) or not isinstance(cell, str | int | float):
        return None
    words = repr(cell) if isinstance(cell, float) else unicodedata.normalize("NFKC", str(cell))
    words = words.replace(" ", "").strip("¥元").replace("−", "-")
    if _GROUPED.fullmatch(words):
        words = words.replace(",", "")
    try:
        value = Decimal(words)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) <= _LARGEST else None
