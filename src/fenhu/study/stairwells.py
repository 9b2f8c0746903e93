"""Stairwell by stairwell: a register in which every stairwell unit stands as an item of its own.

What was found out about a building whole is dealt to its stairwells: flats with what is their own, the rest
by the number of flats, sums to the fen and to the flat. Diagnosis and simulation stay those of the building.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from fenhu.building.simulate import comfort_c
from fenhu.money import flats_or_average
from fenhu.money.fen import split_fen
from fenhu.records import (
    BillLine,
    BuildingRecord,
    Diagnosis,
    FlatRecord,
    HeatSummary,
    LineShares,
    OrderRecord,
    Payer,
    Register,
    SharedBill,
    StockHeat,
)
from fenhu.study.diagnosing import Diagnosed
from fenhu.study.pricing import Priced
from fenhu.wording import CHINESE, text


@dataclass(frozen=True, slots=True, kw_only=True)
class ByStairwell:
    """Register, diagnoses and bills by what is planned; ``house_of`` names the building of every item."""

    register: Register
    diagnosed: Diagnosed
    priced: Mapping[str, Priced]
    house_of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Stairwell:
    """One unit of a building and the part of it that is its own."""

    unit: int
    record: BuildingRecord
    flats: tuple[FlatRecord, ...]


def item_code(building: str, unit: int) -> str:
    """Return the code of one stairwell unit of a building."""
    return f"{building}/{unit}"


def building_code(item: str) -> str:
    """Return the building's code of one stairwell unit's, as ``item_code`` made it."""
    return item.rsplit("/", 1)[0]


def by_stairwell(register: Register, diagnosed: Diagnosed, priced: Mapping[str, Priced]) -> ByStairwell:
    """Return the register's stairwells as items; a building with one unit stays what it is.

    References
    ----------
    docs/engineers/planning.md#stairwell-by-stairwell
    """
    flats = register.flats_by_building()
    parts = {record.code: _stairwells(record, flats[record.code]) for record in register.buildings}
    items = [item for one in parts.values() for item in one]
    house_of = {item.record.code: code for code, one in parts.items() for item in one}
    heats: dict[str, StockHeat] = {}
    diagnoses: dict[str, Diagnosis] = {}
    bills: dict[str, Priced] = {}
    for code, own in parts.items():
        weights = [item.record.flats for item in own]
        for item, bill in zip(own, _bills(priced[code], own, weights), strict=True):
            name, unit = item.record.code, item.unit if len(own) > 1 else None
            heats[name] = _heat(diagnosed.heats[code], name, unit)
            diagnoses[name] = _diagnosis(diagnosed.diagnoses[code], name, unit)
            bills[name] = bill
    return ByStairwell(
        register=replace(
            register,
            buildings=tuple(item.record for item in items),
            flats=tuple(flat for item in items for flat in item.flats),
            orders=_orders(register.orders, parts),
        ),
        diagnosed=Diagnosed(heats=heats, diagnoses=diagnoses),
        priced=bills,
        house_of=house_of,
    )


def _stairwells(record: BuildingRecord, flats: tuple[FlatRecord, ...]) -> tuple[_Stairwell, ...]:
    """Return the units in which flats are listed, or would stand if they were average ones."""
    placed = flats_or_average(record, flats)
    units = sorted({flat.unit for flat in placed})
    if len(units) < 2:
        return (_Stairwell(1, record, flats),)
    counts = split_fen(record.flats, [sum(flat.unit == unit for flat in placed) for unit in units])
    areas_m2 = [sum(flat.area_m2 for flat in placed if flat.unit == unit) for unit in units]
    return tuple(
        _Stairwell(
            unit,
            _record(record, unit, place, counts, areas_m2),
            tuple(
                replace(flat, building=item_code(record.code, unit)) for flat in flats if flat.unit == unit
            ),
        )
        for place, unit in enumerate(units)
    )


def _record(
    record: BuildingRecord, unit: int, place: int, counts: Sequence[int], areas_m2: Sequence[float]
) -> BuildingRecord:
    def dealt(total: int | None) -> int | None:
        return None if total is None else split_fen(total, counts)[place]

    name = text("{building}, stairwell {unit}", building=record.name, unit=unit)
    return replace(
        record,
        code=item_code(record.code, unit),
        name=name.in_language(CHINESE),
        units=1,
        flats=counts[place],
        heated_area_m2=record.heated_area_m2 * areas_m2[place] / sum(areas_m2),
        cluster=record.cluster or f"·{record.code}",
        arrears_fen=dealt(record.arrears_fen),
        complaints=dealt(record.complaints),
        repair_fund_fen=dealt(record.repair_fund_fen),
    )


def _orders(
    orders: Sequence[OrderRecord], parts: Mapping[str, tuple[_Stairwell, ...]]
) -> tuple[OrderRecord, ...]:
    """Let every stairwell of the later building wait for every stairwell of the earlier."""
    return tuple(
        OrderRecord(before=before.record.code, after=after.record.code)
        for order in orders
        for before in parts[order.before]
        for after in parts[order.after]
    )


def _heat(heat: StockHeat, code: str, unit: int | None) -> StockHeat:
    return replace(heat, code=code, before=_own(heat.before, unit), after=_own(heat.after, unit))


def _diagnosis(diagnosis: Diagnosis, code: str, unit: int | None) -> Diagnosis:
    return replace(
        diagnosis, code=code, before=_own(diagnosis.before, unit), after=_own(diagnosis.after, unit)
    )


def _own(heat: HeatSummary | None, unit: int | None) -> HeatSummary | None:
    """Return the part of a building's temperatures that is one stairwell's; heat and flow by its flats."""
    if heat is None or unit is None:
        return heat
    flats = {name: flat for name, flat in heat.flats.items() if name.startswith(f"{unit}-")}
    if not flats:
        return None
    temperatures = [flat.temperature_c for flat in flats.values()]
    return HeatSummary(
        flats=flats,
        mean_c=sum(temperatures) / len(temperatures),
        min_c=min(temperatures),
        max_c=max(temperatures),
        below_18=sum(temperature < comfort_c() for temperature in temperatures),
        heat_w=heat.heat_w * len(flats) / len(heat.flats),
        mass_flow_kg_s=sum(flat.mass_flow_kg_s for flat in flats.values()),
    )


def _bills(priced: Priced, own: Sequence[_Stairwell], weights: Sequence[int]) -> list[Priced]:
    """Deal a building's bill: a flat's lines to its stairwell, the public ones by flats, to the fen."""
    if len(own) == 1:
        return [priced]
    shares = {line.line: line for line in priced.shared.lines}
    lines: list[list[BillLine]] = [[] for _ in own]
    split: list[list[LineShares]] = [[] for _ in own]
    places = {item.unit: place for place, item in enumerate(own)}
    for line in priced.bill:
        place = places.get(int(line.flat.split("-")[0])) if line.flat else None
        parts = _dealt(shares[line.line], weights) if place is None else {place: shares[line.line]}
        for number, share in parts.items():
            cost_fen = sum(share.shares.values())
            lines[number].append(_part(line, cost_fen))
            split[number].append(share)
    return [
        Priced(
            bill=tuple(bill),
            shared=SharedBill(lines=tuple(shared), total=_total(shared)),
            not_designed=priced.not_designed,
        )
        for bill, shared in zip(lines, split, strict=True)
    ]


def _dealt(line: LineShares, weights: Sequence[int]) -> dict[int, LineShares]:
    by_payer = {payer: split_fen(fen, weights) for payer, fen in line.shares.items()}
    return {
        place: replace(line, shares={payer: parts[place] for payer, parts in by_payer.items()})
        for place in range(len(weights))
    }


def _part(line: BillLine, cost_fen: int) -> BillLine:
    if cost_fen == line.cost_fen or not line.cost_fen:
        return line
    quantity = line.quantity * cost_fen / line.cost_fen
    return replace(
        line, quantity=quantity.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP), cost_fen=cost_fen
    )


def _total(lines: Sequence[LineShares]) -> dict[Payer, int]:
    total: dict[Payer, int] = {}
    for line in lines:
        for payer, fen in line.shares.items():
            total[payer] = total.get(payer, 0) + fen
    return total
