"""Changes as JSON that survives a new register: buildings by code, purses by name, years by their number.

::

    {"purses": [{"source": "CITY", "scope": "", "year": 2011, "factor": 1.2, "add_fen": 30000000}],
     "pinned": {"A1": 2012}, "forbidden": ["A2"], "freed": ["B1"], "years": 6,
     "target_buildings": {"2011": 120}, "target_flats": {"2011": 6000}, "rules": {"equity_ratio": 0.4}}

Whatever is as it was is left out; so is the scope or year of a change to every purse or year. Crews have
``add_crew_days`` in the place of ``add_fen``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fenhu.errors import UnknownItem
from fenhu.planning.task.changes import (
    CREW,
    EVERY_SCOPE,
    EVERY_YEAR,
    SOURCES,
    Changes,
    PurseChange,
    not_planned,
)
from fenhu.planning.task.instance import Instance
from fenhu.planning.task.names import scope_names
from fenhu.planning.task.purses import CREW_PARTS
from fenhu.wording import Text, text


def changes_json(instance: Instance, changes: Changes) -> dict[str, Any]:
    """Return ``changes`` to ``instance`` as JSON values.

    References
    ----------
    docs/engineers/planning.md#changes
    """
    ids, first = instance.buildings.ids, instance.first_year
    stored = {
        "purses": [_purse_json(instance, one) for one in changes.purses],
        "pinned": {ids[building]: first + year for building, year in sorted(changes.pinned.items())},
        "forbidden": [ids[building] for building in sorted(changes.forbidden)],
        "freed": [ids[building] for building in sorted(changes.freed)],
        "years": changes.years,
        "target_buildings": _by_label(instance, changes.target_buildings),
        "target_flats": _by_label(instance, changes.target_flats),
        "rules": dict(sorted(changes.rules.items())),
    }
    return {key: value for key, value in stored.items() if value}


def read_changes(instance: Instance, stored: Mapping[str, Any]) -> Changes:
    """Return the changes to ``instance`` that ``changes_json`` stored, maybe for an earlier task.

    Raises
    ------
    UnknownItem
        If a building or a purse they name is none of the task's, or a purse's year is over before it begins.
    """
    place = {code: index for index, code in enumerate(instance.buildings.ids)}

    def building(code: str) -> int:
        if code not in place:
            raise UnknownItem(text("A change names building {code}, which is not planned.", code=code))
        return place[code]

    first = instance.first_year
    return Changes(
        purses=tuple(_read_purse(instance, one) for one in stored.get("purses", ())),
        pinned={building(code): year - first for code, year in stored.get("pinned", {}).items()},
        forbidden=frozenset(building(code) for code in stored.get("forbidden", ())),
        freed=frozenset(building(code) for code in stored.get("freed", ())),
        years=stored.get("years"),
        target_buildings=_by_number(instance, stored.get("target_buildings", {})),
        target_flats=_by_number(instance, stored.get("target_flats", {})),
        rules=dict(stored.get("rules", {})),
    )


def surviving_changes(instance: Instance, stored: Mapping[str, Any]) -> tuple[Changes, tuple[Text, ...]]:
    """Return what is left of stored changes, and in words what they named that is no longer there."""
    left: dict[str, Any] = dict(stored)
    gone: list[Text] = []

    def kept(key: str, value: Any) -> bool:
        try:
            read_changes(instance, {key: value})
        except UnknownItem as fault:
            gone.append(fault.message)
            return False
        return True

    for key in ("purses", "forbidden", "freed"):
        if key in stored:
            left[key] = [one for one in stored[key] if kept(key, [one])]
    if "pinned" in stored:
        left["pinned"] = {
            code: year for code, year in stored["pinned"].items() if kept("pinned", {code: year})
        }
    return read_changes(instance, left), tuple(gone)


def _purse_json(instance: Instance, change: PurseChange) -> dict[str, Any]:
    stored: dict[str, Any] = {"source": change.source}
    if change.scope != EVERY_SCOPE:
        stored["scope"] = scope_names(instance, change.source)[change.scope]
    if change.year != EVERY_YEAR:
        stored["year"] = instance.first_year + change.year
    if change.factor != 1.0:
        stored["factor"] = change.factor
    if change.add and change.source == CREW:
        stored["add_crew_days"] = change.add / CREW_PARTS
    elif change.add:
        stored["add_fen"] = change.add
    return stored


def _read_purse(instance: Instance, stored: Mapping[str, Any]) -> PurseChange:
    source, named = stored["source"], stored.get("scope")
    known = scope_names(instance, source) if source in SOURCES else ()
    if not known or (named is not None and named not in known):
        raise UnknownItem(
            text("A change names a purse that is not there: {source} {name}.", source=source, name=named)
        )
    return PurseChange(
        source=source,
        scope=EVERY_SCOPE if named is None else known.index(named),
        year=_read_year(instance, stored["year"]) if "year" in stored else EVERY_YEAR,
        factor=stored.get("factor", 1.0),
        add=round(stored["add_crew_days"] * CREW_PARTS) if source == CREW and "add_crew_days" in stored
        else stored.get("add_fen", 0),
    )  # fmt: skip


def _read_year(instance: Instance, label: int) -> int:
    year = label - instance.first_year
    if year < 0:  # as a number of the task it would mean every year
        raise UnknownItem(not_planned(instance, year))
    return year


def _by_label(instance: Instance, targets: Mapping[int, int]) -> dict[str, int]:
    return {instance.year_label(year): target for year, target in sorted(targets.items())}


def _by_number(instance: Instance, targets: Mapping[str, int]) -> dict[int, int]:
    return {int(label) - instance.first_year: target for label, target in targets.items()}
