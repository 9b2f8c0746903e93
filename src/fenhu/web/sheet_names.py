"""What the register's sheets are called, by the names that comparisons give them."""

from __future__ import annotations

from fenhu.register import SHEETS
from fenhu.wording import Text, bilingual

_NAMES = {sheet.english: bilingual(sheet.chinese, sheet.english) for sheet in SHEETS}
_NAMES["orders"] = _NAMES["order"]


def sheet(name: str) -> Text | str:
    """Return a register sheet's name; the sheet's own where it is none of ours."""
    return _NAMES.get(name, name)
