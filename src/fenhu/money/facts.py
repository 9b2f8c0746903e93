"""What the cost shares must know of a building besides its bill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from fenhu.policy import Authority, Policy
from fenhu.records import BillLine, BuildingRecord, FlatRecord, OwnerKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingFacts:
    """Whose building it is, its flats with their areas in m², and the purses it may draw on.

    ``repair_fund_fen`` is None where nothing was paid in, ``grant_fen`` where there is no project money;
    ``rewarded`` is False where the reward is not counted on yet; ``day`` is the day whose rules hold, the
    policy's first where None.
    """

    owner_kind: OwnerKind
    level: Authority
    flats: Mapping[str, Decimal | None]
    repair_fund_fen: int | None = None
    grant_fen: int | None = None
    district: str = ""
    owner_exists: bool = True
    volunteered: bool = False
    rewarded: bool = True
    day: date | None = None

    @property
    def area_m2(self) -> Decimal | None:
        """Return the floor area of all flats, None where one is unknown."""
        total = Decimal(0)
        for area in self.flats.values():
            if area is None:
                return None
            total += area
        return total


def sharing_facts(
    record: BuildingRecord, flats: Sequence[FlatRecord], policy: Policy, **given: Any
) -> SharingFacts:
    """Return the facts of a register's building; ``given`` sets fields the register does not know.

    An empty owner means that the former owner unit no longer exists.
    """
    listed = flats_or_average(record, flats)
    known: dict[str, Any] = {
        "owner_kind": record.owner_kind,
        "level": policy.responsible_authority(record.owner_kind),
        "flats": {flat.flat_id: Decimal(str(flat.area_m2)) for flat in listed},
        "repair_fund_fen": record.repair_fund_fen,
        "district": record.district,
        "owner_exists": bool(record.owner),
        "volunteered": bool(record.volunteered),
    }
    return SharingFacts(**(known | given))


def facts_of_bill(lines: Sequence[BillLine], areas_m2: Mapping[str, Decimal] | None = None) -> SharingFacts:
    """Return what a bill alone tells: its flats with their areas, but no fund, no grant and no reward.

    A municipal owner unit that still exists is taken, so that every rule of the public part acts.
    """
    flats = sorted({line.flat for line in lines if line.flat})
    known = areas_m2 or {}
    return SharingFacts(
        owner_kind=OwnerKind.MUNICIPAL,
        level="city",
        flats={flat: known.get(flat) for flat in flats},
        rewarded=False,
    )


def flats_or_average(record: BuildingRecord, flats: Sequence[FlatRecord]) -> tuple[FlatRecord, ...]:
    """Return the listed flats, or as many average ones as the building counts where none is listed."""
    if flats:
        return tuple(flats)
    area_m2 = round(record.heated_area_m2 / record.flats, 2)
    places = record.units * record.storeys
    return tuple(
        FlatRecord(
            building=record.code,
            unit=index % places // record.storeys + 1,
            storey=index % record.storeys + 1,
            room=str(index // places + 1),
            area_m2=area_m2,
        )
        for index in range(record.flats)
    )
