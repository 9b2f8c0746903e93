"""What several checks need: key paths, entries that appear twice, and periods that overlap."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import Protocol

from fenhu.wording import Text, text

KeyPath = tuple[str | int, ...]
Found = Iterator[tuple[KeyPath, Text]]
_LAST_DAY = date.max


class Dated(Protocol):
    """A rule that holds from one day to another."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


def twice(section: str, keys: Sequence[Hashable], key: str) -> Found:
    parts = section.split(".")
    for index, value in enumerate(keys):
        if value in keys[:index]:
            said = value if isinstance(value, tuple) else (value,)
            yield (*parts, index, key), second(" ".join(str(part) for part in said))


def second(value: str) -> Text:
    return text("{value} appears twice; keep one", value=value)


def ends_early(start: date, end: date) -> Text:
    return text(
        "The period ends on {end}, before it starts on {start}", end=end.isoformat(), start=start.isoformat()
    )


def overlaps(section: str, rules: Sequence[Dated], keys: Sequence[Hashable]) -> Found:
    """Yield rules that end before they start, or hold on a day on which another of the same kind holds."""
    for index, rule in enumerate(rules):
        if rule.valid_to is not None and rule.valid_to < rule.valid_from:
            yield (section, index, "to"), ends_early(rule.valid_from, rule.valid_to)
        for earlier in range(index):
            other = rules[earlier]
            starts = max(rule.valid_from, other.valid_from)
            ends = min(rule.valid_to or _LAST_DAY, other.valid_to or _LAST_DAY)
            if keys[index] == keys[earlier] and starts <= ends:
                yield (
                    (section, index, "from"),
                    text(
                        "The period from {start} overlaps entry {earlier} of the same kind",
                        start=rule.valid_from.isoformat(),
                        earlier=earlier + 1,
                    ),
                )
