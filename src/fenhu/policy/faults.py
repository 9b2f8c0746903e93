"""What is wrong with a policy file: every fault with its line, its key and what to do."""

from __future__ import annotations

import difflib
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from fenhu.policy.checks import CHECKS, KeyPath
from fenhu.policy.locate import LineMap
from fenhu.policy.reading import read_toml
from fenhu.policy.schema import Policy
from fenhu.policy.silence import TAKEN, filled, wrong_source
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFinding:
    """One fault of a policy file; ``line`` counts from 1, None where the whole file is meant."""

    line: int | None
    key: str
    message: Text


def find_faults(content: bytes) -> tuple[PolicyFinding, ...]:
    """Return every fault of a policy file's content, in the order of the file.

    Parameters
    ----------
    content
        The bytes of the file.
    """
    try:
        toml = content.decode("utf-8-sig")
        data = read_toml(toml)
    except UnicodeDecodeError as fault:
        return (_unreadable(content[: fault.start].count(b"\n") + 1, text("the file is not UTF-8")),)
    except tomllib.TOMLDecodeError as fault:
        return (_unreadable(_line_of(fault, toml), text("{detail}", detail=str(fault))),)
    except RecursionError:
        return (_unreadable(None, text("lists or tables are nested too deeply")),)
    faults = list(_faults_of(data))
    if not faults:
        return ()
    lines = LineMap(toml)
    found = [
        PolicyFinding(line=lines.line(path), key=spelled(path), message=message) for path, message in faults
    ]
    return tuple(sorted(found, key=lambda finding: (finding.line or 0, finding.key)))


def spelled(path: KeyPath) -> str:
    """Return a key path as people write it: ``cost_share[2].payer``, counted from 1."""
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words


def _unreadable(line: int | None, why: Text) -> PolicyFinding:
    message = text("The file cannot be read as TOML: {why}", why=why)
    return PolicyFinding(line=line, key="", message=message)


def _line_of(fault: tomllib.TOMLDecodeError, toml: str) -> int:
    """Return the line tomllib names in its message; the last one where it says "end of document"."""
    words = str(fault).replace(",", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else toml.count("\n") + 1


def _faults_of(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Text]]:
    """Yield schema faults section by section, then what sound sections say against each other."""
    wrong = wrong_source(data)
    if wrong is not None:
        yield ("silent_as",), wrong
    data = filled(data)
    sound: dict[str, Any] = {}
    sections = {field.alias or name: field for name, field in Policy.model_fields.items()}
    for key in data:
        if key not in sections:
            yield (key,), _unknown(key, sections)
    for key, field in sections.items():
        if key not in data:
            if field.is_required() and not (wrong is not None and key in TAKEN):
                yield (key,), text("{key} is missing; add it", key=key)
            elif not field.is_required():
                sound[key] = field.get_default()
            continue
        try:
            sound[key] = _section(key).validate_python(data[key])
        except ValidationError as fault:
            for error in fault.errors(include_url=False):
                path = (key, *map(_as_written, error["loc"]))
                yield path, _said(error, path)
    for check in CHECKS:
        if all(section in sound for section in check.sections):
            yield from check.find(*(sound[section] for section in check.sections))


def _as_written(part: str | int) -> str | int:
    """Return a key as the file spells it: values checked where they are missing go by their own name."""
    return part.removesuffix("_zh") if isinstance(part, str) else part


@cache
def _section(key: str) -> TypeAdapter[Any]:
    field = next(field for name, field in Policy.model_fields.items() if (field.alias or name) == key)
    annotation: Any = field.annotation
    for constraint in field.metadata:
        annotation = typing.Annotated[annotation, constraint]
    return TypeAdapter(annotation)


def _said(error: ErrorDetails, path: KeyPath) -> Text:
    key = str(path[-1])
    kind, context = error["type"], error.get("ctx", {})
    match kind:
        case "missing":
            return text("{key} is missing; add it", key=key)
        case "extra_forbidden":
            return _unknown(key, _known_keys(path[:-1]))
        case "clause_missing":
            return text("A fact names the clause it comes from: add clause, or assumed = true with a reason")
        case "reason_missing":
            return text("An assumption gives its reason in both languages: add reason and reason_en")
        case "literal_error" | "enum":
            return text(
                "{value} is not possible here; possible: {expected}",
                value=str(error["input"]),
                expected=str(context.get("expected", "")),
            )
        case "month_day":
            return text(
                '{value} is no day of the year; write month and day as "04-30"', value=str(error["input"])
            )
        case _ if kind in _LIMITS:
            limit = str(next(iter(context.values()), ""))
            return replace(_LIMITS[kind], params={"value": str(error["input"]), "limit": limit})
        case _:
            return text(
                "{value} is of the wrong kind; expected: {expected}",
                value=_short(error["input"]),
                expected=_EXPECTED.get(kind, text("{detail}", detail=error["msg"])),
            )


_LIMITS = {
    "greater_than_equal": text("{value} is too small; at least {limit}"),
    "greater_than": text("{value} is too small; more than {limit}"),
    "less_than_equal": text("{value} is too large; at most {limit}"),
    "decimal_max_places": text("{value} has too many decimals; at most {limit}"),
    "string_too_short": text("The text is empty; write at least {limit} character"),
    "too_short": text("The list is empty; give at least one entry"),
    "string_pattern_mismatch": text("{value} is no code; use small letters, digits and _ (pattern {limit})"),
}
_EXPECTED = {
    "int_type": text("a whole number"),
    "decimal_type": text("a number"),
    "finite_number": text("a number"),
    "fraction": text('a number, or a fraction in quotes such as "2/3"'),
    "string_type": text("a text in quotes"),
    "bool_type": text("true or false"),
    "date_type": text("a date such as 2010-05-10, without quotes"),
    "tuple_type": text("a list in [ ], or a repeated [[table]]"),
    "model_type": text("a table"),
    "dict_type": text("a table"),
}


def _unknown(key: str, known: Mapping[str, object]) -> Text:
    near = difflib.get_close_matches(key, known, n=1)
    if near:
        return text("Key {key} is not known here; did you mean {near}?", key=key, near=near[0])
    return text("Key {key} is not known here; known: {known}", key=key, known=", ".join(known))


def _known_keys(path: KeyPath) -> Mapping[str, object]:
    """Return the keys that the table at ``path`` may have."""
    model: Any = Policy
    for part in path:
        if isinstance(part, int):
            continue
        by_alias = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        model = _model_in(by_alias[part])
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> Any:
    """Return the table type inside ``X``, ``X | None`` or ``tuple[X, ...]``."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation
    candidates = [_model_in(argument) for argument in typing.get_args(annotation) if argument is not Ellipsis]
    return next(candidate for candidate in candidates if issubclass(candidate, BaseModel))


def _short(value: object) -> str:
    said = "true" if value is True else "false" if value is False else str(value)
    return said if len(said) <= 60 else said[:57] + "..."
