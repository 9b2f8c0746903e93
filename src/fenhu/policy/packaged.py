"""The policy files that come with fenhu, by name."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def packaged() -> tuple[str, ...]:
    """Return the names of the packaged policies in order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def packaged_path(name: str) -> Path:
    """Return the file of a packaged policy."""
    return _FOLDER / f"{name}.toml"
