"""The synthetic city put together."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from statistics import fmean

from fenhu.errors import OutOfRange
from fenhu.records import BuildingRecord, FlatRecord, Register
from fenhu.register.city.households import flats_of, scaled
from fenhu.register.city.layout import clusters, estates
from fenhu.register.city.programme import budgets, cluster_records, crews, orders
from fenhu.register.city.stock import Shell, shells
from fenhu.wording import text

SEASON_PRICE_FEN_M2 = 2_300
REPAIR_FUND_FEN_M2 = 2_500
REPAIR_FUND_SINCE = 1992


def synthetic_city(buildings: int = 1000, seed: int = 2010) -> Register:
    """Return an invented city of ``buildings`` with fifty flats of 90 m² to a building on average.

    Parameters
    ----------
    buildings
        How many; 1,000 is the size of Fuxin's programme: 50,000 flats, 4.5 million m².
    seed
        The same seed gives the same city.

    Returns
    -------
    Register
        Marked synthetic, complete with money, crews, clusters and order for 2010 to 2014.

    Raises
    ------
    OutOfRange
        If there is not at least one building.

    References
    ----------
    Size and goals of the programme: 阜政办发〔2010〕34号, clause 二(六), docs/sources.md.
    """
    if buildings < 1:
        raise OutOfRange(
            text("A city of {count} buildings cannot be made; ask for at least 1", count=buildings)
        )
    rng = Random(f"fenhu synthetic city {seed}")
    areas = list(clusters(buildings, rng))
    stock = shells(list(estates(areas, rng)), rng)
    fees = _fee_percents(stock, rng)
    codes = _codes(stock)
    flats: list[FlatRecord] = []
    for shell, code in zip(stock, codes, strict=True):
        flats += flats_of(shell, code, fees[shell.estate.name], len(flats) + 1, rng)
    flats = scaled(flats, buildings)
    grouped = _grouped(codes, flats)
    records = tuple(
        _record(shell, code, grouped[code], fees[shell.estate.name], rng)
        for shell, code in zip(stock, codes, strict=True)
    )
    mains = cluster_records(areas, rng)
    return Register(
        buildings=records,
        flats=tuple(flats),
        budgets=budgets(records, mains),
        crews=crews(records),
        clusters=mains,
        orders=orders(records, rng),
        synthetic=True,
    )


def _codes(stock: Sequence[Shell]) -> list[str]:
    numbers: dict[str, int] = {}
    codes = []
    for shell in stock:
        prefix = shell.estate.cluster.prefix
        numbers[prefix] = numbers.get(prefix, 0) + 1
        codes.append(f"{prefix}-{numbers[prefix]:04d}")
    return codes


def _grouped(codes: Sequence[str], flats: Sequence[FlatRecord]) -> dict[str, list[FlatRecord]]:
    grouped: dict[str, list[FlatRecord]] = {code: [] for code in codes}
    for flat in flats:
        grouped[flat.building].append(flat)
    return grouped


def _fee_percents(stock: Sequence[Shell], rng: Random) -> dict[str, float]:
    """Return the fee-collection rate of every estate: people pay less the older the pipes are."""
    ages: dict[str, list[int]] = {}
    for shell in stock:
        ages.setdefault(shell.estate.name, []).append(shell.pipe_age)
    return {
        estate: round(min(99.0, max(42.0, 102 - 0.9 * fmean(own) + rng.gauss(0, 7))), 1)
        for estate, own in ages.items()
    }


def _record(
    shell: Shell, code: str, flats: Sequence[FlatRecord], fee_percent: float, rng: Random
) -> BuildingRecord:
    estate, cluster = shell.estate, shell.estate.cluster
    area_hundredths = sum(round(flat.area_m2 * 100) for flat in flats)
    measured = [flat.measured_c for flat in flats if flat.measured_c is not None]
    unpaid = 1 - fee_percent / 100
    coldness = max(0.0, 18 - fmean(measured)) if measured else 1.0
    pilot = rng.random() < 0.02
    return BuildingRecord(
        code=code,
        estate=estate.name,
        name=f"{estate.name}{shell.number}号楼",
        district=cluster.district,
        community=cluster.community,
        address=f"{estate.street}{shell.number * 2 + 10}号",
        supplier=cluster.supplier,
        station=cluster.station,
        cluster=cluster.name,
        owner=estate.owner,
        owner_kind=estate.owner_kind,
        year_built=shell.year_built,
        storeys=shell.storeys,
        units=shell.units,
        flats=len(flats),
        heated_area_m2=area_hundredths / 100,
        system_form=shell.form,
        pipe_year=shell.pipe_year,
        pipe_material=shell.pipe_material,
        corrosion=shell.corrosion,
        water_loss_percent=shell.water_loss_percent,
        fee_collection_percent=fee_percent,
        arrears_fen=round(area_hundredths / 100 * SEASON_PRICE_FEN_M2 * unpaid * rng.uniform(0.8, 2.5) / 100)
        * 100,
        complaints=max(0, round(rng.gauss(1 + 2.2 * coldness + 1.2 * shell.corrosion, 1.5))),
        maintainable=rng.random() > (0.02, 0.06, 0.25, 0.75)[shell.corrosion],
        inlet_kpa=round(cluster.inlet_kpa * rng.uniform(0.75, 1.1), 1),
        supply_c=round(cluster.supply_c, 1),
        mean_room_c=round(fmean(measured), 1) if measured else None,
        min_room_c=min(measured) if measured else None,
        repair_fund_fen=_repair_fund_fen(shell, area_hundredths, rng),
        pilot_2009=pilot,
        volunteered=not pilot and rng.random() < 0.25 * estate.goodwill,
        main_ready=cluster.main_ready,
        longitude=round(cluster.longitude + (shell.number - 1) % 3 * 0.0009, 6),
        latitude=round(estate.latitude + (shell.number - 1) // 3 * 0.0005, 6),
    )


def _repair_fund_fen(shell: Shell, area_hundredths: int, rng: Random) -> int | None:
    """Return the balance of the building's repair fund, which only newer buildings have paid into."""
    if shell.year_built < REPAIR_FUND_SINCE or rng.random() < 0.4:
        return None
    return round(area_hundredths / 100 * REPAIR_FUND_FEN_M2 * rng.uniform(0.3, 1.0) / 10_000) * 10_000
