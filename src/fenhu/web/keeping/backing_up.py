"""Writing a backup while the product serves."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from fenhu.errors import InputFault
from fenhu.web.keeping import archive
from fenhu.web.keeping.databases import copied
from fenhu.web.keeping.last import LastBackup, note_backup
from fenhu.web.keeping.manifest import Manifest
from fenhu.web.keeping.workroom import workroom
from fenhu.web.storing import DRAFTS
from fenhu.wording import text

MEDIA = "media"
KEY = "secret_key"


def backup(path: Path) -> Manifest:
    """Write all the city stored into one file, read it back, and return what it holds.

    The database is copied as of one moment, the files after it: they are only ever added.

    Raises
    ------
    InputFault
        If the file is there already, cannot be written, or the database cannot be copied.
    """
    if not path.parent.is_dir():
        raise InputFault(text("There is no folder {path}; make it first", path=str(path.parent)))
    archive.refuse_taken(path)
    with workroom(path.parent, ".fenhu-backup-") as folder:
        copy = folder / archive.DATABASE
        held = copied(copy)
        described = Manifest(
            made_at=timezone.now(), database="sqlite" if connection.vendor == "sqlite" else "postgresql",
            rows=held.rows, migrations=held.migrations, members={},
        )  # fmt: skip
        made = archive.write(path, {archive.DATABASE: copy} | _stored(), described)
    note_backup(LastBackup(made_at=made.made_at, size_bytes=path.stat().st_size))
    return made


def _stored() -> dict[str, Path]:
    """Return the files beside the database by the name they have in a backup."""
    media, key = Path(settings.MEDIA_ROOT), settings.DATA_DIR / KEY
    found = {
        f"{MEDIA}/{path.relative_to(media).as_posix()}": path
        for path in sorted(media.rglob("*")) if path.is_file() and path.parent.name != DRAFTS
    }  # fmt: skip
    return found | ({KEY: key} if key.is_file() else {})
