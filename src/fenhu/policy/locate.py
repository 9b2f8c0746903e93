"""Where a key stands in a TOML file: tomllib reads values but forgets their lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

Path = tuple[str | int, ...]
_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_LONGEST_VALUE = 400
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")


class LineMap:
    """The line of every table and key of a TOML text that tomllib can read."""

    def __init__(self, toml: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._read(toml.splitlines())

    def line(self, path: Sequence[str | int]) -> int | None:
        """Return the line of ``path``, or of the nearest table around it, or None."""
        for length in range(len(path), 0, -1):
            found = self._lines.get(tuple(path[:length]))
            if found is not None:
                return found
        return None

    def _read(self, lines: list[str]) -> None:
        table: Path = ()
        number = 0
        while number < len(lines):
            header = _HEADER.match(lines[number])
            key = _KEY.match(lines[number])
            if header:
                table = self._table(_parts(header[2]), array=header[1] == "[[")
                self._note(table, number + 1)
            elif key:
                self._note(table + _parts(key[1]), number + 1)
                number = _last_line_of_value(lines, number)
            number += 1

    def _table(self, parts: tuple[str, ...], *, array: bool) -> Path:
        """Return the path a header opens, stepping into the newest element of arrays above it."""
        path: Path = ()
        for part in parts[:-1]:
            path += (part,)
            if path in self._counts:
                path += (self._counts[path],)
        path += (parts[-1],)
        if array:
            self._counts[path] = self._counts.get(path, -1) + 1
            path += (self._counts[path],)
        return path

    def _note(self, path: Path, line: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], line)


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(key))


def _last_line_of_value(lines: list[str], first: int) -> int:
    """Return the index of the line on which the value that starts on ``first`` ends."""
    for last in range(first, min(first + _LONGEST_VALUE, len(lines))):
        try:
            tomllib.loads("\n".join(lines[first : last + 1]))
        except tomllib.TOMLDecodeError:
            continue
        return last
    return first
