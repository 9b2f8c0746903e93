"""Cities to break: each a copy of one that is made once, with a database and a folder of its own."""

import hashlib
import os
import shutil
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

# What a worker and a browser write about themselves, apart from any work.
ASIDE = ("django_tasks_", "django_session", "door_signin", "jobs_worker", "axes_", "sqlite_")
VERIFY = """
from django.core.management import call_command
for part in ("journal", "books", "papers"):
    call_command(f"verify_{part}", stderr=open(__import__("os").devnull, "w"))
"""


def environment(url, folder):
    """Return the environment of a process on a city."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("FENHU_")}
    return kept | {
        "DATABASE_URL": url, "FENHU_DATA_DIR": str(folder), "FENHU_SECRET_KEY": "test", "FENHU_LANG": "en",
        "FENHU_TODAY": "2011-06-01", "DJANGO_SETTINGS_MODULE": "fenhu.web.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip


def at(url, folder):
    """In a child: let the product be that of another city from now on."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    settings.DATA_DIR, settings.MEDIA_ROOT = Path(folder), Path(folder) / "media"
    name = url.removeprefix("sqlite:///") if url.startswith("sqlite") else named(url)
    connections["default"].settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


class City:
    """One city: its database, its folder, and children that work on it."""

    def __init__(self, forker, url, folder):
        self.forker, self.url, self.folder = forker, url, Path(folder)

    @property
    def on_sqlite(self):
        """Return whether its database is a file."""
        return self.url.startswith("sqlite")

    def start(self, program, **more):
        """Start ``program`` on this city in a child."""
        here = f"from tests.fault.cities import at; at({self.url!r}, {str(self.folder)!r})\n"
        where = {"DATABASE_URL": self.url, "FENHU_DATA_DIR": str(self.folder)}
        return self.forker.start(here + program, **where, **more)

    def run(self, program, **more):
        """Run ``program`` on this city and return what it printed."""
        return self.start(program, **more).output()

    def verify(self):
        """Prove journal, books and papers; what is wrong fails the test."""
        self.run(VERIFY)

    def copy(self, folder):
        """Return another city that is as this one is now; nobody may be at this one's database."""
        folder = Path(folder)
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*.sqlite3*", ".locks"))
        if self.on_sqlite:
            return City(self.forker, copied_sqlite(self.url, folder), folder)
        return City(self.forker, copied_postgres(self.url), folder)

    def drop(self):
        """Remove the city."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if not self.on_sqlite:
            drop_postgres(self.url)

    def content(self):
        """Return every row of every table, and every file."""
        return {**self._rows(), **{f"file {name}": [size] for name, size in self.files().items()}}

    def counts(self):
        """Return how many rows each table has; of the journal by kind, without what is said of lost work."""
        rows = self._rows()
        entries = Counter(kind for kind in self.asked("SELECT kind FROM journal_entry") if kind != "job.lost")
        return {name: len(found) for name, found in rows.items() if name != "journal_entry"} | {
            f"journal {kind}": count for kind, count in entries.items()
        }

    def files(self):
        """Return the stored files with their sizes."""
        media = self.folder / "media"
        return {str(p.relative_to(media)): p.stat().st_size for p in media.rglob("*") if p.is_file()}

    def asked(self, sql):
        """Return the first column of what the database answers."""
        return [row[0] for row in self._answer([sql])[0]]

    def _rows(self):
        tables = (
            "sqlite_schema WHERE type = 'table'"
            if self.on_sqlite
            else "pg_tables WHERE schemaname = 'public'"
        )
        column = "name" if self.on_sqlite else "tablename"
        names = [n for n in self.asked(f"SELECT {column} FROM {tables}") if not n.startswith(ASIDE)]
        answers = self._answer([f'SELECT * FROM "{name}"' for name in names])
        return {name: _hashed(rows) for name, rows in zip(names, answers, strict=True)}

    def _answer(self, questions):
        if self.on_sqlite:
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20)) as file:
                return [file.execute(sql).fetchall() for sql in questions]
        with psycopg.connect(self.url) as server:
            return [server.execute(sql).fetchall() for sql in questions]


def _hashed(rows):
    return sorted(hashlib.sha256(repr(row).encode()).hexdigest() for row in rows)


def copied_sqlite(url, folder):
    """Return the address of a copy of a database, its last writes included."""
    place = folder / "fenhu.sqlite3"
    with (
        closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as old,
        closing(sqlite3.connect(place)) as new,
    ):
        old.backup(new)
    return f"sqlite:///{place}"


def named(url):
    """Return the name of a PostgreSQL database."""
    return urlsplit(url).path.lstrip("/")


def beside(url, name):
    """Return the address of another database of the same server."""
    return url.replace(f"/{named(url)}?", f"/{name}?", 1)


def new_postgres(server):
    """Return the address of a new, empty database of a server."""
    name = f"fenhu_fault_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return beside(server, name)


def copied_postgres(url):
    """Return the address of a copy of a database nobody is at."""
    name = f"fenhu_fault_{uuid4().hex[:12]}"
    with psycopg.connect(beside(url, "postgres"), autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(named(url))))
    return beside(url, name)


def drop_postgres(url):
    """Drop a database."""
    with psycopg.connect(beside(url, "postgres"), autocommit=True) as server:
        server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(named(url))))
