"""Reading objects of a file key by key: nothing unknown, nothing missing, nothing impossible."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fenhu.errors import InputFault, OutOfRange, UnknownItem
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True)
class Item:
    """An object of a file and the name it goes by in messages, such as ``links 'p1'``."""

    where: str
    values: Mapping[str, object]

    def only(self, known: Collection[str]) -> None:
        """Refuse any key that is not known.

        Raises
        ------
        UnknownItem
            Naming the first such key and the known ones.
        """
        for key in self.values:
            if key not in known:
                raise UnknownItem(
                    text(
                        "{where}: unknown key {key}; known are {known}.",
                        where=self.where,
                        key=repr(key),
                        known=", ".join(known),
                    ),
                    code="unknown-key",
                )

    def has(self, key: str) -> bool:
        """Return whether the key is given (null counts as not given)."""
        return self.values.get(key) is not None

    def needed(self, key: str) -> object:
        """Return a value that must be there.

        Raises
        ------
        InputFault
            If it is missing.
        """
        if not self.has(key):
            raise InputFault(
                text("{where}: {key} is missing.", where=self.where, key=key), code="missing-key"
            )
        return self.values[key]

    def number(
        self,
        key: str,
        default: float | None = None,
        *,
        above: float = -math.inf,
        at_least: float = -math.inf,
        at_most: float = math.inf,
    ) -> float:
        """Return a finite number within limits.

        Raises
        ------
        InputFault
            If it is missing without a default, or no number.
        OutOfRange
            If it lies outside its limits.
        """
        value = default if default is not None and not self.has(key) else self.needed(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(key, value, text("a number"))
        if not math.isfinite(value) or value <= above or value < at_least or value > at_most:
            raise OutOfRange(
                text(
                    "{where}: {key} is {value}; expected {limits}.",
                    where=self.where,
                    key=key,
                    value=value,
                    limits=_limits(above, at_least, at_most),
                ),
                code="out-of-range",
            )
        return float(value)

    def whole(self, key: str, default: int | None = None, *, at_least: int = 0, at_most: int = 10**9) -> int:
        """Return a whole number within limits; raises as ``number``."""
        value = default if default is not None and not self.has(key) else self.needed(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(key, value, text("a whole number"))
        return int(self.number(key, value, at_least=at_least, at_most=at_most))

    def word(self, key: str, allowed: Collection[str] = ()) -> str:
        """Return a non-empty string, one of ``allowed`` if any are named.

        Raises
        ------
        InputFault
            If it is missing or no string.
        UnknownItem
            If it is not allowed.
        """
        value = self.needed(key)
        if not isinstance(value, str) or not value:
            raise self.wrong(key, value, text("a text"))
        if allowed and value not in allowed:
            raise UnknownItem(
                text(
                    "{where}: {key} is {value}; expected one of {allowed}.",
                    where=self.where,
                    key=key,
                    value=repr(value),
                    allowed=", ".join(allowed),
                )
            )
        return value

    def flag(self, key: str) -> bool:
        """Return true or false, false if not given.

        Raises
        ------
        InputFault
            If it is neither.
        """
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, value, text("true or false"))
        return value

    def child(self, key: str) -> Item:
        """Return an object within this one.

        Raises
        ------
        InputFault
            If it is no object.
        """
        value = self.needed(key)
        if not isinstance(value, Mapping):
            raise self.wrong(key, value, text("an object"))
        return Item(f"{self.where}: {key}", value)

    def items(self, key: str, name: str | None = "id") -> list[Item]:
        """Return a list of objects, each going by its ``name`` key in messages, with distinct names.

        Raises
        ------
        InputFault
            If it is no list of objects, or a name is missing or used twice.
        """
        values = self.values.get(key, [])
        if not isinstance(values, list):
            raise self.wrong(key, values, text("a list"))
        found: list[Item] = []
        seen: set[str] = set()
        for number, value in enumerate(values):
            if not isinstance(value, Mapping):
                raise self.wrong(f"{key}[{number}]", value, text("an object"))
            item = Item(f"{key}[{number}]", value)
            if name is not None:
                item = Item(f"{key} {item.word(name)!r}", value)
                if item.word(name) in seen:
                    raise InputFault(
                        text("{where}: this id is used twice.", where=item.where), code="duplicate-id"
                    )
                seen.add(item.word(name))
            found.append(item)
        return found

    def wrong(self, key: str, value: object, expected: Text) -> InputFault:
        """Return the fault that a value is of the wrong kind."""
        return InputFault(
            text(
                "{where}: {key} is {value}; expected {expected}.",
                where=self.where,
                key=key,
                value=repr(value),
                expected=expected,
            ),
            code="wrong-type",
        )


def _limits(above: float, at_least: float, at_most: float) -> Text | str:
    bounds = (("> ", above), (">= ", at_least), ("<= ", at_most))
    told = ", ".join(f"{sign}{value:g}" for sign, value in bounds if math.isfinite(value))
    return told or text("a finite number")
