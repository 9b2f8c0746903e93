"""What a search is given and what it gives: words as a person types them, and things found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from fenhu.wording import Text

LEAST_DIGITS = 7
_BETWEEN = re.compile(r"[\s,，、;；]+")
_IN_A_NUMBER = re.compile(r"[\s()+-]")
_UNIT = re.compile(r"(?:第?(\d{1,2})单元)(?:(\d{1,2})[层楼])?(?:(\d{1,4}[a-z]?)[室号户]?)?$")
_TRIPLE = re.compile(r"(?<![\da-z])(\d{1,2})-(\d{1,2})-(\d{1,4}[a-z]?)$")
_PAIR = re.compile(r"(?<![\da-z-])(\d{1,2})-()(\d{3,4}[a-z]?)$")
_ROOM = re.compile(r"()()(?<!\d)(\d{2,4}[a-z]?)[室户]?$")


@dataclass(frozen=True, slots=True)
class FlatWish:
    """A flat as it was typed; what was not said is None."""

    unit: int | None = None
    storey: int | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: ``words`` all of it in lower case, ``parts`` the words one by one."""

    typed: str
    words: str
    parts: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Asked:
        """Return what was typed with full-width letters and digits made plain.

        Examples
        --------
        >>> Asked.of("和平小区，３号楼").parts
        ('和平小区', '3号楼')
        """
        plain = unicodedata.normalize("NFKC", typed).strip()
        words = plain.lower()
        return cls(plain, words, tuple(part for part in _BETWEEN.split(words) if part))

    def number(self, least: int) -> str:
        """Return the number of a paper where one word of at least ``least`` signs was typed, else nothing."""
        return self.typed if len(self.parts) == 1 and len(self.words) >= least else ""

    def digits(self) -> str:
        """Return a telephone number's digits where nothing but one was typed, else nothing.

        Examples
        --------
        >>> Asked.of("0418 123-4567").digits()
        '04181234567'
        """
        digits = _IN_A_NUMBER.sub("", self.words)
        return digits if digits.isdecimal() and len(digits) >= LEAST_DIGITS else ""

    def flat(self) -> tuple[tuple[str, ...], FlatWish] | None:
        """Return the words of a building and the flat in it, where the last word names one.

        Examples
        --------
        >>> Asked.of("和平小区3号楼2单元301").flat()
        (('和平小区3号楼',), FlatWish(unit=2, storey=None, room='301'))
        >>> Asked.of("A1 1-3-302").flat()
        (('a1',), FlatWish(unit=1, storey=3, room='302'))
        """
        if not self.parts:
            return None
        *before, last = self.parts
        for form in (_UNIT, _TRIPLE, _PAIR, _ROOM):
            found = form.search(last)
            rest = (*before, last[: found.start()]) if found else ()
            building = tuple(word for word in rest if word)
            if found and building and (form is not _ROOM or found.start() == 0):
                unit, storey, room = found.groups()
                return building, FlatWish(
                    unit=int(unit) if unit else None, storey=int(storey) if storey else None, room=room
                )
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found: what it is called, what says where it belongs, and which page shows it.

    ``page`` is the name of an address, ``keys`` what stands in it, ``after`` what follows it; ``exact`` marks
    the very thing whose number was typed.
    """

    title: Text | str
    place: Text | str = ""
    page: str
    keys: tuple[str | int, ...] = ()
    after: str = ""
    exact: bool = False
