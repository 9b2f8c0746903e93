"""Bringing what is stored to the program's version: backup, a copy upgraded and proved, then in place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from fenhu.web.keeping import archive, candidates, swapping
from fenhu.web.keeping.backing_up import MEDIA, backup
from fenhu.web.keeping.lock import alone
from fenhu.web.keeping.workroom import workroom

FOLDER = "backups"


@dataclass(frozen=True, slots=True)
class Upgraded:
    """How many migrations were gone through, and the backup of what was there; None: nothing to do."""

    migrations: int
    backup: Path | None


def upgrade(path: Path | None = None) -> Upgraded:
    """Bring the database to the program's version, or leave it as it is.

    A backup is written and read back; its copy of the database is upgraded, counted and proved beside the one
    in use, which is touched only when all of that went well, and then set aside into ``before_…``.

    Raises
    ------
    InputFault
        If the product runs, there is nothing stored, the backup cannot be written, or the upgraded copy is
        refused; what is there then stands as before.
    """
    with alone():
        swapping.finish()
        missing = 0 if candidates.is_empty() else pending()
        if not missing:
            return Upgraded(migrations=0, backup=None)
        moment = f"{timezone.localtime():%Y%m%d_%H%M%S}"
        kept = path or _place(moment)
        manifest = backup(kept)
        with workroom(settings.DATA_DIR, ".upgrading-") as folder:
            archive.unpack_one(kept, manifest, archive.DATABASE, folder)
            if Path(settings.MEDIA_ROOT).is_dir():
                (folder / MEDIA).symlink_to(settings.MEDIA_ROOT)
            with candidates.candidate(folder / archive.DATABASE, folder, f"upgraded_{moment}") as (new, held):
                candidates.prove(held, manifest)
                candidates.bring_up(new, folder)
                database, files = candidates.database_move(new, settings.DATA_DIR / f"before_{moment}")
                swapping.put_in_place(swapping.Swap(moves=files, database=database))
    return Upgraded(migrations=missing, backup=kept)


def pending() -> int:
    """Return how many migrations of the program the database has not gone through."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _place(moment: str) -> Path:
    folder = settings.DATA_DIR / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"before-upgrade-{moment}.fenhu"
