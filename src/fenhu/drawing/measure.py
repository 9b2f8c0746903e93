"""How wide writing is, estimated without a font: enough to wrap a title and to see whether a label fits."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_WIDE_EM, _NARROW_EM = 1.0, 0.56


def writing_width(content: str, size: float) -> float:
    """Return the estimated width of ``content`` at font size ``size``, in drawing units.

    A Chinese character is one em wide, a Latin letter or digit about 0.56 em in the fonts we ask for.
    """
    return size * sum(_em(character) for character in content)


def wrap(content: str, size: float, width: float) -> tuple[str, ...]:
    """Return ``content`` in lines no wider than ``width``, broken at spaces or between Chinese characters."""
    whole = content.rstrip()
    if writing_width(whole, size) <= width:
        return (whole,)
    lines: list[str] = []
    line = ""
    for piece in _pieces(content):
        if line and writing_width((line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def shortened(content: str, size: float, width: float) -> str:
    """Return ``content``, cut with an ellipsis where it is wider than ``width``."""
    if writing_width(content, size) <= width:
        return content
    kept = content
    while kept and writing_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept + "…"


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    return _WIDE_EM if unicodedata.east_asian_width(character) in "WF" else _NARROW_EM


_NEVER_FIRST = "，。；：、）》！？％%℃,.;:)!?"


def _pieces(content: str) -> list[str]:
    pieces: list[str] = []
    for character in content:
        joins = (
            pieces
            and not pieces[-1].endswith(" ")
            and (character in _NEVER_FIRST or (_em(character) < _WIDE_EM and _em(pieces[-1][-1]) < _WIDE_EM))
        )
        if joins or (pieces and character == " "):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
