"""A plan in force as the planner takes it: read from a plan.json, and where every building stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, StrictInt, StrictStr, ValidationError

from fenhu import planning
from fenhu.errors import InputFault, OutOfRange, UnknownItem, UnreadableFile, reason_of
from fenhu.policy.faults import spelled
from fenhu.wording import text


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A plan in force and what has happened since; all by code of what is planned, years as labels.

    Whoever has a year is approved unless ``free``, ``signed``, ``built`` or ``dropped``. Years before
    ``open_from`` are over (None: none is). What the register says is converted counts as built.
    """

    years: Mapping[str, int]
    dropped: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()
    built: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()
    open_from: int | None = None


_EXPECTED = '{"years": [{"year": 2011, "buildings": ["A1"]}]}'


class _Year(BaseModel):
    year: StrictInt
    buildings: list[StrictStr]


class _PlanFile(BaseModel):
    years: list[_Year]


def read_in_force(path: Path) -> Mapping[str, int]:
    """Return the year of every building in an earlier plan.json.

    Raises
    ------
    UnreadableFile
        If there is no such file, or it is no plan.json of a register.
    InputFault
        If a building stands in two years.
    """
    years: dict[str, int] = {}
    for one in _plan_file(path).years:
        for code in one.buildings:
            if years.setdefault(code, one.year) != one.year:
                raise InputFault(
                    text("{file} has building {code} in two years.", file=path.name, code=code),
                    code="two-years",
                )
    return years


def _plan_file(path: Path) -> _PlanFile:
    try:
        return _PlanFile.model_validate_json(path.read_bytes())
    except OSError as fault:
        raise UnreadableFile(
            text("{path} cannot be read: {why}", path=str(path), why=reason_of(fault)),
            code="not-found",
        ) from fault
    except ValidationError as fault:
        place = spelled(fault.errors(include_url=False)[0]["loc"])
        raise UnreadableFile(
            text(
                "{file} is no plan.json of fenhu plan REGISTER: {place} is not as in {expected}.",
                file=path.name,
                place=place or "JSON",
                expected=_EXPECTED,
            ),
            code="no-plan",
        ) from fault


def standing_of(
    instance: planning.Instance, in_force: InForce
) -> tuple[planning.IntArray, planning.Standing]:
    """Return the plan in force as years of ``instance``, and how far every building is.

    Raises
    ------
    UnknownItem
        If a code is no building of the register.
    OutOfRange
        If a year lies outside the programme.
    """
    place = {code: index for index, code in enumerate(instance.buildings.ids)}
    _check_codes(place, in_force)
    before, stage = planning.no_years(len(place)), np.full(len(place), planning.Stage.FREE, dtype=np.int64)
    for code, year in in_force.years.items():
        if code in place:
            before[place[code]] = _year(instance, code, year)
            stage[place[code]] = planning.Stage.APPROVED
    stage[instance.buildings.done & (before != planning.NO_YEAR)] = planning.Stage.BUILT
    for codes, one in (
        (in_force.free, planning.Stage.FREE),
        (in_force.signed, planning.Stage.SIGNED),
        (in_force.built, planning.Stage.BUILT),
        (in_force.dropped, planning.Stage.DROPPED),
    ):
        stage[[place[code] for code in sorted(codes) if code in place]] = one
    first = instance.first_year if in_force.open_from is None else in_force.open_from
    open_from = max(0, first - instance.first_year)
    return before, planning.Standing(stage=stage, open_from=open_from)


def _check_codes(place: Mapping[str, int], in_force: InForce) -> None:
    for code in sorted(in_force.dropped - place.keys() - in_force.years.keys()):
        raise UnknownItem(
            text("There is no building {code} in the register or in the plan in force.", code=code)
        )
    known = place.keys() | in_force.dropped
    for code in sorted({*in_force.years, *in_force.signed, *in_force.built, *in_force.free} - known):
        raise UnknownItem(
            text(
                "Building {code} of the plan in force is not in the register; if it dropped out, say so.",
                code=code,
            )
        )


def _year(instance: planning.Instance, code: str, year: int) -> int:
    if not 0 <= year - instance.first_year < instance.years:
        raise OutOfRange(
            text(
                "Building {code} has the year {year} in the plan in force; "
                "the programme runs {first}–{last}.",
                code=code,
                year=str(year),
                first=instance.year_label(0),
                last=instance.year_label(instance.years - 1),
            )
        )
    return year - instance.first_year
