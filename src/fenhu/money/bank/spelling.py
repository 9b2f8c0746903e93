"""How people write contract numbers and flats in a remark, and how they are found there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

# Shorter numbers stand in remarks for years, rooms and amounts.
LEAST_CONTRACT = 5
_BETWEEN = re.compile(r"[\s\-/\\_#,，、;；:：()（）.。·|]+")
_FLAT = re.compile(
    r"-?(?:号?[楼栋幢座])?-?"
    r"(?P<unit>\d{1,2})(?:号?单元|门|-)-?"
    r"(?:(?P<storey>\d{1,2})(?:层|楼|-)-?)?"
    r"(?P<room>\d[0-9a-z]{0,5})(?:室|号|户)?(?![0-9a-z])"
)
_ROOM_WITH_STOREY = 3


def plain(words: str) -> str:
    """Return words as they are compared: one width, one case, ``-`` for everything that separates.

    Examples
    --------
    >>> plain("Ａ２ 1单元101")
    'a2-1单元101'
    """
    return _BETWEEN.sub("-", unicodedata.normalize("NFKC", words).casefold()).strip("-")


def plain_name(name: str) -> str:
    """Return a payer's name as it is compared: without blanks, dots and case."""
    return plain(name).replace("-", "")


@dataclass(frozen=True, slots=True)
class Spellings:
    """Known words by their plain spelling, found in a remark as whole words, the longest first."""

    of: Mapping[str, frozenset[str]]
    lengths: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lengths", tuple(sorted({len(word) for word in self.of}, reverse=True)))

    def found(self, remark: str) -> Iterator[tuple[int, frozenset[str]]]:
        """Yield where each known word ends in the plain remark, and what it stands for.

        A word within a longer known word is not one of its own.
        """
        start = 0
        while start < len(remark):
            word = next(
                (remark[start : start + n] for n in self.lengths if self._whole(remark, start, n)), ""
            )
            if word:
                yield start + len(word), self.of[word]
            start += len(word) or 1

    def _whole(self, remark: str, start: int, length: int) -> bool:
        end = start + length
        if end > len(remark) or remark[start:end] not in self.of:
            return False
        return not (_joined(remark, start) or _joined(remark, end))


def spellings(words: Iterable[tuple[str, str]]) -> Spellings:
    """Return an index from pairs of a word and what it stands for."""
    of: dict[str, set[str]] = {}
    for word, key in words:
        if plain(word):
            of.setdefault(plain(word), set()).add(key)
    return Spellings({word: frozenset(keys) for word, keys in of.items()})


def flat_at(remark: str, place: int) -> tuple[str, str, str] | None:
    """Return unit, storey (empty if not written) and room of the flat at a place of a plain remark."""
    found = _FLAT.match(remark, place)
    return (found["unit"], found["storey"] or "", found["room"]) if found else None


def is_flat(written: tuple[str, str, str], flat: str) -> bool:
    """Return whether the written flat is ``flat``, an id of the form unit-storey-room.

    Without its storey a flat is only recognised where the room's number begins with it.

    Examples
    --------
    >>> is_flat(("1", "", "101"), "1-1-101"), is_flat(("1", "", "1"), "1-2-1")
    (True, False)
    """
    parts = plain(flat).split("-", 2)
    if len(parts) != _ROOM_WITH_STOREY:
        return False
    unit, storey, room = parts
    if written[0].lstrip("0") != unit or written[2] != room:
        return False
    if written[1]:
        return written[1].lstrip("0") == storey
    return len(room) >= _ROOM_WITH_STOREY and room.startswith(storey)


def _joined(remark: str, place: int) -> bool:
    """Whether letters or digits run on across a place, so that a word does not end there."""
    if not 0 < place < len(remark):
        return False
    before, after = remark[place - 1], remark[place]
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
