"""What can be wrong with a call, beside what can be wrong with the verb it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.errors import Conflict, FenhuError, NotAllowed
from fenhu.wording import Text, text


class BadToken(FenhuError):
    """Nobody is known by the token."""

    code = "bad-token"


class MissingRight(NotAllowed):
    """The token is for something else."""

    code = "missing-right"


class TooManyCalls(FenhuError):
    """The token's calls of this minute are used up."""

    code = "too-many-calls"

    def __init__(self, message: Text, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class KeyUsed(Conflict):
    """The idempotency key stands for another call."""

    code = "key-used"


class NoSuchMethod(FenhuError):
    """The address cannot be asked this way."""

    code = "method"


class Unreadable(FenhuError):
    """The body is no JSON."""

    code = "unreadable"


class TooLarge(FenhuError):
    """The body is larger than one call may be."""

    code = "too-large"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """What is wrong with one row of many: ``row`` counts from 0, as JSON does."""

    row: int | None
    field: str
    code: str
    message: Text


class FaultyRows(Conflict):
    """Rows that do not fit what is stored; none of the call's rows was taken."""

    code = "faulty-rows"

    def __init__(self, rows: Sequence[RowFault]) -> None:
        super().__init__(text(
            "{count} faults; nothing of this call was stored. Correct the rows named and send all again",
            count=len(rows),
        ))  # fmt: skip
        self.rows = tuple(rows)
