"""More databases for tests that start processes: empty ones, and copies of the tests' own, migrated."""

import os
import shutil
import sqlite3
from contextlib import closing
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

_FILE = {}


def keep_migrated(folder):
    """Set a copy of the tests' own database aside, while it is migrated and nothing else."""
    if connection.vendor == "postgresql":
        connection.close()  # who is connected forbids the copy
        _create(_kept(), like=connection.settings_dict["NAME"])
        return
    _FILE["kept"] = folder / "migrated.sqlite3"
    with closing(sqlite3.connect(_FILE["kept"])) as file:
        connection.ensure_connection()
        connection.connection.backup(file)


def forget_migrated():
    """Drop the copy that was set aside."""
    if connection.vendor == "postgresql":
        drop(_kept())


def new_postgres(*, migrated=False):
    """Return the address of a new database of the server, without tables or with the program's."""
    name = f"fenhu_test_{uuid4().hex[:12]}"
    _create(name, like=_kept() if migrated else "template1")
    return os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?")


def migrated_sqlite(path):
    """Write that copy into a file, and return the file's address."""
    shutil.copyfile(_FILE["kept"], path)
    return f"sqlite:///{path}"


def drop(begins):
    """Drop every database whose name begins so."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [begins])
        for (one,) in found.fetchall():
            server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(one)))


def _create(name, *, like):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(like)))


def _kept():
    return f"migrated_{connection.settings_dict['NAME']}"
