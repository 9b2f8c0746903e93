"""What a building or an organisation is found by: its words, and their pinyin in full and by initials."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin


def search_words(code: str, estate: str, name: str, address: str, *more: str) -> str:
    """Return everything a person may type to find a building, in lower case.

    Estate and name also stand together, as people write them; pinyin is given for what a building is called
    and where it stands, not for its organisations, which have a search of their own.
    """
    whole = estate + name.removeprefix(estate)
    called = dict.fromkeys(word for word in (whole, name, address) if word)
    plain = dict.fromkeys(word.lower() for word in (code, estate, *called, *more) if word)
    return " ".join((*plain, *_sounds(called)))


def full_name(estate: str, name: str) -> str:
    """Return a building's name with its estate, said once."""
    return name if name.startswith(estate) else f"{estate} {name}"


def _sounds(words: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(sound for word in words for sound in pinyin(word))


@lru_cache(maxsize=4096)
def pinyin(words: str) -> tuple[str, ...]:
    """Return the pinyin of ``words`` in full and by initials; nothing where no Chinese is in them.

    Examples
    --------
    >>> pinyin("和平小区3号楼")
    ('hepingxiaoqu3haolou', 'hpxq3hl')
    """
    full = "".join(lazy_pinyin(words)).lower()
    if full == words.lower():
        return ()
    return full, "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)).lower()
