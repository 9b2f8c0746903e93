"""From values to what a template prints: every value becomes words, so that a template only places them.

A day becomes 2010年4月30日, a number gets its thousands, a quantity loses its last zeros, a temperature has
one decimal, nothing known becomes an empty string. Money in ``x_fen`` becomes ``x_yuan`` and, in capital
numerals, ``x_capital``; an address in ``x_url`` gets its QR code in ``x_qr``. Characters no font
has become 〓.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from fenhu.drawing import yuan
from fenhu.papers.capitals import capital_yuan
from fenhu.papers.issued.codes import qr_svg
from fenhu.papers.sheet import safe
from fenhu.wording import Text

_ROUNDED = ("quantity", "planned", "done")
SUBSTITUTE = "〓"
"""What stands for a character no font has, as printers have always done."""


class Speller:
    """Turns values into words within what the fonts can print; keeps what they could not in ``missing``.

    ``printable`` None: whoever opens the file has fonts of his own, nothing is replaced.
    """

    def __init__(self, printable: frozenset[int] | None) -> None:
        self._printable = printable
        self.missing: dict[str, None] = {}

    def words(self, value: object) -> object:
        """Return ``value`` as strings, booleans, lists and mappings of them."""
        if isinstance(value, bool):
            return value
        if isinstance(value, Mapping):
            return {str(key): self.words(held) for key, held in value.items()}
        if isinstance(value, list | tuple):
            return [self.words(held) for held in value]
        if is_dataclass(value) and not isinstance(value, type | Text):
            return dict(self._named(value))
        return self.spelt(said(value))

    def spelt(self, words: str) -> str:
        """Return the words with what cannot be printed replaced."""
        return "".join(self._printed(one) for one in safe(words))

    def _named(self, value: object) -> Iterator[tuple[str, object]]:
        for name in _names(type(value)):
            held = getattr(value, name)
            if name.endswith("_fen"):
                stem = name.removesuffix("_fen")
                yield f"{stem}_yuan", "" if held is None else yuan(held)
                yield f"{stem}_capital", "" if held is None else capital_yuan(held)
            elif name.endswith("_url"):
                yield name, self.words(held)
                yield f"{name.removesuffix('_url')}_qr", qr_svg(held) if held else ""
            elif name.endswith("year"):
                yield name, str(held)
            elif isinstance(held, Decimal) and name in _ROUNDED:
                yield name, quantity_said(held)
            elif isinstance(held, Decimal) and name.endswith("_c"):
                yield name, f"{held:.1f}"
            else:
                yield name, self.words(held)

    def _printed(self, one: str) -> str:
        if self._printable is None or ord(one) in self._printable or one in "\n\t":
            return one
        self.missing[one] = None
        return SUBSTITUTE


def _names(kind: type) -> list[str]:
    """Return a dataclass's fields and the public properties computed from them."""
    held = [one.name for one in fields(kind)]
    computed = [
        name for name, one in vars(kind).items() if isinstance(one, property) and not name.startswith("_")
    ]
    return held + computed


def quantity_said(value: Decimal) -> str:
    """Return a quantity without its last zeros."""
    return f"{value.normalize():,f}"


def said(value: object) -> str:
    """Return one value as a paper says it; nothing known is an empty string."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    return str(value)
