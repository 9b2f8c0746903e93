"""Words as they are kept: without what was typed by accident and nobody sees."""

from __future__ import annotations

import unicodedata

_UNSEEN = ("Cc", "Cf", "Cs")


def trimmed(words: str) -> str:
    """Return words without the blanks and unseen signs around them.

    Examples
    --------
    >>> trimmed(" 银行1\\u3000\\ufeff")
    '银行1'
    """
    seen = [place for place, sign in enumerate(words) if not (sign.isspace() or _unseen(sign))]
    return words[seen[0] : seen[-1] + 1] if seen else ""


def one_line(words: str) -> str:
    """Return words on one line: one blank between them, none around them, no unseen sign.

    Examples
    --------
    >>> one_line("\\u200b银行\\u3000 1 ")
    '银行 1'
    """
    return " ".join("".join(sign for sign in words if sign.isspace() or not _unseen(sign)).split())


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN
