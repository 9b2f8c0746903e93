"""The rows of ``tables/review.toml`` as the rules read them, and the standards they cite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from fenhu import tables
from fenhu.design.review.values import Row
from fenhu.policy import Policy
from fenhu.wording import Text, bilingual, text

_MARKS = ("source", "trust")
_READ = "S"
_POINTS = "review"
_POLICY = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The clause a check stands on: whether it is in force on a day, and since when."""

    clause: Text
    valid_from: date
    verified: bool


@cache
def rows() -> Mapping[str, Row]:
    """Return the checks by code, with every limit as a number."""
    return MappingProxyType({code: _with_limits(row) for code, row in tables.load("review")["check"].items()})


def title_of(row: Row) -> Text:
    """Return what a check is about."""
    return bilingual(row["title"], row["title_en"])


def cited(row: Row, on: date, policy: Policy | None) -> tuple[Cited, bool]:
    """Return the clause that judges on a day, and whether it is in force then.

    A standard not yet in force gives way to the older one with the same rule; where there is none, the newer
    one is cited as not in force.
    """
    newest = _cited(row, policy)
    if newest.valid_from <= on:
        return newest, True
    older = row.get("older")
    found = _cited(older, policy) if older else newest
    return (found, True) if found.valid_from <= on else (newest, False)


def is_read(standard: str, trust: str) -> bool:
    """Return whether a clause was read in its text; points of the review are no clause."""
    return trust == _READ and standard != _POINTS


def _cited(row: Row, policy: Policy | None) -> Cited:
    name = row["standard"]
    standard = tables.load("review")["standard"][name]
    verified = is_read(name, row["trust"])
    if name == _POLICY and policy is not None:
        clause = bilingual(
            f"{policy.document} {policy.form.clause}", f"{policy.document} {policy.form.clause}"
        )
        return Cited(clause=clause, valid_from=standard["valid_from"], verified=verified)
    return Cited(clause=_clause(name, row["clause"]), valid_from=standard["valid_from"], verified=verified)


def _clause(name: str, clause: str) -> Text:
    standard = tables.load("review")["standard"][name]
    if not name[-1].isdigit():
        return bilingual(standard["name"], standard["name_en"])
    if not clause:
        return bilingual(name, name)
    return text("{standard}, {clause}", standard=name, clause=clause)


def _with_limits(row: Row) -> Row:
    return MappingProxyType({**row, "limit": MappingProxyType(_resolved(row.get("limit", {})))})


def _resolved(limits: Row) -> dict[str, float]:
    return {key: limit_value(value) for key, value in limits.items() if key not in _MARKS}


def limit_value(value: Any) -> Any:
    """Return a limit, or what stands at "table:key.key" in the table the design reads."""
    if not isinstance(value, str):
        return value
    table, _, path = value.partition(":")
    found: Any = tables.load(table)
    for key in path.split("."):
        found = found[key]
    return found
