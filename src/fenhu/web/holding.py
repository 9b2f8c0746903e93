"""What the rooms hold of a flat's people: each room says what, how it is emptied, and what outlasts its use.

A room registers its rows here when it starts; the room of persons reads, empties and forgets by them, and
knows nothing of the rooms' tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.wording import Text

Row = Mapping[str, Any]


def _nobody(flat: Any) -> Iterable[str]:
    """Name nobody."""
    return ()


def _nothing(flat: Any) -> int:
    """Empty nothing."""
    return 0


def _visible(model: Any, user: Any, flat: Any) -> Any:
    """Return what ``user`` may see."""
    return model.objects.visible_to(user)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One kind of thing held of a flat's people.

    ``rows`` are what is held, ``erase`` empties what may be emptied and says of how much, ``kept`` counts
    what would stay under the retention rule ``rule``; ``persons`` are the names under which the journal keeps
    personal values.
    """

    key: str
    name: Text
    rows: Callable[[Any], Iterable[Row]]
    erase: Callable[[Any], int] = _nothing
    kept: Callable[[Any], int] = _nothing
    rule: str = ""
    persons: Callable[[Any], Iterable[str]] = _nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """What is forgotten once its time is over: the rows due before a day, and how some of them go."""

    rule: str
    name: Text
    due: Callable[[date], Any]
    forget: Callable[[Any], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Words people write freely, in which anybody may be mentioned; an erasure leaves them as they are.

    ``columns`` hold the words and ``place`` says which row it is. ``own`` names the column of the flat a row
    is of: that flat's rows are its people's holdings. ``seen`` are the rows of ``model`` that a user may read
    when he asks about a flat; they are all listed where ``unread``, for no search reads what is in a scan.
    """

    key: str
    name: Text
    model: Any
    columns: tuple[str, ...]
    place: tuple[str, ...]
    own: str = ""
    unread: bool = False
    seen: Callable[[Any, Any, Any], Any] = _visible


_HOLDINGS: dict[str, Holding] = {}
_LAPSES: dict[str, Lapse] = {}
_WRITINGS: dict[str, Writing] = {}


def hold(*holdings: Holding) -> None:
    """Let a room's things be read, emptied and listed with a person."""
    _HOLDINGS.update({one.key: one for one in holdings})


def lapse(*lapses: Lapse) -> None:
    """Let a room's things be forgotten when their time is over."""
    _LAPSES.update({one.rule: one for one in lapses})


def write(*writings: Writing) -> None:
    """Let a room's free words be searched for who is mentioned in them."""
    _WRITINGS.update({one.key: one for one in writings})


def writings() -> tuple[Writing, ...]:
    """Return where people write freely, in the rooms' order."""
    return tuple(_WRITINGS.values())


def holdings() -> tuple[Holding, ...]:
    """Return what every room holds, in the rooms' order."""
    return tuple(_HOLDINGS.values())


def lapses() -> tuple[Lapse, ...]:
    """Return what is forgotten in time, in the rooms' order."""
    return tuple(_LAPSES.values())
