"""Fuxin's file with one thing changed, for tests of faults."""

from pathlib import Path

import fenhu.policy
from fenhu.policy.faults import find_faults
from fenhu.policy.reading import read_toml

FUXIN = (Path(fenhu.policy.__file__).parent / "fuxin-2010.toml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    """Return Fuxin's file with the first ``old`` replaced by ``new``."""
    assert old in FUXIN, old
    return FUXIN.replace(old, new, 1)


def without(header: str) -> str:
    """Return Fuxin's file without the first block that starts with ``header``."""
    start = FUXIN.index(header)
    end = FUXIN.find("\n[", start + 1)
    return FUXIN[:start] + FUXIN[end + 1 :]


def faults(toml: str):
    """Return the faults of a file's text."""
    return find_faults(toml.encode())


def line_of(toml: str, start: str, nth: int = 1) -> int:
    """Return the number of the ``nth`` line that starts with ``start``."""
    return [number for number, line in enumerate(toml.splitlines(), 1) if line.startswith(start)][nth - 1]


def fuxin_data():
    """Return Fuxin's file as tables that may be changed."""
    return dict(read_toml(FUXIN))
