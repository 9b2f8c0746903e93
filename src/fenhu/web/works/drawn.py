"""A stored design and the values of the core: what is kept, and how the same design is worked out again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from fenhu import money, study
from fenhu.building import Loop, Mains, from_record
from fenhu.design import Changes, PriceBook
from fenhu.design.review import check_json
from fenhu.records import BuildingRecord, FlatRecord, OwnerKind, SystemForm
from fenhu.study.designing import DesignStudy, study_design
from fenhu.web.prices.queries import book_of
from fenhu.web.rules import policy_named
from fenhu.web.works.models import DesignVersion

_KEPT_STUDIES = 32


def inputs_of(record: BuildingRecord, flats: Sequence[FlatRecord]) -> dict[str, Any]:
    """Return what a design takes from the register; nothing about persons."""
    return {
        "record": asdict(record),
        "flats": [[flat.unit, flat.storey, flat.room, flat.area_m2, flat.measured_c] for flat in flats],
    }


def record_from(inputs: Mapping[str, Any]) -> BuildingRecord:
    """Return the building's row as it was when the design was made."""
    known = dict(inputs["record"])
    known["owner_kind"] = OwnerKind(known["owner_kind"])
    known["system_form"] = SystemForm(known["system_form"])
    return BuildingRecord(**known)


def flats_from(inputs: Mapping[str, Any]) -> tuple[FlatRecord, ...]:
    """Return the flats' rows as they were when the design was made."""
    code = inputs["record"]["code"]
    return tuple(
        FlatRecord(building=code, unit=unit, storey=storey, room=room, area_m2=area_m2, measured_c=measured_c)
        for unit, storey, room, area_m2, measured_c in inputs["flats"]
    )


def changes_json(changes: Changes) -> dict[str, Any]:
    """Return decisions as JSON values, empty ones left out."""
    known = asdict(changes)
    return {key: value for key, value in known.items() if value not in (None, {})}


def changes_from(kept: Mapping[str, Any]) -> Changes:
    """Return decisions from their JSON values."""
    known = dict(kept)
    for key in ("sizes", "radiators"):
        if key in known:
            known[key] = {name: (one[0], int(one[1])) for name, one in known[key].items()}
    if "loop" in known:
        known["loop"] = Loop(known["loop"])
    if "mains" in known:
        known["mains"] = Mains(known["mains"])
    return Changes(**known)


def worked_out(
    inputs: Mapping[str, Any], changes: Mapping[str, Any], policy: str, prices: PriceBook, day: date
) -> DesignStudy:
    """Return the design that these inputs and decisions make; kept for a while, for pages ask again."""
    return _worked_out(
        json.dumps(inputs, sort_keys=True), json.dumps(changes, sort_keys=True), policy, _Book(prices), day
    )


@dataclass(frozen=True)
class _Book:
    """A price book that is the same where its digest is."""

    prices: PriceBook = field(compare=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", self.prices.digest)


@lru_cache(maxsize=_KEPT_STUDIES)
def _worked_out(inputs: str, changes: str, policy: str, book: _Book, day: date) -> DesignStudy:
    known, rules = json.loads(inputs), policy_named(policy)
    record, flats = record_from(known), flats_from(known)
    house = from_record(record, flats, study.outdoor_design_c(rules))
    return study_design(
        house, rules, changes=changes_from(json.loads(changes)), on=day, prices=book.prices,
        facts=money.sharing_facts(record, flats, rules),
    )  # fmt: skip


def worked_out_again(version: DesignVersion) -> DesignStudy:
    """Return a stored design worked out again, the same as when it was made."""
    book = book_of(version.price_version, version.price_year)
    return worked_out(version.inputs, version.changes, version.policy, book, version.day)


def outcome_json(found: DesignStudy) -> dict[str, Any]:
    """Return what lists and differences show of a design."""
    made = found.design
    temperatures = made.proof.weathers[0].temperature_c
    return {
        "form": made.form.value, "loop": made.loop.value, "mains": made.mains.value,
        "supply_c": made.supply_c, "return_c": made.return_c,
        "needed_kpa": made.needed_pa / 1000.0, "inlet_kpa": made.inlet_pa / 1000.0,
        "imbalance_percent": 100.0 * max(one.imbalance_ratio for one in made.balances),
        "coldest_c": min(temperatures.values()), "warmest_c": max(temperatures.values()),
        "shares": {payer.value: fen for payer, fen in found.shared.total.items()},
        "sizes": {one.id: [one.material, one.dn, one.length_m] for one in made.segments},
        "settings": {one.id: one.preset for one in made.devices if one.preset},
        "radiators": {one.id: [one.kind, one.sections, one.action.value] for one in made.radiators},
        "notes": [note.to_json() for note in made.notes],
    }  # fmt: skip


def checks_json(found: DesignStudy) -> list[dict[str, Any]]:
    """Return the review sheet as it is kept; its sentences can be read in either language later."""
    return [
        check_json(one) | {
            "clause": one.clause.to_json(), "title": one.title.to_json(), "required": one.required.to_json(),
            "found": one.found.to_json(), "note": one.note.to_json(),
        }
        for one in found.checks
    ]  # fmt: skip
