"""What is wrong with what a person gave, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fenhu.wording import Text


class Severity(StrEnum):
    """An error stops the import; a warning names what will be assumed."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault in a register: ``row`` counts as the spreadsheet does (header is 1), None: all of it."""

    severity: Severity
    sheet: str
    row: int | None
    column: str | None
    code: str
    message: Text
