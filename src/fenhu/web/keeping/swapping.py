"""Putting restored data in place of what is there: all of it, also when the machine stops half-way.

What is to be moved is written down first; whoever opens the data folder next does what is left of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from psycopg.sql import SQL, Identifier

from fenhu.web.keeping.databases import postgres_server

NOTE = ".restored.json"


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to put in place; what stood there goes aside."""

    new: str
    place: str
    aside: str


@dataclass(frozen=True, slots=True)
class Swap:
    """What a restore puts in place: files and folders, and on PostgreSQL a database by its name."""

    moves: Sequence[Move]
    database: Move | None = None


def put_in_place(swap: Swap) -> None:
    """Move restored data to where the product looks for it."""
    draft = settings.DATA_DIR / f"{NOTE}.{os.getpid()}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(swap), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(settings.DATA_DIR / NOTE)
    finish()


def finish() -> None:
    """Do what is left of a swap that was begun; nothing where none was."""
    note = settings.DATA_DIR / NOTE
    if not note.exists():
        return
    begun = json.loads(note.read_text(encoding="utf-8"))
    if begun["database"]:
        _rename_database(Move(**begun["database"]))
    for move in begun["moves"]:
        _move(Move(**move))
    note.unlink()


def _move(move: Move) -> None:
    new, place, aside = Path(move.new), Path(move.place), Path(move.aside)
    if not new.exists():
        return
    aside.parent.mkdir(parents=True, exist_ok=True)
    if place.is_file() and not aside.exists():
        os.link(place, aside)
    elif place.is_dir():
        place.rename(aside)
    place.parent.mkdir(parents=True, exist_ok=True)
    new.replace(place)


def _rename_database(move: Move) -> None:
    rename = SQL("ALTER DATABASE {} RENAME TO {}")
    with postgres_server() as server, server.transaction():
        names = {name for (name,) in server.execute("SELECT datname FROM pg_database")}
        if move.new not in names:
            return
        if move.place in names:
            server.execute(rename.format(Identifier(move.place), Identifier(move.aside)))
        server.execute(rename.format(Identifier(move.new), Identifier(move.place)))
