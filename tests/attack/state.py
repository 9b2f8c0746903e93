"""What a database holds, in one mark per table, read beside the server as its operator could."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from zlib import crc32

# What a request may leave behind without having changed anything: who is signed in, and who was refused.
PASSING = ("django_session", "axes_", "sqlite_", "door_", "api_usage", "django_tasks")
# When a token was last used, which every use of it may note.
NOTED = {"api_token": "last_used_at"}


class Database:
    """The SQLite file of a served city."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._watch = sqlite3.connect(path, check_same_thread=False)
        self._known: tuple[int, dict[str, str]] | None = None

    def marks(self) -> dict[str, str]:
        """Return by table how many rows it has and what they say; read anew only after a write."""
        version = self._watch.execute("PRAGMA data_version").fetchone()[0]
        if self._known is None or self._known[0] != version:
            self._known = (version, self._read())
        return self._known[1]

    def close(self) -> None:
        """Let go of the file."""
        self._watch.close()

    def _read(self) -> dict[str, str]:
        with closing(sqlite3.connect(self._path)) as file:
            return {table: _mark(file, table) for table in _tables(file)}


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the tables that say something else than before."""
    return sorted(table for table in before.keys() | after.keys() if before.get(table) != after.get(table))


def _tables(file: sqlite3.Connection) -> Iterator[str]:
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        if not name.startswith(PASSING):
            yield name


def _mark(file: sqlite3.Connection, table: str) -> str:
    columns = [name for _, name, *_ in file.execute(f'PRAGMA table_info("{table}")')]
    said = ", ".join(f'"{name}"' for name in columns if name != NOTED.get(table))
    rows = file.execute(f'SELECT {said} FROM "{table}"').fetchall()
    total = sum(crc32(repr(row).encode()) for row in rows)
    return f"{len(rows)} {sha256(str(total).encode()).hexdigest()[:12]}"
