"""TOML as policy files need it: exact decimals, and lists that cannot change."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any


def read_toml(toml: str) -> dict[str, Any]:
    """Return the tables of a policy file, with exact decimals and lists that cannot change."""
    frozen: dict[str, Any] = _frozen(tomllib.loads(toml, parse_float=Decimal))
    return frozen


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value
