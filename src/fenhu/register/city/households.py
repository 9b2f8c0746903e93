"""The flats of a building: where they lie, how large and how warm they are, what their people say."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from random import Random

from fenhu.records import FlatRecord, FlatUse, SystemForm
from fenhu.register.city.layout import Estate
from fenhu.register.city.names import SURNAMES
from fenhu.register.city.stock import Shell

FLAT_AREA_M2 = {1970: 62.0, 1980: 70.0, 1990: 80.0, 2000: 95.0}
AREA_PER_BUILDING_M2 = 4500
POSITION_FACTORS = (0.92, 1.12, 0.84)
STOREY_STEP_K = {
    SystemForm.VERTICAL_SINGLE_SERIES: 1.15, SystemForm.VERTICAL_SINGLE_BYPASS: 0.75,
    SystemForm.HORIZONTAL_SINGLE: 0.35, SystemForm.HORIZONTAL_DOUBLE: 0.3, SystemForm.UNIT_DOUBLE: 0.35,
    SystemForm.VERTICAL_DOUBLE: -0.3,
}  # fmt: skip
GABLE_K, ROOF_K = 1.0, 0.7
SURVEYED_SHARE, MEASURED_SHARE, ASKED_SHARE, SILENT_SHARE, SHOP_SHARE = 0.7, 0.2, 0.85, 0.07, 0.12


def flats_of(shell: Shell, code: str, fee_percent: float, first_phone: int, rng: Random) -> list[FlatRecord]:
    """Return a building's flats; areas are relative until ``scaled`` gives the city its exact total."""
    warmth_c = _warmth_c(shell, rng)
    surveyed, asked = rng.random() < SURVEYED_SHARE, rng.random() < ASKED_SHARE
    has_shops, factor = rng.random() < SHOP_SHARE, rng.uniform(0.85, 1.2)
    flats = []
    for offset, (unit, storey, position) in enumerate(_cells(shell)):
        measured = surveyed and rng.random() < MEASURED_SHARE
        area_m2 = FLAT_AREA_M2[shell.year_built // 10 * 10] * POSITION_FACTORS[position] * factor
        temperature_c = warmth_c + _offset_k(shell, unit, storey, position) + rng.gauss(0, 0.4)
        flats.append(FlatRecord(
            building=code, unit=unit, storey=storey, room=f"{storey}{position + 1:02d}", area_m2=area_m2,
            use=_use(has_shops, storey, rng), owner_name=f"{rng.choice(SURNAMES)}某某",
            phone=f"{first_phone + offset:011d}",
            measured_c=round(min(28.0, max(5.0, temperature_c)), 1) if measured else None,
            consent=_consent(shell.estate, asked, rng), fee_paid=rng.random() * 100 < fee_percent,
        ))  # fmt: skip
    return flats


def scaled(flats: Sequence[FlatRecord], buildings: int) -> list[FlatRecord]:
    """Return the flats with areas in hundredths of a square metre that add up to the city's total exactly."""
    total = AREA_PER_BUILDING_M2 * 100 * buildings
    factor = total / sum(flat.area_m2 for flat in flats)
    hundredths = [int(flat.area_m2 * factor) for flat in flats]
    left_over = total - sum(hundredths)
    return [
        dataclasses.replace(flat, area_m2=(area + (i < left_over)) / 100)
        for i, (flat, area) in enumerate(zip(flats, hundredths, strict=True))
    ]


def _cells(shell: Shell) -> Iterator[tuple[int, int, int]]:
    """Yield unit, storey and position of every flat; the omitted ones lie on the lowest floors."""
    cells = [
        (storey, -position, unit)
        for storey in range(1, shell.storeys + 1)
        for position in range(shell.per_floor)
        for unit in range(1, shell.units + 1)
    ]
    kept = sorted(cells)[shell.omitted :]
    yield from sorted((unit, storey, -position) for storey, position, unit in kept)


def _warmth_c(shell: Shell, rng: Random) -> float:
    """Return the building's mean room temperature: old, corroded pipes and a weak inlet make it colder."""
    inlet = min(shell.estate.cluster.inlet_kpa, 15)
    return 18.4 - 0.04 * shell.pipe_age - 0.35 * shell.corrosion + 0.12 * (inlet - 8) + rng.gauss(0, 0.8)


def _offset_k(shell: Shell, unit: int, storey: int, position: int) -> float:
    """Return how much warmer a flat is than its building; single-pipe risers leave the bottom cold."""
    by_storey = STOREY_STEP_K[shell.form] * (storey - (shell.storeys + 1) / 2)
    gable = (unit == 1 and position == 0) or (unit == shell.units and position == shell.per_floor - 1)
    return by_storey - GABLE_K * gable - ROOF_K * (storey == shell.storeys)


def _use(has_shops: bool, storey: int, rng: Random) -> FlatUse:
    if has_shops and storey == 1:
        return FlatUse.SHOP
    return FlatUse.OFFICE if rng.random() < 0.004 else FlatUse.DWELLING


def _consent(estate: Estate, asked: bool, rng: Random) -> bool | None:
    if not asked or rng.random() < SILENT_SHARE:
        return None
    return rng.random() < estate.goodwill
