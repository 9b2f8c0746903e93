"""Text, TOML and JSON files as people save them; whatever keeps one from being read is said in words."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fenhu.errors import UnreadableFile, reason_of
from fenhu.wording import text


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises
    ------
    UnreadableFile
        If there is no such file, it may not be read, or it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise UnreadableFile(
            text("{path} cannot be read: {why}", path=str(path), why=reason_of(fault)), code="not-found"
        ) from fault
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        raise UnreadableFile(
            text("{file} is not UTF-8 (line {line}); save it as UTF-8", file=path.name, line=line),
            code="encoding",
        ) from fault


def read_toml(path: Path, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises
    ------
    UnreadableFile
        As ``read_text``, or if it is no TOML.
    """
    content = read_text(path)
    try:
        return tomllib.loads(content, parse_float=parse_float)
    except tomllib.TOMLDecodeError as fault:
        raise UnreadableFile(
            text("{file} is no TOML: {fault}", file=path.name, fault=str(fault)), code="broken-toml"
        ) from fault
    except RecursionError as fault:
        raise _too_deep(path) from fault


def read_json(path: Path) -> Any:
    """Return the value in a JSON file.

    Raises
    ------
    UnreadableFile
        As ``read_text``, or if it is no JSON.
    """
    content = read_text(path)
    try:
        return json.loads(content)
    except json.JSONDecodeError as fault:
        raise UnreadableFile(
            text("{file} is not JSON: {reason}.", file=path.name, reason=str(fault)), code="broken-json"
        ) from fault
    except RecursionError as fault:
        raise _too_deep(path) from fault


def _too_deep(path: Path) -> UnreadableFile:
    return UnreadableFile(
        text("{file}: lists or tables are nested too deeply", file=path.name), code="too-deep"
    )
