"""Stored files, each whole or not there at all: on the disk before its name is, however the writing ends."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError
from django.utils import timezone

DRAFTS = ".drafts"
NO_ROOM_BYTES = 1 << 20
OLD_AFTER_S = 24 * 3600
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class WholeFiles(FileSystemStorage):
    """Writes a file beside its place and gives it its name only when all of it is on the disk."""

    def _save(self, name: str, content: File) -> str:
        draft = Path(self.path(f"{DRAFTS}/{secrets.token_hex(8)}"))
        draft.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(draft, content, self.file_permissions_mode)
            return self._named(name, draft)
        finally:
            draft.unlink(missing_ok=True)

    def _named(self, name: str, draft: Path) -> str:
        while True:
            place = Path(self.path(name))
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(draft, place)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return Path(name).as_posix()


def _write(draft: Path, content: File, mode: int | None) -> None:
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode or 0o600), "wb") as file:
        for chunk in content.chunks():
            file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
        file.flush()
        os.fsync(file.fileno())


def clear_drafts() -> None:
    """Remove what was being written when the product was killed a day ago or longer."""
    for draft in (Path(settings.MEDIA_ROOT) / DRAFTS).glob("*"):
        if timezone.now().timestamp() - draft.stat().st_mtime > OLD_AFTER_S:
            draft.unlink(missing_ok=True)


def is_out_of_room(fault: BaseException | None) -> bool:
    """Return whether a fault, or what caused it, says that the disk of files or database is full."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno in _FULL:
            return True
        if isinstance(fault, DatabaseError) and _database_is_full(fault):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _database_is_full(fault: Any) -> bool:
    """Return what a database says of itself; SQLite, unable even to open, blames the disk."""
    said, free_bytes = str(fault), shutil.disk_usage(settings.DATA_DIR).free
    full = "disk is full" in said or ("disk I/O error" in said and free_bytes < NO_ROOM_BYTES)
    return full or getattr(fault.__cause__, "sqlstate", None) == "53100"
