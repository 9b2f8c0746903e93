"""A planning task as bytes and a plan as JSON, and both back, the same to the last digit.

The bytes are a mark, then compressed JSON that says its own kinds of values. A newer program reads older
files: fields a file does not have take their default.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from fenhu.errors import InputFault
from fenhu.planning.model.judge import shortfalls
from fenhu.planning.task.instance import Budgets, Buildings, Clusters, Instance, Rules
from fenhu.planning.task.result import PlanResult, years_array
from fenhu.wording import text

_MARK = b"fenhu planning task "
VERSION = 1
_PARTS: dict[str, Any] = {"buildings": Buildings, "clusters": Clusters, "budgets": Budgets, "rules": Rules}


def keep_instance(instance: Instance) -> bytes:
    """Return ``instance`` as bytes to store; equal tasks give equal bytes.

    References
    ----------
    docs/engineers/planning.md#kept-tasks
    """
    kept = _row(instance) | {part: _row(getattr(instance, part)) for part in _PARTS}
    body = json.dumps(kept, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return _MARK + f"{VERSION}\n".encode() + zlib.compress(body.encode())


def kept_instance(kept: bytes) -> Instance:
    """Return the task that ``keep_instance`` made ``kept`` of.

    Raises
    ------
    InputFault
        If the bytes are damaged, no planning task, or written by a newer program.
    """
    head, _, body = kept.partition(b"\n")
    if not head.startswith(_MARK) or not head[len(_MARK) :].isdigit():
        raise InputFault(text("This is no stored planning task; run the study again."), code="task-damaged")
    if int(head[len(_MARK) :]) > VERSION:
        raise InputFault(text("The stored planning task was written by a newer fenhu; update this one."),
                         code="task-newer")  # fmt: skip
    try:
        stored = json.loads(zlib.decompress(body))
        parts = {part: made(**_read_row(stored.pop(part))) for part, made in _PARTS.items()}
        return Instance(**parts, **_read_row(stored))
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise InputFault(
            text("The stored planning task is damaged ({reason}); run the study again.", reason=str(wrong)),
            code="task-damaged",
        ) from wrong


def keep_result(result: PlanResult) -> dict[str, Any]:
    """Return a plan as JSON values; what it is short of follows from its task and is not kept."""
    kept = {one.name: getattr(result, one.name) for one in fields(result) if one.name != "shortfalls"}
    return kept | {"year_of": list(result.year_of)}


def kept_result(instance: Instance, kept: Mapping[str, Any]) -> PlanResult:
    """Return the plan of ``instance`` that ``keep_result`` made ``kept`` of."""
    known = {one.name: kept[one.name] for one in fields(PlanResult) if one.name in kept}
    result = PlanResult(**known | {"year_of": tuple(kept["year_of"]), "shortfalls": ()})
    return replace(result, shortfalls=shortfalls(instance, years_array(result)))


def _row(values: Any) -> dict[str, Any]:
    return {one.name: _value(getattr(values, one.name)) for one in fields(values) if one.name not in _PARTS}


def _value(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return {"array": value.ravel().tolist(), "kind": value.dtype.str, "shape": value.shape}
    if isinstance(value, frozenset):
        return {"set": sorted(value)}
    return value


def _read_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _read_value(value) for name, value in row.items()}


def _read_value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict) and "array" in value:
        return np.array(value["array"], dtype=np.dtype(value["kind"])).reshape(value["shape"])
    return frozenset(value["set"]) if isinstance(value, dict) else value
