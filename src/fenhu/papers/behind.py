"""Figures that know the list behind them: plain words in a sentence, read back as runs with their lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from fenhu.wording import Text

# Code points no text has; they part the runs while a sentence is read back.
_OPEN, _SAID, _CLOSE = "\ue000", "\ue001", "\ue002"
_marking: ContextVar[list[Figure] | None] = ContextVar("fenhu_marking", default=None)


@dataclass(frozen=True, slots=True)
class Figure(Text):
    """Words of a sentence with the list they sum up: its kind, and what narrows it by name."""

    kind: str = ""
    where: tuple[tuple[str, str], ...] = ()

    def in_language(self, language: str) -> str:
        """Return the words in ``language``; marked while ``runs`` reads a sentence."""
        said, found = Text.in_language(self, language), _marking.get()
        if found is None:
            return said
        found.append(self)
        return f"{_OPEN}{len(found) - 1}{_SAID}{said}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a sentence; ``figure`` is the one they are, None for words between figures."""

    words: str
    figure: Figure | None = None


def behind(kind: str, shown: Text | str, /, **where: object) -> Figure:
    """Return ``shown`` as a figure with the list behind it; what is empty narrows nothing."""
    narrowed = tuple((name, str(value)) for name, value in where.items() if value not in (None, ""))
    return Figure("{shown}", {"shown": shown}, kind=kind, where=narrowed)


def runs(line: Text) -> tuple[Run, ...]:
    """Return a sentence in the current language as runs of words, figures apart from what is between them."""
    found: list[Figure] = []
    token = _marking.set(found)
    try:
        said = str(line)
    finally:
        _marking.reset(token)
    return tuple(run for run in _parted(said, found) if run.words)


def _parted(said: str, found: list[Figure]) -> Iterator[Run]:
    before, *marked = said.split(_OPEN)
    yield Run(before)
    for piece in marked:
        number, _, rest = piece.partition(_SAID)
        words, _, after = rest.partition(_CLOSE)
        yield Run(words, found[int(number)])
        yield Run(after)
