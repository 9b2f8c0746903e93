"""What a backup says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Member(BaseModel):
    """One file of a backup: its size and SHA-256."""

    model_config = ConfigDict(frozen=True)

    size_bytes: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds: rows by table, migrations the database has gone through, files with digests."""

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = 1
    made_at: datetime
    database: Literal["sqlite", "postgresql"]
    migrations: tuple[tuple[str, str], ...]
    rows: Mapping[str, int]
    members: Mapping[str, Member]

    @property
    def row_count(self) -> int:
        """Return how many rows the database holds."""
        return sum(self.rows.values())

    @property
    def file_count(self) -> int:
        """Return how many files lie beside the database."""
        return len(self.members) - 1
