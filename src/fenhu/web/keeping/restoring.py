"""Putting a backup in place, proved before anything that is there is touched."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from fenhu.errors import InputFault
from fenhu.web.keeping import archive, candidates
from fenhu.web.keeping.backing_up import KEY, MEDIA
from fenhu.web.keeping.lock import alone
from fenhu.web.keeping.manifest import Manifest
from fenhu.web.keeping.swapping import Move, Swap, put_in_place
from fenhu.web.keeping.workroom import workroom
from fenhu.wording import text


def restore(path: Path, *, replace: bool = False) -> Manifest:
    """Put a backup's database and files in place, and return what it held.

    Every file is compared with its digest, every table with its count, the database is brought to the
    program's version and its journal and books are proved, all beside what is there. What was there then goes
    aside, into ``before-…`` of the data folder (on PostgreSQL: a database of that name); nothing is deleted.

    Raises
    ------
    UnreadableFile
        If the file is no backup, or damaged.
    InputFault
        If it is of another kind of database or a later version, the product runs, or there is data and
        ``replace`` does not say so.
    """
    manifest = archive.manifest_of(path)
    _refuse_unfit(manifest)
    mark = f"before_{timezone.localtime():%Y%m%d_%H%M%S}"
    with alone():
        if not replace and not _nothing_there():
            raise InputFault(text(
                "{folder} holds data already; with --replace it is set aside, and nothing of it is deleted",
                folder=str(settings.DATA_DIR),
            ))  # fmt: skip
        with workroom(settings.DATA_DIR, ".restoring-") as folder:
            _restore(path, manifest, folder, mark)
    return manifest


def _restore(path: Path, manifest: Manifest, folder: Path, mark: str) -> None:
    archive.unpack(path, manifest, folder)
    dump = folder / archive.DATABASE
    with candidates.candidate(dump, folder, mark.replace("before", "restored")) as (address, held):
        candidates.prove(held, manifest)
        candidates.bring_up(address, folder)
        aside = settings.DATA_DIR / mark
        database, files = candidates.database_move(address, aside)
        beside = ((folder / KEY, settings.DATA_DIR / KEY), (folder / MEDIA, Path(settings.MEDIA_ROOT)))
        moves = tuple(
            Move(new=str(new), place=str(place), aside=str(aside / place.name))
            for new, place in beside if new.exists()
        )  # fmt: skip
        put_in_place(Swap(moves=files + moves, database=database))


def _refuse_unfit(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise InputFault(text(
            "The backup holds a database of {there}, the product runs on {here}; see DATABASE_URL",
            there=manifest.database, here=connection.vendor,
        ))  # fmt: skip
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if unknown:
        raise InputFault(text(
            "The backup was made by a later version ({migration} is not known here); install that first",
            migration=unknown[0],
        ))  # fmt: skip


def _nothing_there() -> bool:
    media = Path(settings.MEDIA_ROOT)
    return candidates.is_empty() and not (media.is_dir() and any(media.iterdir()))
