"""When the last backup was made, noted in the data folder for whoever watches."""

from __future__ import annotations

import os
from datetime import datetime

from django.conf import settings
from pydantic import BaseModel, ConfigDict, ValidationError

NOTE = "last_backup.json"


class LastBackup(BaseModel):
    """A backup that was made and read back."""

    model_config = ConfigDict(frozen=True)

    made_at: datetime
    size_bytes: int


def note_backup(made: LastBackup) -> None:
    """Note that a backup was made."""
    draft = settings.DATA_DIR / f"{NOTE}.{os.getpid()}"
    draft.write_text(made.model_dump_json(), encoding="utf-8")
    draft.replace(settings.DATA_DIR / NOTE)


def last_backup() -> LastBackup | None:
    """Return the last backup, None where none was made from here."""
    try:
        return LastBackup.model_validate_json((settings.DATA_DIR / NOTE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
