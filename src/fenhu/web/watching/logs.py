"""Log lines without personal data: what happened and where in the program, never with whose values.

A line of the product itself is written as it stands: whoever writes one gives it numbers, codes and what is
wrong with the rules.
A line of a library is written by its pattern, without what would fill it (paths, login names, rows), or where
it has no pattern, by the place that wrote it. An exception is written as its kind and the places it went
through, without its message, which may quote what somebody entered.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

OWN = "fenhu"
FIELDS = ("view", "method", "status", "milliseconds", "user")
request_id: ContextVar[str] = ContextVar("fenhu_request_id", default="")
_Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def impersonal(record: logging.LogRecord) -> logging.LogRecord:
    """Return a record's line without whatever a person may have entered, with the request it belongs to."""
    own = record.name.partition(".")[0] == OWN
    known = {name: getattr(record, name) for name in FIELDS if own and hasattr(record, name)}
    known |= {"request": request_id.get()} if request_id.get() else {}
    message, arguments = (record.msg, _kinds(record.args)) if own else (_pattern(record), None)
    line = logging.LogRecord(
        record.name, record.levelno, record.pathname, record.lineno, message, arguments, record.exc_info,
        record.funcName,
    )  # fmt: skip
    line.created, line.msecs = record.created, record.msecs
    line.__dict__.update(known)
    return line


def _kinds(arguments: Any) -> Any:
    """Return what fills a line of our own, exceptions by their kind alone."""
    if not isinstance(arguments, tuple):
        return arguments
    return tuple(type(one).__name__ if isinstance(one, BaseException) else one for one in arguments)


def _pattern(record: logging.LogRecord) -> str:
    """Return what a library says, as long as it cannot hold anybody's values."""
    if record.args and isinstance(record.msg, str):
        return record.msg
    return f"{record.module}.{record.funcName}, line {record.lineno}"


def told(fault: BaseException) -> Iterator[str]:
    """Yield an exception's kind and the places it went through, and those of what it came from."""
    cause = fault.__cause__ or fault.__context__
    if cause is not None:
        yield from told(cause)
        yield "then"
    for place in traceback.extract_tb(fault.__traceback__):
        yield f'  File "{place.filename}", line {place.lineno}, in {place.name}'
    yield f"{type(fault).__module__}.{type(fault).__qualname__}"


class Lines(logging.Formatter):
    """A line for people: time, level, where from, what, and the fields of a request."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s%(fields)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = impersonal(record)
        found = {name: getattr(line, name) for name in (*FIELDS, "request") if hasattr(line, name)}
        line.fields = "".join(f" {name}={value}" for name, value in found.items())
        return super().format(line)

    def formatException(self, ei: _Fault) -> str:  # noqa: N802  logging's own name
        """Return the kind of an exception and its places."""
        return "\n".join(told(ei[1])) if ei[1] is not None else ""


class Json(JsonFormatter):
    """A line for programs: one JSON object, its fields by name."""

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z",
            rename_fields={"asctime": "time", "levelname": "level", "name": "from", "exc_info": "fault"},
            json_ensure_ascii=False,
        )  # fmt: skip

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return str(super().format(impersonal(record)))

    def formatException(self, ei: _Fault) -> list[str]:  # type: ignore[override]  # noqa: N802
        """Return the kind of an exception and its places, a place an item."""
        return list(told(ei[1])) if ei[1] is not None else []


def _tells_a_fault(record: logging.LogRecord) -> bool:
    return bool(record.exc_info)


def logging_settings(form: str) -> dict[str, Any]:
    """Return the settings of all logging of a process: one line a record to the standard error.

    What Django says of a refused request is left out: the request's own line has it.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"faults": {"()": "django.utils.log.CallbackFilter", "callback": _tells_a_fault}},
        "formatters": {"text": {"()": f"{__name__}.Lines"}, "json": {"()": f"{__name__}.Json"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            OWN: {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING"},
            "django.request": {"filters": ["faults"]},
        },
    }
