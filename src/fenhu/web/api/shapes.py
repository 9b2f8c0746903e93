"""The shapes many operations share: texts, cursors, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from ninja import Header, Path, Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from fenhu.web.api.problems import Problem
from fenhu.worksheets import trimmed

MOST_ROWS = 1000
MOST_ITEMS, USUAL_ITEMS = 500, 100
MOST_ID = 2**63 - 1
GO_ON = "go on after this item: what the page before said as next"
_NO_CONTROL = r"^[^\x00-\x1f\x7f-\x9f]*$"
_UNSEEN = r"\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_FILLED = rf"^[^\x00-\x1f\x7f-\x9f]*[^\s{_UNSEEN}][^\x00-\x1f\x7f-\x9f]*$"
Row = TypeVar("Row")


def _as_day(value: Any) -> Any:
    """Return a day as it is written; a number is none, and neither is a time."""
    if not isinstance(value, str) or len(value) != len("2010-11-30"):
        raise PydanticCustomError("date_type", "not a day")
    return value


def _as_time(value: Any) -> Any:
    """Return a time as it is written; a number is none, nor is one in a text."""
    if not isinstance(value, str) or value[4:5] != "-":
        raise PydanticCustomError("datetime_type", "not a time")
    return value


def _filled(value: str) -> str:
    """Return a text that is more than blanks."""
    if not value:
        raise PydanticCustomError("string_too_short", "blank", {"min_length": 1})
    return value


# Texts by their longest, without control signs, which no database and no paper can hold. Blanks and unseen
# signs around them are dropped, so that every door knows the same thing by the same words.
_Words = Annotated[str, StringConstraints(pattern=_NO_CONTROL, strict=True)]
Words40 = Annotated[_Words, Field(max_length=40), AfterValidator(trimmed)]
Words80 = Annotated[_Words, Field(max_length=80), AfterValidator(trimmed)]
Words200 = Annotated[_Words, Field(max_length=200), AfterValidator(trimmed)]
_Filled = Field(json_schema_extra={"minLength": 1, "pattern": _FILLED})
Code = Annotated[Words40, AfterValidator(_filled), _Filled]
Reference = Annotated[Words80, AfterValidator(_filled), _Filled]
Name = Annotated[Words200, AfterValidator(_filled), _Filled]
FlatName = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{1,3}-[0-9]{1,3}-[^\x00-\x1f\x7f-\x9f]{1,20}$", strict=True),
    AfterValidator(trimmed), Field(description="unit-storey-room"),
]  # fmt: skip
Percent = Annotated[float, Field(ge=0, le=100)]
RoomC = Annotated[float, Field(ge=-20, le=45)]
Day = Annotated[date, Field(strict=False), BeforeValidator(_as_day)]
Time = Annotated[AwareDatetime, Field(strict=False), BeforeValidator(_as_time)]
CodeInPath = Annotated[Code, Path(description="number of the building in the register")]
IdInPath = Annotated[int, Path(ge=1, le=MOST_ID)]
Year = Annotated[int, Field(ge=1900, le=2200)]
IdempotencyKey = Annotated[
    Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", min_length=8, max_length=64)],
    Header(
        alias="Idempotency-Key",
        description="a new random text (a UUID) with every new call; the same again repeats the first answer",
    ),
]


class Sent(Schema):
    """What a call may send: the fields named, each of its own kind, nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Asked(Schema):
    """What a list is narrowed by, and how much of it is wanted."""

    limit: int = Field(USUAL_ITEMS, ge=1, le=MOST_ITEMS, description="how many items at most")


class AskedByCode(Asked):
    """A list that goes on after the number of a building."""

    after: Words40 = Field("", description=GO_ON)


class AskedById(Asked):
    """A list that goes on after an id."""

    after: int = Field(0, ge=0, le=MOST_ID, description=GO_ON)


class Page(Schema, Generic[Row]):
    """Some items, and where to go on; ``next`` is null on the last page."""

    items: list[Row]
    next: str | None


def page(rows: Iterable[Any], limit: int, cursor: Callable[[Any], Any]) -> dict[str, Any]:
    """Return at most ``limit`` of ``rows``, which hold one more where there is a next page."""
    items = list(rows)
    more = len(items) > limit
    items = items[:limit]
    return {"items": items, "next": str(cursor(items[-1])) if more else None}


_ALWAYS, _CHANGES = (401, 403, 404, 422, 429), (400, 409, 413)
READS: dict[int, Any] = dict.fromkeys(_ALWAYS, Problem)
CHANGES: dict[int, Any] = dict.fromkeys(sorted((*_ALWAYS, *_CHANGES)), Problem)
