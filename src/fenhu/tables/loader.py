"""Reading a table and refusing rows that do not say where they come from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fenhu.errors import PolicyFault, UnknownItem
from fenhu.wording import Text, bilingual, text

TRUST = ("S", "S-", "K", "K✓", "C")
_MARKS = ("source", "source_zh", "trust")
_FOLDER = Path(__file__).parent


def available() -> tuple[str, ...]:
    """Return the names of all tables."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def load(name: str) -> Mapping[str, Any]:
    """Return the tables of ``src/fenhu/tables/<name>.toml``, unchangeable.

    A row takes ``source`` and ``trust`` from the table it stands in unless it has its own, and with the
    source its Chinese, ``source_zh``, where people are shown it. A file that says
    ``numbers = "decimal"`` is read with exact decimals (prices), any other with floats.

    Parameters
    ----------
    name : a name of ``available()``.

    Raises
    ------
    UnknownItem
        If there is no such table.
    PolicyFault
        If a row has no source or no known trust mark, or the file is no TOML.
    """
    if name not in available():
        raise UnknownItem(
            text(
                "There is no table {name}; there are {known}.", name=repr(name), known=", ".join(available())
            )
        )
    return read(_FOLDER / f"{name}.toml")


def source_of(row: Mapping[str, Any]) -> Text:
    """Return where a row comes from, in the reader's language if the table has it in both."""
    return bilingual(row.get("source_zh", row["source"]), row["source"])


def read(path: Path) -> Mapping[str, Any]:
    """Return the tables of a file; raises as ``load``."""
    content = path.read_text(encoding="utf-8")
    try:
        data = tomllib.loads(content)
        if data.get("numbers") == "decimal":
            data = tomllib.loads(content, parse_float=Decimal)
    except tomllib.TOMLDecodeError as fault:
        raise PolicyFault(
            text("{file} is no TOML: {fault}", file=path.name, fault=str(fault)), file=path.name, key=""
        ) from fault
    inherited: dict[str, object] = {key: data[key] for key in _MARKS if key in data}
    tables = {key: value for key, value in data.items() if key not in ("numbers", *_MARKS)}
    return MappingProxyType(
        {key: _sourced(path.name, key, value, inherited) for key, value in tables.items()}
    )


def _sourced(file: str, key: str, value: Any, inherited: Mapping[str, object]) -> Any:
    if isinstance(value, list):
        return tuple(_sourced(file, f"{key}[{n}]", entry, inherited) for n, entry in enumerate(value))
    if not isinstance(value, dict):
        return value
    own = {mark: value[mark] for mark in _MARKS if mark in value}
    foreign = ("source_zh",) if "source" in own else ()
    passed_on = {key: mark for key, mark in inherited.items() if key not in foreign} | own
    row = {inner: _sourced(file, f"{key}.{inner}", entry, passed_on) for inner, entry in value.items()}
    if any(not isinstance(entry, dict) for entry in value.values()):
        row = {**row, **passed_on}
        _check_marks(file, key, row)
    return MappingProxyType(row)


def _check_marks(file: str, key: str, row: Mapping[str, object]) -> None:
    if not row.get("source"):
        raise PolicyFault(
            text("{file}: {key} has no source; every row says where it comes from.", file=file, key=key),
            file=file,
            key=key,
        )
    if row.get("trust") not in TRUST:
        raise PolicyFault(
            text(
                "{file}: {key} has trust {trust}; expected one of {known}.",
                file=file,
                key=key,
                trust=repr(row.get("trust")),
                known=", ".join(TRUST),
            ),
            file=file,
            key=key,
        )
