"""The database of a backup, brought up beside the product's own until it is proved."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection, connections
from psycopg.sql import SQL, Identifier

from fenhu.errors import InputFault, UnreadableFile
from fenhu.web.environment import for_child, read
from fenhu.web.keeping.databases import Copied, counted_by, counted_in, postgres_program, postgres_server
from fenhu.web.keeping.manifest import Manifest
from fenhu.web.keeping.swapping import Move
from fenhu.wording import text

_BRING_UP = """
import sys
from fenhu.cli import main
sys.exit(main(["manage", "migrate", "--noinput", "--verbosity", "0"]) or main(["verify"]))
"""


@contextmanager
def candidate(dump: Path, folder: Path, mark: str) -> Iterator[tuple[str, Copied]]:
    """Yield the address of the backup's database beside the product's own, and what it holds.

    One that is not put in place within the block is gone after it.
    """
    if connection.vendor == "sqlite":
        path = dump.rename(folder / "fenhu.sqlite3")
        with closing(sqlite3.connect(path)) as file:
            held = counted_in(file)
        yield f"sqlite:///{path}", held
        return
    name = f"{own_database()}_{mark}"
    with postgres_server() as server:
        server.execute(_sql("CREATE DATABASE {}", name))
    try:
        postgres_program(
            "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
            str(dump), database=name,
        )  # fmt: skip
        yield _address(name), _held_by(name)
    finally:
        with postgres_server() as server:
            server.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def own_database() -> str:
    """Return the name of the product's own PostgreSQL database."""
    return str(connection.settings_dict["NAME"])


def prove(held: Copied, manifest: Manifest) -> None:
    """Compare what a restored database holds with what the backup says of itself.

    Raises
    ------
    UnreadableFile
        If a table has more or fewer rows.
    """
    wrong = {name for name in {*held.rows, *manifest.rows} if held.rows.get(name) != manifest.rows.get(name)}
    if wrong:
        raise UnreadableFile(text(
            "The database in the backup does not hold what the backup says: {tables}",
            tables=", ".join(sorted(wrong)),
        ))  # fmt: skip


def bring_up(address: str, folder: Path) -> None:
    """Bring a candidate to the program's version and prove its journal and books.

    Raises
    ------
    InputFault
        If it cannot be, in the words of the command that refused.
    """
    environment = for_child(DATABASE_URL=address, FENHU_DATA_DIR=str(folder))
    done = subprocess.run(
        [sys.executable, "-c", _BRING_UP], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise InputFault(text(
            "The backup's file is whole, but what it holds was refused: {reason}",
            reason=(done.stderr.strip().splitlines() or [""])[-1],
        ))  # fmt: skip


def database_move(address: str, aside: Path) -> tuple[Move | None, tuple[Move, ...]]:
    """Return how a proved candidate takes the place of the product's own database: by name, or as a file."""
    connections.close_all()
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        new = address.removeprefix("sqlite:///")
        for path in (new, place):
            _settle(Path(path))
        return None, (Move(new=new, place=str(place), aside=str(aside / place.name)),)
    name = own_database()
    return Move(new=urlsplit(address).path.lstrip("/"), place=name, aside=f"{name}_{aside.name}"), ()


def _settle(path: Path) -> None:
    """Bring all that was written to an SQLite database into its one file."""
    if path.exists():
        with closing(sqlite3.connect(path)) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def is_empty() -> bool:
    """Return whether the product's own database holds nothing yet."""
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        return not place.exists() or not place.stat().st_size
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def _address(name: str) -> str:
    return urlunsplit(urlsplit(read("DATABASE_URL"))._replace(path=f"/{name}"))


def _held_by(name: str) -> Copied:
    with postgres_server(name) as server:
        return counted_by(lambda sql: server.execute(sql).fetchall())


def _sql(pattern: str, name: str) -> object:
    return SQL(pattern).format(Identifier(name))
