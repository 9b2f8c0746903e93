"""Changes to known buildings and flats, row by row from another system: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from fenhu.programme import Role
from fenhu.records import BuildingRecord, Finding, Register, Severity
from fenhu.register import lowest_above_mean, pipes_are_older
from fenhu.web.access.gates import require_role
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.registry import queries as registry
from fenhu.web.registry.comparing import Action, compare
from fenhu.web.registry.services import apply_changes
from fenhu.web.rules import current_policy
from fenhu.wording import Text, text

CHANGERS = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRows:
    """What became of the rows: with a finding nothing was changed."""

    findings: tuple[Finding, ...] = ()
    changed: int = 0
    same: int = 0


@transaction.atomic
def change_buildings(actor: Any, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> ChangedRows:
    """Return what became of changes to buildings: each row names one and the fields it sets.

    Raises
    ------
    NotAllowed
        If the actor changes no register.
    Conflict
        If somebody else changed a row meanwhile.
    """
    own = _own(actor, {code for code, _ in rows})
    stored = registry.records_of(own)
    findings = [*_unknown(rows, stored, _no_building), *_twice(rows)]
    if findings:
        return ChangedRows(findings=tuple(findings))
    records = [replace(stored[code], **values) for code, values in rows]
    findings = [found for index, (record, (_, values)) in enumerate(zip(records, rows, strict=True))
                for found in _contradictions(index, record, values)]  # fmt: skip
    if findings:
        return ChangedRows(findings=tuple(findings))
    return _apply(actor, Register(buildings=tuple(records), flats=()))


def _contradictions(index: int, record: BuildingRecord, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what cannot hold in a building, as the workbook judges it; pipes only where a row sets them."""
    if (said := lowest_above_mean(record)) is not None:
        yield _finding(index, "min_room_c", "min-above-mean", said)
    if "pipe_year" in values and pipes_are_older(record):
        yield _finding(index, "pipe_year", "pipe-older", text(
            "The pipes are of {pipe_year}, the building only of {year_built}; correct one of them",
            pipe_year=record.pipe_year, year_built=record.year_built,
        ))  # fmt: skip


@transaction.atomic
def change_flats(actor: Any, rows: Sequence[tuple[tuple[str, str], Mapping[str, Any]]]) -> ChangedRows:
    """Return what became of changes to flats: each row names a building, a flat and the fields it sets.

    Raises
    ------
    NotAllowed
        If the actor changes no register.
    Conflict
        If somebody else changed a row meanwhile.
    """
    own = _own(actor, {code for (code, _), _ in rows})
    wanted = {name for name, _ in rows if name[0] in own}
    stored = {
        (record.building, record.flat_id): record
        for record in registry.flat_records_in({code for code, _ in wanted})
        if (record.building, record.flat_id) in wanted
    }
    findings = [*_unknown(rows, stored, _no_flat), *_twice(rows)]
    if findings:
        return ChangedRows(findings=tuple(findings))
    records = [replace(stored[name], **values) for name, values in rows]
    houses = registry.records_of({record.building for record in records})
    return _apply(actor, Register(buildings=tuple(houses.values()), flats=tuple(records)))


def _own(actor: Any, codes: set[str]) -> set[str]:
    """Return which of these buildings are the actor's to change."""
    require_role(actor, *CHANGERS)
    fitting = [grant for grant in grants_of(actor) if grant.role in CHANGERS]
    seen = registry.visible_buildings(actor).covered_by(fitting).filter(code__in=codes)
    return set(seen.values_list("code", flat=True))


def _apply(actor: Any, register: Register) -> ChangedRows:
    changes = list(compare(register, None))
    changed = [one for one in changes if one.action is Action.CHANGED]
    asked = len(register.flats) or len(register.buildings)
    if changed:
        apply_changes(changed, policy=current_policy(), synthetic=False, actor=actor)
        sheets = {sheet: {"changed": sum(one.sheet == sheet for one in changed)}
                  for sheet in {one.sheet for one in changed}}  # fmt: skip
        journal.record(actor=actor, subject="register", kind="register.changed", data={"rows": sheets})
    return ChangedRows(changed=len(changed), same=asked - len(changed))


def _unknown(
    rows: Sequence[tuple[Any, Any]], stored: Mapping[Any, Any], said: Callable[[Any], tuple[str, str, Text]]
) -> Iterator[Finding]:
    for index, (name, _) in enumerate(rows):
        if name not in stored:
            column, code, message = said(name)
            yield _finding(index, column, code, message)


def _no_building(code: str) -> tuple[str, str, Text]:
    return "building", "unknown-building", text("No building of yours has the number {code}", code=code)


def _no_flat(name: tuple[str, str]) -> tuple[str, str, Text]:
    return "flat", "unknown-flat", text(
        "Building {code} has no flat {flat}; write unit-storey-room", code=name[0], flat=name[1]
    )  # fmt: skip


def _twice(rows: Sequence[tuple[Any, Any]]) -> Iterator[Finding]:
    met = set()
    for index, (name, _) in enumerate(rows):
        if name in met:
            yield _finding(index, "building", "twice", text("This row names what an earlier one names"))
        met.add(name)


def _finding(index: int, column: str, code: str, message: Text) -> Finding:
    return Finding(
        severity=Severity.ERROR, sheet="rows", row=index, column=column, code=code, message=message
    )
