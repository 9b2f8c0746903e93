"""A database as a file and back, by the means of its own maker."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from fenhu.errors import InputFault, UnreadableFile
from fenhu.web.environment import for_child
from fenhu.wording import text

_SQLITE_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_POSTGRES_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy of the database holds: rows by table, and the migrations it has gone through."""

    rows: Mapping[str, int]
    migrations: tuple[tuple[str, str], ...]


def copied(path: Path) -> Copied:
    """Write a copy of the database as of one moment, while others write, and return what it holds.

    Raises
    ------
    InputFault
        If there is no room for it, or PostgreSQL's own programs are not installed or refuse.
    """
    return _sqlite_copied(path) if connection.vendor == "sqlite" else _postgres_copied(path)


def _sqlite_copied(path: Path) -> Copied:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as file:
        try:
            connection.connection.backup(file)
        except sqlite3.Error as fault:
            raise InputFault(
                text("The database cannot be copied to {path} ({reason})", path=str(path), reason=str(fault))
            ) from fault
        return counted_in(file)


def counted_in(file: sqlite3.Connection) -> Copied:
    """Return what an SQLite database holds.

    Raises
    ------
    UnreadableFile
        If it is damaged.
    """
    try:
        (sound,) = file.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            raise sqlite3.DatabaseError(sound)
        return counted_by(lambda sql: file.execute(sql).fetchall(), _SQLITE_TABLES)
    except sqlite3.DatabaseError as fault:
        raise UnreadableFile(
            text("The database in the backup is damaged ({reason})", reason=str(fault))
        ) from fault


def counted_by(ask: Callable[[str], list[Any]], tables: str = _POSTGRES_TABLES) -> Copied:
    """Return what a database holds; ``ask`` answers SQL with rows, ``tables`` is the SQL that names them.

    Raises
    ------
    InputFault
        If it holds no tables of fenhu.
    """
    names = sorted(name for (name,) in ask(tables))
    if "django_migrations" not in names:
        raise InputFault(text("Nothing is stored yet: there is no database of fenhu to copy"))
    rows = {name: ask(f'SELECT COUNT(*) FROM "{name}"')[0][0] for name in names}
    gone = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    return Copied(rows=rows, migrations=tuple((app, name) for app, name in gone))


def _postgres_copied(path: Path) -> Copied:
    """Count and dump in one snapshot, so that the counts are those of the dump."""
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            found = counted_by(lambda sql: _asked(cursor, sql))
            postgres_program(
                "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
                f"--file={path}",
            )  # fmt: skip
        finally:
            cursor.execute("ROLLBACK")
    return found


def _asked(cursor: Any, sql: str) -> list[Any]:
    cursor.execute(sql)
    return list(cursor.fetchall())


def postgres_program(program: str, *words: str, database: str = "") -> None:
    """Run one of PostgreSQL's own programs on a database of the server, the product's own unless named.

    Raises
    ------
    InputFault
        If it is not installed, or refuses; its words are given.
    """
    found = shutil.which(program)
    if found is None:
        raise InputFault(text(
            "“{program}” is not installed; backups of PostgreSQL need its own programs, as new as the server",
            program=program,
        ))  # fmt: skip
    where = _postgres_address(database)
    environment = for_child(PGPASSWORD=str(where.pop("password", "")))
    done = subprocess.run(
        [found, f"--dbname={make_conninfo(**where)}", *words], env=environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.strip().splitlines() or [""]
        raise InputFault(text("{program} refused: {reason}", program=program, reason=said[0]))


def _postgres_address(database: str = "") -> dict[str, Any]:
    """Return what leads to a database of the product's server, without a connection to its own."""
    names = {option.keyword.decode() for option in Conninfo.get_defaults()}
    known = {key: value for key, value in connection.get_connection_params().items() if key in names}
    return known | ({"dbname": database} if database else {})


@contextmanager
def postgres_server(database: str = "postgres") -> Iterator[Any]:
    """Yield a connection of its own to a database of the server, the one for maintenance unless named.

    Raises
    ------
    InputFault
        If the server refuses.
    """
    try:
        with psycopg.connect(make_conninfo(**_postgres_address(database)), autocommit=True) as server:
            yield server
    except psycopg.Error as fault:
        raise InputFault(
            text("PostgreSQL refused: {reason}", reason=str(fault).strip().partition("\n")[0])
        ) from fault
