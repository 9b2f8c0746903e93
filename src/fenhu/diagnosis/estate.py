"""What is known of an estate as a whole: how many of its bills are paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenhu.records import BuildingRecord, FlatRecord, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateEvidence:
    """The fee collection of the estate a building stands in; None where nobody knows it.

    ``counted_flats`` says whether it was counted from the flats' payments, not from the buildings' rates.
    """

    estate: str
    buildings: int
    fee_collection_percent: float | None
    counted_flats: bool = False


def estate_evidence(register: Register) -> Mapping[str, EstateEvidence]:
    """Return the evidence of each building's estate, by building code; a building without one is its own."""
    members: dict[tuple[str, str], list[BuildingRecord]] = defaultdict(list)
    for building in register.buildings:
        members[_estate_of(building)].append(building)
    flats = register.flats_by_building()
    found: dict[str, EstateEvidence] = {}
    for (_, name), buildings in members.items():
        evidence = _evidence(name, buildings, [flat for one in buildings for flat in flats[one.code]])
        found.update({building.code: evidence for building in buildings})
    return found


def _estate_of(building: BuildingRecord) -> tuple[str, str]:
    """Return what tells estates apart: two districts may have an estate of one name."""
    if building.estate:
        return building.district, building.estate
    return building.code, building.name


def _evidence(name: str, buildings: Sequence[BuildingRecord], flats: Sequence[FlatRecord]) -> EstateEvidence:
    rated = [
        (one.fee_collection_percent, one.flats) for one in buildings if one.fee_collection_percent is not None
    ]
    if rated:
        weighted = sum(percent * count for percent, count in rated)
        percent = weighted / sum(count for _, count in rated)
        return EstateEvidence(estate=name, buildings=len(buildings), fee_collection_percent=percent)
    paid = [flat.fee_paid for flat in flats if flat.fee_paid is not None]
    percent_paid = 100 * sum(paid) / len(paid) if paid else None
    return EstateEvidence(
        estate=name, buildings=len(buildings), fee_collection_percent=percent_paid, counted_flats=bool(paid)
    )
